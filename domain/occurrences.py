"""The occurrences of a recurring milestone, and which report counts for which of them.

A report that names an occurrence counts for that one. Any other counts, by the day it is true of, for the current one:
the earliest not yet fulfilled among the one just past, for which it is late, and the next to come. Older ones stay
missed until a report names them. What is named is settled first, so that naming an old occurrence frees the report
that stood in for it. Which one is past is asked of the written dues: an extension never moves a report.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from domain.clocktime import local_date
from domain.completion import fulfils, met_as_a_whole
from domain.directive import Directive, Milestone, Quantifier
from domain.due import Due, DueSpec, resolve_each
from domain.policy import Policy
from domain.state import Figure, State, Subject
from domain.workdays import Calendar, to_the_end


@dataclass(frozen=True)
class Occurrence:
    """One of a recurring milestone's dues, without extensions, and what was reported for it."""

    day: date
    """The written day: what it is called by."""
    due: Due
    previous: Due | None
    """The due of the occurrence before; None for the first."""
    subjects: tuple[Subject, ...]
    """Those enrolled by its last day; empty for a directive without subjects."""
    reports: State
    """The directive's state, with the reports that count for this occurrence alone."""


def occurrences(
    directive: Directive,
    milestone: Milestone,
    state: State,
    calendar: Calendar,
    policy: Policy,
    started_at: datetime,
    as_of: datetime,
) -> Iterator[Occurrence]:
    """Those that have fallen due since the start, then those to come up to the first that is not yet met.

    What has its last working day already is there too: the dues of a weekend are seen on Friday. None before the first
    subject was enrolled, none after the end of the calendar. Raises OutsideCalendarError for one before its first day.
    """
    assert milestone.due is not None  # it is recurring
    begun = _begun(milestone.due, started_at)
    dues = _dues(milestone.due, calendar, policy, started_at)
    known = _through_the_next(dues, as_of)
    shared = _shared(known, directive, milestone, state, begun)
    previous, waiting = None, False
    for due in chain(known, dues):
        if waiting and local_date(due.safe_due) > local_date(as_of):
            return
        found = _occurrence(due, previous, state, shared)
        if found.subjects or not state.subjects:
            yield found
            waiting = waiting or (due.overdue_after > as_of and not _met(directive, milestone, found, policy))
        previous = due


def _begun(spec: DueSpec, started_at: datetime) -> date:
    """Reports from before this day are about something else: the directive's start, or the recurrence's if earlier."""
    started = local_date(started_at)
    return min(started, spec.every.starts) if spec.every and spec.every.starts else started


def _dues(spec: DueSpec, calendar: Calendar, policy: Policy, started_at: datetime) -> Iterator[Due]:
    """From the first written day the recurrence names itself, else from the first due still ahead at the start.

    Up to the end of the calendar.
    """
    starts = spec.every.starts if spec.every else None
    dues = resolve_each(spec, calendar, policy.reading(), starts or local_date(started_at), date.max)
    for due in to_the_end(dues, calendar):
        if starts or due.overdue_after > started_at:
            yield due


def _through_the_next(dues: Iterator[Due], as_of: datetime) -> list[Due]:
    """The dues that are past, and the first to come."""
    known = []
    for due in dues:
        known.append(due)
        if due.overdue_after > as_of:
            break
    return known


def _occurrence(due: Due, previous: Due | None, state: State, shared: _Shared) -> Occurrence:
    day = _day(due)
    subjects = tuple(one for one in state.subjects if one.enrolled is None or one.enrolled <= due.last_day)
    return Occurrence(day, due, previous, subjects, replace(state, figures=shared.get(day, {})))


def _met(directive: Directive, milestone: Milestone, found: Occurrence, policy: Policy) -> bool:
    running = [one for one in found.subjects if one.left is None and one.stopped is None]
    return met_as_a_whole(directive, milestone, found.reports, running, policy.completion) is not None


_Shared = Mapping[date, Mapping[tuple[str, str], tuple[Figure, ...]]]
"""Written day of an occurrence → its reports, as `State` has them."""


def _shared(dues: Sequence[Due], directive: Directive, milestone: Milestone, state: State, begun: date) -> _Shared:
    """Every report on the milestone's metric given to its occurrence; those from before the start to none."""
    found: defaultdict[date, dict[tuple[str, str], tuple[Figure, ...]]] = defaultdict(dict)
    for (metric, subject), figures in state.figures.items():
        if metric == milestone.metric:
            counting = [one for one in figures if one.occurrence or one.as_of >= begun]
            for day, own in _by_occurrence(counting, dues, directive, milestone).items():
                found[day][metric, subject] = tuple(own)
    return found


def _by_occurrence(
    figures: Sequence[Figure], dues: Sequence[Due], directive: Directive, milestone: Milestone
) -> Mapping[date, list[Figure]]:
    """One subject's reports, oldest first, by occurrence."""
    days, late = [_day(due) for due in dues], [due.overdue_after for due in dues]
    fulfilled = {one.occurrence for one in figures if one.occurrence and _fulfils(one, directive, milestone)}
    own: defaultdict[date, list[Figure]] = defaultdict(list)
    for figure in figures:
        day = figure.occurrence or _current(figure.happened, days, late, fulfilled)
        if day is None:
            continue
        own[day].append(figure)
        if _fulfils(figure, directive, milestone):
            fulfilled.add(day)
    return own


def _current(moment: datetime, days: Sequence[date], late: Sequence[datetime], fulfilled: set[date]) -> date | None:
    """The earliest still wanted of the one just past and the next to come; where neither is, the later of them."""
    ahead = bisect_right(late, moment)
    both = days[max(ahead - 1, 0) : ahead + 1]
    return next((day for day in both if day not in fulfilled), both[-1] if both else None)


def _fulfils(figure: Figure, directive: Directive, milestone: Milestone) -> bool:
    """Whether the report is all the occurrence wants of its subject, confirmed or not; of a total any is its part."""
    metric = directive.metric(milestone.metric)
    return milestone.quantifier is Quantifier.TOTAL or fulfils(metric, milestone, figure.value)


def _day(due: Due) -> date:
    assert due.occurrence is not None  # it was resolved for one
    return due.occurrence
