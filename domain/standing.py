"""The standing (tình trạng) of a milestone at an instant: derived from plan and state, never stored as truth.

Three facts stay apart: late or not (by the calendar), on pace or not (by the numbers), fresh or stale (by the reports).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.completion import Met, fulfils, met_as_a_whole, met_by_subject, total
from domain.directive import Directive, Quantifier
from domain.due import Bound, Due
from domain.figures import reaches
from domain.findings import Finding, Severity
from domain.ledger import EntryKind
from domain.metric import Metric, Value
from domain.pace import NO_PACE, Pace, pace
from domain.plan import Track
from domain.policy import Policy
from domain.state import WHOLE, Figure, State, Subject
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
    days = _days_counted(track, local_date(as_of))
    counted = tuple(subject for subject in track.subjects if any(subject.in_force(day) for day in days))
    running = tuple(subject for subject in counted if any(subject.running(day) for day in days))
    whole = _whole(directive, track, state, counted, running, calendar, policy, as_of)
    singles = counted if track.milestone.quantifier is Quantifier.EACH else ()
    return (whole, *(_single(directive, track, state, subject, calendar, policy, as_of) for subject in singles))


def _days_counted(track: Track, today: date) -> tuple[date, ...]:
    """The days on which a subject is in force that counts: today's; once the due of a share or total has passed, its.

    What somebody was counted for is not undone by what becomes of them later. Of a number, later subjects may make
    up what was missing at the due. Where nobody was in force at the due, it is today that counts.
    """
    quantifier, last_day = track.milestone.quantifier, track.due.last_day if track.due else today
    if quantifier is Quantifier.EACH or last_day >= today:
        return (today,)
    at_due = any(subject.in_force(last_day) for subject in track.subjects)
    if quantifier is Quantifier.COUNT or not at_due:
        return last_day, today
    return (last_day,)


def _whole(
    directive: Directive,
    track: Track,
    state: State,
    counted: tuple[Subject, ...],
    running: tuple[Subject, ...],
    calendar: Calendar,
    policy: Policy,
    as_of: datetime,
) -> Standing:
    metric, reports = directive.metric(track.milestone.metric), track.reports
    today = local_date(as_of)
    met = met_as_a_whole(directive, track.milestone, reports, running, policy.completion)
    latest = total(metric, reports, running or counted, today) if counted else _latest(reports, metric, WHOLE)
    actual = reports.actual
    judged = _restated(actual, metric, WHOLE, today)
    if track.milestone.quantifier is Quantifier.TOTAL:
        judged = total(metric, actual, running or counted, today) if counted else _latest(actual, metric, WHOLE)
    stopped = state.stopped or _all_stopped(track.subjects, counted)
    speed = NO_PACE if counted else pace(track, directive, reports, WHOLE, calendar, policy, as_of)
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
        freshness=_freshness(state, metric, [s.code for s in counted] or [WHOLE], policy, as_of),
        findings=_findings(directive, track, metric, actual.of(metric.id), judged, met),
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
    metric, reports = directive.metric(track.milestone.metric), track.reports
    met = met_by_subject(directive, track.milestone, reports, subject.code, policy.completion)
    actual = reports.actual
    now = _restated(actual, metric, subject.code, local_date(as_of))
    return Standing(
        directive=directive,
        track=track,
        metric=metric,
        subject=subject,
        official=_official(met, track.due, state.stopped or subject.stopped, as_of),
        recorded=_recorded(met),
        met=met,
        latest=_latest(reports, metric, subject.code),
        pace=pace(track, directive, reports, subject.code, calendar, policy, as_of),
        freshness=_freshness(state, metric, [subject.code], policy, as_of),
        findings=_findings(directive, track, metric, actual.of(metric.id, subject.code), now, met),
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


def _all_stopped(subjects: tuple[Subject, ...], counted: tuple[Subject, ...]) -> EntryKind | None:
    """SUSPEND where some subject may still be resumed, CANCEL where none is left, None while one runs."""
    stops = {subject.stopped for subject in counted}
    if not subjects or None in stops:
        return None
    return EntryKind.SUSPEND if EntryKind.SUSPEND in stops else EntryKind.CANCEL


def _recorded(met: Met | None) -> Recorded:
    if met is None:
        return Recorded.OPEN
    return Recorded.CONFIRMED if met.confirmed else Recorded.RECORDED


def _latest(state: State, metric: Metric, subject: str) -> Value | None:
    figures = state.of(metric.id, subject)
    return figures[-1].value if figures else None


def _undone(metric: Metric, figure: Figure, target: Value | None) -> bool:
    """Whether the report reached the target as written and no longer does by the plan in force on its day."""
    return reaches(metric, figure.stated, target) and not reaches(metric, figure.value, target)


def _restated(state: State, metric: Metric, subject: str, day: date) -> Value | None:
    """The newest figure, as a percentage of the plan in force on `day` rather than on its own."""
    latest, plan = _latest(state, metric, subject), state.plan(metric.id, subject, day)
    if latest is None or latest.numerator is None or not plan:
        return latest
    return latest.model_copy(update={"number": latest.numerator / plan * 100, "denominator": plan})


def _freshness(state: State, metric: Metric, subjects: list[str], policy: Policy, as_of: datetime) -> Freshness:
    days = [figures[-1].as_of for subject in subjects if (figures := state.of(metric.id, subject))]
    if not days:
        return Freshness.NEVER
    age = (local_date(as_of) - max(days)).days
    return Freshness.STALE if age > policy.stale_days else Freshness.FRESH


def _findings(
    directive: Directive, track: Track, metric: Metric, figures: tuple[Figure, ...], now: Value | None, met: Met | None
) -> tuple[Finding, ...]:
    due, target, name = track.due, track.milestone.target, f"{directive.title}: {track.name}"
    said = []
    if met and not met.timed and due and due.bound is Bound.AT and met.as_of == due.nominal:
        said.append(f"{name}: hạn có giờ, báo cáo ngày {vn.day(met.as_of)} cần ghi giờ")
    if met and now and not fulfils(metric, track.milestone, now):
        said.append(f"{name}: đã đạt ngày {vn.day(met.as_of)}, nay số liệu thấp hơn mức phải đạt; đề nghị kiểm tra")
    if not met and any(_undone(metric, figure, target) for figure in figures):
        said.append(
            f"{name}: tính theo kế hoạch đang có hiệu lực thì kết quả đã báo cáo không còn đạt; đề nghị kiểm tra"
        )
    return tuple(Finding(severity=Severity.WARNING, message=message) for message in said)
