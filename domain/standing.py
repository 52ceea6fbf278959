"""The standing (tình trạng) of a milestone at an instant: derived from plan and state, never stored as truth.

Three facts stay apart: late or not (by the calendar), on pace or not (by the numbers), fresh or stale (by the reports).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.clocktime import at, local_date
from domain.completion import Met, met_as_a_whole, met_by_subject, total
from domain.directive import Directive, Quantifier
from domain.due import Bound, Due
from domain.figures import reaches
from domain.findings import Finding, Severity
from domain.ledger import EntryKind
from domain.metric import Metric, MetricKind, Value
from domain.pace import NO_PACE, Pace, pace
from domain.plan import Track
from domain.policy import Policy
from domain.state import WHOLE, State, Subject
from domain.workdays import Calendar


class Official(StrEnum):
    """The classes of Vietnamese reports: done or open, in time or late, and what has no date or was stopped."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"
    NO_DUE = "no_due"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


OPEN = frozenset({Official.OPEN_IN_TIME, Official.OPEN_OVERDUE, Official.NO_DUE})
"""Still to be done, and urged."""


class Recorded(StrEnum):
    """How far completion has come on paper."""

    OPEN = "open"
    RECORDED = "recorded"
    """Reported; the monitor has not confirmed it."""
    CONFIRMED = "confirmed"


class Freshness(StrEnum):
    """How old the newest figure is."""

    FRESH = "fresh"
    STALE = "stale"
    NEVER = "never"


@dataclass(frozen=True)
class Standing:
    """One milestone for one subject, or for the directive as a whole (`subject` None)."""

    directive: Directive
    track: Track
    metric: Metric
    subject: Subject | None
    official: Official
    recorded: Recorded
    met: Met | None
    latest: Value | None
    pace: Pace
    freshness: Freshness
    findings: tuple[Finding, ...] = ()

    @property
    def due(self) -> Due | None:
        """The due that is judged."""
        return self.track.due

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.official in OPEN

    @property
    def overdue(self) -> bool:
        """Open and late."""
        return self.official is Official.OPEN_OVERDUE


def standings(
    directive: Directive, track: Track, state: State, calendar: Calendar, policy: Policy, as_of: datetime
) -> tuple[Standing, ...]:
    """The track as a whole first, then each of its subjects where they are counted singly."""
    today = local_date(as_of)
    in_force = tuple(subject for subject in track.subjects if subject.in_force(today))
    whole = _whole(directive, track, state, in_force, calendar, policy, as_of)
    singles = in_force if track.milestone.quantifier is Quantifier.EACH else ()
    return (whole, *(_single(directive, track, state, subject, calendar, policy, as_of) for subject in singles))


def _whole(
    directive: Directive,
    track: Track,
    state: State,
    in_force: tuple[Subject, ...],
    calendar: Calendar,
    policy: Policy,
    as_of: datetime,
) -> Standing:
    metric = directive.metric(track.milestone.metric)
    running = tuple(subject for subject in in_force if subject.stopped is None)
    met = met_as_a_whole(directive, track.milestone, state, running, policy.completion)
    if in_force:
        latest = total(metric, state, in_force, local_date(as_of)) if metric.kind is MetricKind.PERCENT else None
    else:
        latest = _latest(state, metric, WHOLE)
    stopped = state.stopped or _all_stopped(track.subjects)
    speed = NO_PACE if in_force else pace(track, directive, state, WHOLE, calendar, policy, as_of)
    return Standing(
        directive=directive,
        track=track,
        metric=metric,
        subject=None,
        official=_official(met, track.due, stopped, as_of),
        recorded=_recorded(met),
        met=met,
        latest=latest,
        pace=speed,
        freshness=_freshness(state, metric, [s.code for s in in_force] or [WHOLE], policy, as_of),
        findings=_findings(directive, track, metric, state, WHOLE, met),
    )


def _single(
    directive: Directive,
    track: Track,
    state: State,
    subject: Subject,
    calendar: Calendar,
    policy: Policy,
    as_of: datetime,
) -> Standing:
    metric = directive.metric(track.milestone.metric)
    met = met_by_subject(directive, track.milestone, state, subject.code, policy.completion)
    return Standing(
        directive=directive,
        track=track,
        metric=metric,
        subject=subject,
        official=_official(met, track.due, state.stopped or subject.stopped, as_of),
        recorded=_recorded(met),
        met=met,
        latest=_latest(state, metric, subject.code),
        pace=pace(track, directive, state, subject.code, calendar, policy, as_of),
        freshness=_freshness(state, metric, [subject.code], policy, as_of),
        findings=_findings(directive, track, metric, state, subject.code, met),
    )


def _official(met: Met | None, due: Due | None, stopped: EntryKind | None, as_of: datetime) -> Official:
    if stopped is EntryKind.CANCEL:
        return Official.CANCELLED
    if met:
        return Official.DONE_LATE if due and met.happened >= due.overdue_after else Official.DONE_ON_TIME
    if stopped is EntryKind.SUSPEND:
        return Official.SUSPENDED
    if due is None:
        return Official.NO_DUE
    return Official.OPEN_OVERDUE if as_of >= due.overdue_after else Official.OPEN_IN_TIME


def _all_stopped(subjects: tuple[Subject, ...]) -> EntryKind | None:
    kinds = {subject.stopped for subject in subjects}
    return kinds.pop() if len(kinds) == 1 else None


def _recorded(met: Met | None) -> Recorded:
    if met is None:
        return Recorded.OPEN
    return Recorded.CONFIRMED if met.confirmed else Recorded.RECORDED


def _latest(state: State, metric: Metric, subject: str) -> Value | None:
    figures = state.of(metric.id, subject)
    return figures[-1].value if figures else None


def _freshness(state: State, metric: Metric, subjects: list[str], policy: Policy, as_of: datetime) -> Freshness:
    days = [figure.as_of for subject in subjects for figure in state.of(metric.id, subject)]
    if not days:
        return Freshness.NEVER
    age = (local_date(as_of) - max(days)).days
    return Freshness.STALE if age > policy.stale_days else Freshness.FRESH


def _findings(
    directive: Directive, track: Track, metric: Metric, state: State, subject: str, met: Met | None
) -> tuple[Finding, ...]:
    found = []
    due = track.due
    if met and due and due.bound is Bound.AT and not met.timed and at(met.as_of) <= due.overdue_after:
        if met.as_of == due.nominal:
            message = f"{track.milestone.name}: hạn có giờ, báo cáo ngày {met.as_of:%d/%m/%Y} cần ghi giờ"
            found.append(Finding(severity=Severity.WARNING, message=message))
    figures = state.of(metric.id, subject)
    if met and figures and not reaches(metric, figures[-1].value, track.milestone.target):
        message = f"{directive.title} — {track.milestone.name}: số liệu mới nhất thấp hơn mức đã đạt, đề nghị kiểm tra"
        found.append(Finding(severity=Severity.WARNING, message=message))
    return tuple(found)
