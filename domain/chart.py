"""A figure against the mandated trajectory: what a small picture in a message shows, as a value."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.completion import total
from domain.directive import Quantifier
from domain.frozen import Frozen
from domain.metric import MetricKind
from domain.pace import expected, forecast, mandated
from domain.plan import Track
from domain.situation import Situation
from domain.state import WHOLE, Subject

DRAWN = frozenset({MetricKind.PERCENT, MetricKind.AMOUNT})
"""Kinds of figures that are drawn: a percentage of a plan, and đồng."""


class Point(NamedTuple):
    """A figure of a day."""

    day: date
    value: Decimal


class Chart(Frozen):
    """A figure on its way. Equal charts are one picture."""

    metric: str
    whose: str
    """The subject, `12 dự án`, or `3 dự án nêu trên` of those listed; empty for a directive without subjects."""
    percent: bool
    """Percent of a plan; otherwise đồng."""
    mandated: tuple[Point, ...]
    """The start and every mandated point; what lies between is expected in proportion."""
    actual: tuple[Point, ...]
    """What was reported, by the days it is true of; at least one."""
    as_of: date
    expected: Decimal
    """Where the figure should stand today."""
    forecast: Point | None = None
    """When what this milestone orders will be reached at the speed of the last weeks, where that can be said."""

    @property
    def behind(self) -> bool:
        """Whether it is below where it should stand."""
        return self.have < self.expected

    @property
    def have(self) -> Decimal:
        """Where it stands."""
        return self.actual[-1].value

    @property
    def cid(self) -> str:
        """Its name in a message, the same for every reader it is drawn for."""
        return f"nhip-do-{hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:24]}@dondoc"

    def said(self, value: Decimal) -> str:
        """A value in words: `31,2%`, `1,2 tỷ đồng`."""
        return f"{vn.number(value, 1)}%" if self.percent else vn.money(value)

    @property
    def gap(self) -> str:
        """How far it is behind, or ahead: `7,2 điểm phần trăm`, `800 triệu đồng`; as its reader would work it out."""
        if self.percent:
            return f"{vn.number(abs(round(self.expected, 1) - round(self.have, 1)), 1)} điểm phần trăm"
        return vn.money(abs(self.expected - self.have))

    @property
    def told(self) -> str:
        """What the picture shows, in words: for who does not see it."""
        whose = f" của {self.whose}" if self.whose else ""
        reported = f"đạt {self.said(self.have)} theo báo cáo ngày {vn.day(self.actual[-1].day)}"
        should = f"đến {vn.day(self.as_of)} phải đạt {self.said(self.expected)}, {self.verdict}"
        points = "; ".join(f"{self.said(point.value)} vào {vn.day(point.day)}" for point in self.mandated[1:])
        sentences = [f"{self.metric}{whose}: {reported}; {should}.", f"Mốc được giao: {points}."]
        if self.forecast:
            reached = f"đạt {self.said(self.forecast.value)} vào {vn.day(self.forecast.day)}"
            passed = "lẽ ra đã " if self.forecast.day < self.as_of else ""
            sentences.append(f"Với tốc độ gần đây, {passed}{reached}.")
        return " ".join(sentences)

    @property
    def verdict(self) -> str:
        """`chậm 7,2 điểm phần trăm`, `vượt …`, `đúng nhịp độ`."""
        if self.have == self.expected:
            return "đúng nhịp độ"
        return f"{'chậm' if self.behind else 'vượt'} {self.gap}"


def chart(situation: Situation, track: Track, codes: tuple[str, ...]) -> Chart | None:
    """The picture for an item about the subjects `codes` (none: about all there are); None where nothing is behind."""
    found = trajectory(situation, track, codes)
    return found if found and found.behind else None


def trajectory(
    situation: Situation, track: Track, codes: tuple[str, ...] = (), which: str = "nêu trên"
) -> Chart | None:
    """The figure of the subjects `codes` (none: of all) against its mandated points; None where nothing was reported.

    `which` says what several of them have in common, e.g. `thuộc UBND xã Vũ Lễ`. Subjects are summed up, Σ/Σ as
    everywhere; what is asked of a share of them has no sum that means anything.
    """
    metric, today = situation.directive.metric(track.milestone.metric), local_date(situation.as_of)
    subjects = tuple(s for s in track.subjects if s.running(today) and (not codes or s.code in codes))
    summed = track.milestone.quantifier in {Quantifier.EACH, Quantifier.TOTAL} or len(subjects) == 1
    if metric.kind not in DRAWN or track.due is None or not summed or (track.subjects and not subjects):
        return None
    actual = _actual(situation, track, subjects)
    if not actual:
        return None
    points = mandated(track, situation.directive, actual)
    should = expected(points, today) if len(points) > 1 else None
    if should is None:
        return None
    return Chart(
        metric=metric.name,
        whose=_whose(situation, subjects, which if codes else ""),
        percent=metric.kind is MetricKind.PERCENT,
        mandated=tuple(Point(*point) for point in points),
        actual=actual,
        as_of=today,
        expected=should,
        forecast=_foreseen(situation, track, actual),
    )


def _foreseen(situation: Situation, track: Track, actual: tuple[Point, ...]) -> Point | None:
    target, today = track.milestone.target, local_date(situation.as_of)
    if target is None or target.number is None or actual[-1].value >= target.number:
        return None
    day, _ = forecast(actual, target.number, today, situation.rules.policy)
    return Point(day, target.number) if day else None


def _actual(situation: Situation, track: Track, subjects: tuple[Subject, ...]) -> tuple[Point, ...]:
    metric, reports = situation.directive.metric(track.milestone.metric), track.reports.actual
    if len(subjects) < 2:
        code = subjects[0].code if subjects else WHOLE
        figures = reports.of(metric.id, code)
        return tuple(Point(one.as_of, one.value.number) for one in figures if one.value.number is not None)
    days = sorted({figure.as_of for subject in subjects for figure in reports.of(metric.id, subject.code)})
    sums = ((day, total(metric, reports, subjects, day)) for day in days)
    return tuple(Point(day, value.number) for day, value in sums if value and value.number is not None)


def _whose(situation: Situation, subjects: tuple[Subject, ...], which: str) -> str:
    if len(subjects) == 1:
        return subjects[0].name
    counted = f"{len(subjects)} {situation.directive.subject_word}" if subjects else ""
    return f"{counted} {which}" if which else counted
