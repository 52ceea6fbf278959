"""Who is told at a rung, once each, and for which reason: posts and subjects are asked for as of that moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.clocktime import local_date
from domain.office import Person, Role
from domain.outbox import Reason
from domain.plan import Rung, RungKind, Track
from domain.situation import Situation
from domain.state import WHOLE, Stop, Subject

Told = tuple[Person, Reason, tuple[Subject, ...]]
"""Whom, why, and the unmet subjects it is about."""

SILENCED = (Reason.LEAD, Reason.RESPONSIBLE, Reason.COORDINATING)
"""Reasons an acknowledgement silences; escalation is never silenced."""


def acknowledged(situation: Situation, person: str, rung_at: datetime, known_at: datetime) -> datetime | None:
    """When the person acknowledged, by `known_at`, where that still holds on the rung's day."""
    calendar, days = situation.rules.calendar, situation.rules.policy.acknowledged_days
    day = local_date(rung_at)
    for moment in situation.state.acknowledged.get(person, ()):
        passed = calendar.working_days(local_date(moment), day)
        if moment <= known_at and (passed < days or (passed == days and calendar.is_working(day))):
            return moment
    return None


def recipients(situation: Situation, track: Track, rung: Rung) -> tuple[str, ...]:
    """Codes of everybody the rung tells, as things stand at the situation's instant."""
    return tuple(person.code for person, _, _ in told_at(situation, track, rung))


def addressed(situation: Situation, track: Track, rung: Rung) -> frozenset[str]:
    """The same, for asking whether somebody is among them: found once per rung."""
    known, which = situation.addressed, (id(track), rung.id, rung.occurrence)
    if which not in known:
        known[which] = frozenset(recipients(situation, track, rung))
    return known[which]


def told_at(situation: Situation, track: Track, rung: Rung) -> Iterator[Told]:
    """Everyone told at this rung, once each, for the first reason that applies."""
    told: set[str] = set()
    for person, reason, subjects in _candidates(situation, track, rung):
        if person.code not in told:
            told.add(person.code)
            yield person, reason, subjects


def _candidates(situation: Situation, track: Track, rung: Rung) -> Iterator[Told]:
    unmet = situation.unmet(track)
    if rung.kind is RungKind.WATCH:
        yield from _monitors(situation, unmet)
    elif rung.kind is RungKind.ENROLLED:
        yield from _newly_charged(situation, unmet, rung)
    elif rung.kind is RungKind.RESUMED:
        # those who work on it first: heads and monitors hear of it again at the next rung of the ladder
        yield from _charged(situation, _going_on(situation, unmet, rung), rung)
    elif rung.kind is RungKind.WORD:
        yield from _silent(situation, track, unmet, rung)
    elif rung.kind is RungKind.ASSIGNED:
        # the enrolled have a rung of their own
        yield from _charged(situation, tuple(subject for subject in unmet if subject.known_from is None), rung)
    else:
        # Escalation comes first: who stands in for a missing focal person is not silenced as that person would be.
        yield from _escalated(situation, unmet, rung)
        yield from _charged(situation, unmet, rung)


def _charged(situation: Situation, unmet: tuple[Subject, ...], rung: Rung) -> Iterator[Told]:
    """Those who do the work: the subjects' own units, the lead units, and at their rungs the coordinating ones."""
    office, policy, day = situation.rules.office, situation.rules.policy, local_date(situation.as_of)
    yield from _own(situation, unmet, Role.FOCAL, Reason.RESPONSIBLE)
    for unit in situation.leads:
        yield from ((person, Reason.LEAD, unmet) for person in office.responsible(unit, day))
    if rung.id in policy.coordinating_rungs:
        for unit in office.expand(situation.directive.coordinating, day):
            yield from ((person, Reason.COORDINATING, ()) for person in office.responsible(unit, day))


def _escalated(situation: Situation, unmet: tuple[Subject, ...], rung: Rung) -> Iterator[Told]:
    """Heads from the policy's overdue rung on, monitors from a later one; nobody before the due."""
    office, escalation, day = situation.rules.office, situation.rules.policy.escalation, local_date(situation.as_of)
    if rung.step >= escalation.head_from:
        yield from _own(situation, unmet, Role.HEAD, Reason.HEAD)
        for unit in situation.leads:
            yield from ((person, Reason.HEAD, unmet) for person in office.holders(unit, Role.HEAD, day))
    if rung.step >= escalation.monitor_from:
        yield from _monitors(situation, unmet)


def _monitors(situation: Situation, unmet: tuple[Subject, ...]) -> Iterator[Told]:
    people = situation.rules.office.responsible(situation.directive.monitor, local_date(situation.as_of))
    yield from ((person, Reason.MONITOR, unmet) for person in people)


def _newly_charged(situation: Situation, unmet: tuple[Subject, ...], rung: Rung) -> Iterator[Told]:
    """Units whose subjects were enrolled on the rung's day, without the person who enrolled them."""
    enrolled = tuple(s for s in unmet if s.known_from and local_date(s.known_from).isoformat() == rung.occurrence)
    for person, reason, subjects in _own(situation, enrolled, Role.FOCAL, Reason.RESPONSIBLE):
        by_others = tuple(subject for subject in subjects if subject.enrolled_by != person.code)
        if by_others:
            yield person, reason, by_others


def _going_on(situation: Situation, unmet: tuple[Subject, ...], rung: Rung) -> tuple[Subject, ...]:
    """The subjects that go on since the rung's day: all of them where the directive does."""

    def ended(stops: tuple[Stop, ...]) -> bool:
        return any(stop.resumed_at and local_date(stop.resumed_at).isoformat() == rung.occurrence for stop in stops)

    if ended(situation.state.halts.get(WHOLE, ())):
        return unmet
    return tuple(subject for subject in unmet if ended(subject.stops))


def _silent(situation: Situation, track: Track, unmet: tuple[Subject, ...], rung: Rung) -> Iterator[Told]:
    """Those asked for the quarter's word: nobody who gave one in the 90 days before."""
    since = local_date(rung.at) - timedelta(days=90)
    spoken = {
        code
        for code in (WHOLE, *(subject.code for subject in unmet))
        if any(figure.as_of > since for figure in situation.state.of(track.milestone.metric, code))
    }
    silent = tuple(subject for subject in unmet if subject.code not in spoken)
    if WHOLE not in spoken and (silent or not unmet):
        yield from _charged(situation, silent, rung)


def _own(situation: Situation, unmet: tuple[Subject, ...], role: Role, reason: Reason) -> Iterator[Told]:
    """People of the subjects' own units, each with all the subjects that are theirs."""
    office, day = situation.rules.office, local_date(situation.as_of)
    theirs: dict[str, tuple[Person, list[Subject]]] = {}
    for subject in unmet:
        if subject.unit is None:
            continue
        people = (
            office.responsible(subject.unit, day) if role is Role.FOCAL else office.holders(subject.unit, role, day)
        )
        for person in people:
            theirs.setdefault(person.code, (person, []))[1].append(subject)
    for person, subjects in theirs.values():
        yield person, reason, tuple(subjects)
