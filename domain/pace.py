"""Whether the numbers come fast enough. Says nothing about lateness, and nothing at all about events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from domain.clocktime import local_date
from domain.directive import Directive
from domain.metric import MetricKind
from domain.plan import Track
from domain.policy import Policy
from domain.state import Figure, State
from domain.workdays import Calendar

_PACED = frozenset({MetricKind.PERCENT, MetricKind.AMOUNT, MetricKind.COUNT, MetricKind.AVERAGE})


_FORESEEABLE = timedelta(days=3660)
"""A forecast beyond ten years says only that the work has all but stopped."""


@dataclass(frozen=True)
class Pace:
    """Figures in the metric's own unit (percent, đồng, things)."""

    expected: Decimal | None = None
    """Where it should stand now, on straight lines through the mandated points."""
    required: Decimal | None = None
    """What is missing per working day left."""
    forecast: date | None = None
    """When the target will be reached at the speed of the last weeks; None under two reports or without progress."""
    reason: str = ""
    """Why a figure is missing, in Vietnamese."""
    behind: bool = False
    """The newest figure is below what is expected now."""


NO_PACE = Pace(reason="không tính nhịp độ cho mốc này")


def pace(
    track: Track, directive: Directive, state: State, subject: str, calendar: Calendar, policy: Policy, as_of: datetime
) -> Pace:
    """The pace of a dated, numeric milestone towards its target for one subject. Estimates say nothing of it."""
    metric = directive.metric(track.milestone.metric)
    target = track.milestone.target
    if metric.kind not in _PACED or not target or target.number is None or not track.due:
        return NO_PACE
    figures = state.actual.of(metric.id, subject)
    today = local_date(as_of)
    have = figures[-1].value.number or Decimal(0) if figures else Decimal(0)
    should = expected(mandated(track, directive, [(f.as_of, f.value.number or Decimal(0)) for f in figures]), today)
    left = calendar.working_days(today, track.due.last_day)
    short = target.number - have
    reached, reason = _forecast(figures, target.number, today, policy)
    return Pace(
        expected=should,
        required=short / left if left > 0 and short > 0 else None,
        forecast=reached,
        reason=reason,
        behind=should is not None and have < should,
    )


Points = list[tuple[date, Decimal]]
"""Figures by their days."""


def mandated(track: Track, directive: Directive, figures: Sequence[tuple[date, Decimal]]) -> Points:
    """(start, first known value or 0), then every mandated point of the metric with a written day."""
    start = track.begun
    first = figures[0][1] if figures and figures[0][0] <= start else Decimal(0)
    points = [(start, first)]
    for milestone in directive.milestones:
        due, target = milestone.due, milestone.target
        if milestone.metric != track.milestone.metric or not due or not target or target.number is None:
            continue
        own = track.due if milestone.id == track.milestone.id else None
        if track.milestone.recurring and not own:
            continue  # an occurrence has its own reports, and no way to the points of others
        day = own.last_day if own else due.written_day()
        if day and day > start:
            points.append((day, target.number))
    return sorted(points)


def expected(points: Points, today: date) -> Decimal | None:
    """Where a figure should stand: in proportion between two points, and from the last one on as it says."""
    if today >= points[-1][0]:
        return points[-1][1]
    for (since, low), (until, high) in pairwise(points):
        if since <= today < until:
            return low + (high - low) * (today - since).days / (until - since).days
    return None


def _forecast(figures: tuple[Figure, ...], target: Decimal, today: date, policy: Policy) -> tuple[date | None, str]:
    return forecast([(f.as_of, f.value.number) for f in figures if f.value.number is not None], target, today, policy)


def forecast(
    figures: Sequence[tuple[date, Decimal]], target: Decimal, today: date, policy: Policy
) -> tuple[date | None, str]:
    """When the target will be reached at the speed of the last weeks; else None, and why."""
    recent = [(day, number) for day, number in figures if day >= today - timedelta(days=policy.forecast_days)]
    if len(recent) < 2 or recent[0][0] == recent[-1][0]:
        return None, "chưa đủ hai lần báo cáo gần đây để dự báo"
    (first, low), (last, high) = recent[0], recent[-1]
    gained, short = high - low, target - high
    if gained <= 0:
        return None, "số liệu gần đây không tăng, chưa dự báo được ngày đạt"
    if short <= 0:
        return last, ""
    days = short * (last - first).days / gained
    if days > _FORESEEABLE.days:
        return None, "với tốc độ gần đây, nhiều năm nữa mới đạt"
    return last + timedelta(days=int(days.to_integral_value(rounding="ROUND_CEILING"))), ""
