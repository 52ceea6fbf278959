"""A directive over time as pictures within a page: its milestones in a row with today's mark, and a bar for each.

Shapes tell what colours repeat: a filled mark is met, a hollow one open, a crossed one late; what an extension added is
dashed. Both pictures are drawn for the width of a phone, where their letters are as large as those around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from domain import vietnamese as vn
from reports.svg import picture, shape, words

WIDE, _LEFT, _RIGHT = 340, 14, 326
_INK, _SOFT, _LINE, _SEA, _LATE, _GOOD, _NEAR = (
    "#1a1a1a",
    "#51585f",
    "#8a939b",
    "#0b4f8a",
    "#a31515",
    "#1b5e20",
    "#8a5a00",
)
_ROW = 40
LONGEST = 44
"""Letters of a name that have room over a bar."""


@dataclass(frozen=True)
class Step:
    """A milestone as the pictures show it."""

    name: str
    begun: date
    due: date
    """The last day in time."""
    original: date | None
    """The one before it was extended."""
    met: date | None
    late: bool
    """Open and overdue, or done late."""
    whose: str = ""
    """Whom it holds for, where a milestone has several dues."""

    @property
    def called(self) -> str:
        """The name, and whom it holds for."""
        return f"{self.name} ({self.whose})" if self.whose else self.name

    @property
    def colour(self) -> str:
        """What repeats its shape."""
        return _LATE if self.late else _GOOD if self.met else _SEA


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        """Where the day is; beyond the ends, at the end."""
        part = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(_LEFT + (_RIGHT - _LEFT) * min(max(part, 0.0), 1.0), 1)


def axis(steps: Sequence[Step], today: date, *, now: bool = True) -> str:
    """The milestones in a row, by number, each at its due; the mark of the day looked at among them.

    `now`: that day is today.
    """
    scale, mark = _scale(steps, today), _Mark(today, _called(today, now=now))
    parts = [
        shape("line", x1=_LEFT, y1=48, x2=_RIGHT, y2=48, stroke=_LINE, stroke_width=2),
        *_today(scale, mark, 14, 62),
        *(part for number, step in enumerate(steps, start=1) for part in _mark(scale, number, step)),
        *_ends(scale, 96),
    ]
    said = ". ".join(f"{number}: {told(step)}" for number, step in enumerate(steps, start=1))
    return picture(parts, (WIDE, 102), "truc", "Các mốc theo thời gian", f"{mark.words}. {said}.")


def gantt(steps: Sequence[Step], today: date, *, now: bool = True) -> str:
    """A bar for each milestone from its beginning to its due, and on to the later day it was given; `now` as above."""
    scale, height = _scale(steps, today), 20 + _ROW * len(steps) + 22
    mark = _Mark(today, _called(today, now=now))
    parts = [
        *_today(scale, mark, 12, height - 22),
        *(part for place, step in enumerate(steps) for part in _bar(scale, 20 + _ROW * place, step)),
        *_ends(scale, height - 6),
    ]
    said = ". ".join(map(told, steps))
    return picture(parts, (WIDE, height), "so-do", "Sơ đồ thời gian các mốc", f"{mark.words}. {said}.")


def told(step: Step) -> str:
    """The step in words."""
    said = [f"{step.called}, hạn {vn.day(step.due)}"]
    if step.original:
        said.append(f"hạn gốc {vn.day(step.original)}")
    if step.met:
        said.append(f"đạt ngày {vn.day(step.met)}{', quá hạn' if step.late else ''}")
    elif step.late:
        said.append("quá hạn")
    return ", ".join(said)


def _scale(steps: Sequence[Step], today: date) -> _Scale:
    days = [today, *(day for one in steps for day in (one.begun, one.due, one.original, one.met) if day)]
    return _Scale(min(days), max(days))


class _Mark(NamedTuple):
    """The day that is looked at."""

    day: date
    words: str


def _called(day: date, *, now: bool) -> str:
    return f"{'hôm nay' if now else 'ngày'} {vn.day(day)}"


def _today(scale: _Scale, mark: _Mark, top: float, bottom: float) -> Iterator[str]:
    x = scale.x(mark.day)
    yield shape("line", x1=x, y1=top, x2=x, y2=bottom, stroke=_NEAR, stroke_width=1.5, stroke_dasharray="3 2")
    anchor = "start" if x < WIDE / 4 else "end" if x > WIDE * 3 / 4 else "middle"
    yield words(mark.words, x, top - 3, fill=_NEAR, text_anchor=anchor)


def _mark(scale: _Scale, number: int, step: Step) -> Iterator[str]:
    """Alternately below and lower, so that neighbours do not write over each other."""
    x, y = scale.x(step.due), 74 if number % 2 else 86
    yield from _sign(x, 48, step)
    yield words(str(number), x, y, fill=_INK, font_weight=700, text_anchor="middle")


def _bar(scale: _Scale, y: float, step: Step) -> Iterator[str]:
    begun, due = scale.x(step.begun), scale.x(step.due)
    short = scale.x(min(step.original, step.due)) if step.original else due
    name = step.called if len(step.called) <= LONGEST else step.called[: LONGEST - 1] + "…"
    yield words(name, _LEFT - 8, y + 10, fill=_INK, paint_order="stroke", stroke="#ffffff", stroke_width=3)
    yield shape("rect", x=begun, y=y + 16, width=max(short - begun, 2.0), height=10, fill="#dbe6f1", stroke=_SEA, rx=2)
    if short < due:
        dashed = {"fill": "#fff3cd", "stroke": _NEAR, "stroke_dasharray": "3 2"}
        yield shape("rect", x=short, y=y + 16, width=due - short, height=10, **dashed)
    yield from _sign(scale.x(step.met) if step.met else due, y + 21, step)


def _sign(x: float, y: float, step: Step) -> Iterator[str]:
    """Met: filled. Open: hollow. Late: with a cross."""
    fill = step.colour if step.met else "#ffffff"
    yield shape("circle", cx=x, cy=y, r=6, fill=fill, stroke=step.colour, stroke_width=2)
    if step.late:
        stroke = "#ffffff" if step.met else step.colour
        yield shape("path", d=f"M{x - 3:g} {y - 3:g}l6 6m0-6l-6 6", stroke=stroke, stroke_width=1.6, fill="none")


def _ends(scale: _Scale, y: float) -> Iterator[str]:
    yield words(vn.day(scale.first), _LEFT - 8, y, fill=_SOFT, font_size=10)
    yield words(vn.day(scale.last), _RIGHT + 8, y, fill=_SOFT, font_size=10, text_anchor="end")
