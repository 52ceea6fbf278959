"""Which due each subject of a milestone runs on, and since when: extensions, and the days dues are counted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.completion import met_as_a_whole
from domain.directive import Directive, Milestone, Quantifier, in_order
from domain.due import Due, DueSpec, resolve
from domain.occurrences import Occurrence, occurrences
from domain.plan import Track
from domain.policy import Policy
from domain.state import WHOLE, State, Subject
from domain.workdays import Calendar


def tracks(
    directive: Directive,
    state: State,
    calendar: Calendar,
    policy: Policy,
    started_at: datetime,
    as_of: datetime,
) -> tuple[Track, ...]:
    """Every milestone on its due or dues, predecessors first; of recurring ones the occurrences there are by `as_of`.

    Raises OutsideCalendarError.
    """
    anchors = _anchors(directive, state, policy)
    found: list[Track] = []
    for milestone in in_order(directive.milestones):
        if milestone.recurring:
            for one in occurrences(directive, milestone, state, calendar, policy, started_at, as_of):
                found += _of_occurrence(one, milestone, calendar, policy, started_at)
        else:
            found += _single(milestone, state, calendar, policy, started_at, anchors)
    return tuple(found)


@dataclass(frozen=True)
class _Anchor:
    """A day that a due may start from, and when it was written down; None: with the notice itself."""

    day: date
    known: datetime | None = None


_Anchors = Mapping[str, _Anchor]


def _single(
    milestone: Milestone, state: State, calendar: Calendar, policy: Policy, started_at: datetime, anchors: _Anchors
) -> Iterator[Track]:
    """The tracks of a milestone that comes once: one for each day that subjects are held to."""
    groups: dict[tuple[date | None, tuple[tuple[str, date], ...]], dict[str, _Anchors]] = {}
    for code in _judged(milestone, state.subjects):
        start = _start(milestone.due, state, anchors, code)
        days = tuple((name, anchor.day) for name, anchor in start.items())
        groups.setdefault((_extended_to(milestone, state, code, None), days), {})[code] = start
    for (extended_to, days), started in groups.items():
        due = resolve(milestone.due, calendar, policy.reading(), dict(days), extended_to) if milestone.due else None
        since = {code: [anchor.known for anchor in start.values() if anchor.known] for code, start in started.items()}
        yield _track(milestone, due, state, state.subjects, started_at, since)


def _of_occurrence(
    one: Occurrence, milestone: Milestone, calendar: Calendar, policy: Policy, started_at: datetime
) -> Iterator[Track]:
    """The tracks of one occurrence: all its subjects on its written due, unless some were given a later day."""
    groups: dict[date | None, list[str]] = {}
    for code in _judged(milestone, one.subjects):
        groups.setdefault(_extended_to(milestone, one.reports, code, one.day), []).append(code)
    for extended_to, codes in groups.items():
        due = one.due
        if extended_to and milestone.due:
            due = resolve(milestone.due, calendar, policy.reading(), {}, extended_to, one.day) or due
        since: dict[str, list[datetime]] = {code: [] for code in codes}
        yield _track(milestone, due, one.reports, one.subjects, started_at, since, one.previous)


def _judged(milestone: Milestone, subjects: tuple[Subject, ...]) -> tuple[str, ...]:
    """Codes of those that may have a due of their own; WHOLE where one due is for all."""
    singly = milestone.quantifier is Quantifier.EACH and subjects
    return tuple(subject.code for subject in subjects) if singly else (WHOLE,)


def _extended_to(milestone: Milestone, state: State, code: str, occurrence: date | None) -> date | None:
    grant = state.extension(milestone.id, code, occurrence)
    return grant.day if grant else None


def _track(
    milestone: Milestone,
    due: Due | None,
    state: State,
    subjects: tuple[Subject, ...],
    started_at: datetime,
    since: Mapping[str, list[datetime]],
    previous: Due | None = None,
) -> Track:
    """`since`: code, or WHOLE → when the days its due is counted from were written down."""
    held = subjects if WHOLE in since else tuple(subject for subject in subjects if subject.code in since)
    armed = {}
    for subject in held:
        code = WHOLE if WHOLE in since else subject.code
        known = [subject.known_from] if subject.known_from else []
        armed[subject.code] = max([started_at, *since[code], *_granted(milestone, due, state, code), *known])
    whole = {} if held else {WHOLE: max([started_at, *since[WHOLE], *_granted(milestone, due, state, WHOLE)])}
    return Track(milestone, due, held, started_at, armed or whole, state, previous)


def _granted(milestone: Milestone, due: Due | None, state: State, code: str) -> Iterator[datetime]:
    """When the later day was first granted; a day that is put back to the original was there all along."""
    if due and due.original not in (None, due.nominal):
        yield state.first_granted(milestone.id, code, due.nominal, due.occurrence)


def _anchors(directive: Directive, state: State, policy: Policy) -> _Anchors:
    """Days a due may start from, as far as they are known: those that are the same for every subject."""
    notice = directive.notice
    anchors = {name: _Anchor(day) for name, day in (("issued", notice.issued), ("received", notice.received)) if day}
    running = [subject for subject in state.subjects if subject.left is None and subject.stopped is None]
    for milestone in (one for one in directive.milestones if not one.recurring):
        met = met_as_a_whole(directive, milestone, state, running, policy.completion)
        if met:
            anchors[f"milestone:{milestone.id}"] = _Anchor(met.as_of, met.recorded_at)
    for metric in directive.metrics:
        if event := _event_of_all(state, metric.id, running):
            anchors[f"event:{metric.id}"] = event
    return anchors


def _start(spec: DueSpec | None, state: State, anchors: _Anchors, code: str) -> _Anchors:
    """What of the anchors the due is counted from; an event is each subject's own."""
    found = {}
    for name in _names(spec):
        kind, _, metric = name.partition(":")
        anchor = _event(state, metric, code) if kind == "event" and code != WHOLE else anchors.get(name)
        if anchor:
            found[name] = anchor
    return found


def _names(spec: DueSpec | None) -> Iterator[str]:
    if spec and spec.moved_by:
        yield f"event:{spec.moved_by.event}"
    if spec and spec.within:
        yield spec.within.anchor()


def _event(state: State, metric: str, code: str) -> _Anchor | None:
    """The day of a subject's event: as fixed ahead for it or for all, else as first reported."""
    fixed = state.schedules.get((metric, code)) or state.schedules.get((metric, WHOLE))
    if fixed:
        return _Anchor(*fixed)
    figures = state.of(metric, code) or state.of(metric)
    return _Anchor(figures[0].as_of, figures[0].recorded_at) if figures else None


def _event_of_all(state: State, metric: str, running: list[Subject]) -> _Anchor | None:
    """Where one due is for all: the directive's own event, else the day on which the last of its subjects had it."""
    whole = _event(state, metric, WHOLE)
    each = [_event(state, metric, subject.code) for subject in running]
    if whole or not each or None in each:
        return whole
    return max((one for one in each if one), key=lambda one: one.day)
