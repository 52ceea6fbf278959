"""Who has to be told what now: standings × what was already decided × policy → new deliveries, and those overtaken.

A rung fires when it has passed and has no row, never because "today is due minus n": nothing is lost to an outage,
nothing repeats. Every passed rung leaves a row that says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.office import Person, Role
from domain.outbox import Delivery, Key, Reason, State
from domain.plan import LADDER, Rung, RungKind, Track
from domain.situation import Situation
from domain.state import Subject


@dataclass(frozen=True)
class Decision:
    """What a look at one directive decides."""

    new: tuple[Delivery, ...]
    overtaken: tuple[tuple[Key, str], ...]
    """Planned deliveries that must not go out any more, and why (Vietnamese)."""


def decide(situation: Situation, history: Iterable[Delivery]) -> Decision:
    """New deliveries at `situation.as_of` given every row the directive already has."""
    rows = tuple(history)
    keys = {row.key for row in rows}
    unmoved = {(_place(row.key), row.rung_at) for row in rows}
    new = [
        delivery
        for track in situation.tracks
        if situation.whole(track).open
        for delivery in _passed(situation, track)
        if delivery.key not in keys and (_place(delivery.key), delivery.rung_at) not in unmoved
    ]
    overtaken = [
        (row.key, note) for row in rows if row.state is State.PLANNED and (note := overtaken_by(situation, row))
    ]
    return Decision(_settled(new), tuple(overtaken))


def overtaken_by(situation: Situation, row: Delivery) -> str | None:
    """Why a planned row must not be sent any more, None while it is still wanted."""
    same = [track for track in situation.tracks if track.milestone.id == row.key.milestone]
    if not any(situation.whole(track).open for track in same):
        return "mốc đã hoàn thành hoặc không còn phải thực hiện"
    if row.key.rung.startswith(("before-", "overdue-")):
        same = [track for track in same if track.occurrence == row.key.occurrence]
        if not same:
            return "hạn đã thay đổi"
        unmet = {subject.code for track in same for subject in situation.unmet(track)}
        if row.subjects and not unmet.intersection(row.subjects):
            return "các đối tượng của lượt nhắc này đã hoàn thành"
    return None


def _passed(situation: Situation, track: Track) -> Iterator[Delivery]:
    for rung in situation.rungs(track, situation.as_of):
        if rung.at > situation.as_of or (rung.kind is RungKind.WORD and _spoken(situation, track, rung)):
            continue
        for person, reason, subjects in _recipients(situation, track, rung):
            for channel in person.channels[:1]:
                yield _delivery(situation, track, rung, person, channel, reason, subjects)


def _spoken(situation: Situation, track: Track, rung: Rung) -> bool:
    """Whether the word a quarter asks for was given in the 90 days before."""
    since = local_date(rung.at) - timedelta(days=90)
    return any(figure.as_of > since for figure in situation.state.of(track.milestone.metric))


def _delivery(
    situation: Situation,
    track: Track,
    rung: Rung,
    person: Person,
    channel: str,
    reason: Reason,
    subjects: tuple[Subject, ...],
) -> Delivery:
    key = Key(
        directive=situation.directive.code,
        milestone=track.milestone.id,
        rung=rung.id,
        occurrence=rung.occurrence,
        person=person.code,
        channel=channel,
    )
    state, note = _birth(situation, track, rung, person, reason, subjects)
    return Delivery(
        key=key,
        reason=reason,
        subjects=tuple(subject.code for subject in subjects),
        rung_at=rung.at,
        not_before=situation.rules.policy.window.opening(situation.as_of, situation.rules.calendar),
        state=state,
        note=note,
    )


def _birth(
    situation: Situation, track: Track, rung: Rung, person: Person, reason: Reason, subjects: tuple[Subject, ...]
) -> tuple[State, str | None]:
    """The state a row is born in, and why it is not simply planned."""
    if rung.kind in LADDER:
        if rung.at < track.armed_at or _all_enrolled_later(subjects, rung.at):
            return State.BEFORE_START, "thời điểm nhắc đã qua trước khi nhiệm vụ hoặc hạn mới bắt đầu"
        acknowledged = _silencing(situation, person, rung)
        if acknowledged and reason in (Reason.LEAD, Reason.RESPONSIBLE, Reason.COORDINATING):
            days = vn.working_days(situation.rules.policy.acknowledged_days)
            return State.OBSOLETE, f"đã tiếp nhận lúc {vn.moment(acknowledged)}, không nhắc lại trong {days}"
    return State.PLANNED, None


def _all_enrolled_later(subjects: tuple[Subject, ...], moment: datetime) -> bool:
    return bool(subjects) and all(
        subject.known_from is not None and subject.known_from > moment for subject in subjects
    )


def _silencing(situation: Situation, person: Person, rung: Rung) -> datetime | None:
    calendar, days = situation.rules.calendar, situation.rules.policy.acknowledged_days
    for moment in situation.state.acknowledged.get(person.code, ()):
        if moment <= rung.at and local_date(rung.at) <= calendar.add(local_date(moment), days):
            return moment
    return None


def _settled(new: list[Delivery]) -> tuple[Delivery, ...]:
    """After an outage only the latest of a person's rungs on a milestone speaks; the rows of the others say so."""
    latest: dict[tuple[str, ...], datetime] = {}
    for row in new:
        if row.state is State.PLANNED:
            latest[_voice(row.key)] = max(row.rung_at, latest.get(_voice(row.key), row.rung_at))
    return tuple(
        row.model_copy(update={"state": State.COALESCED, "note": "gộp vào lượt nhắc sau cùng thời điểm gửi"})
        if row.state is State.PLANNED and row.rung_at < latest[_voice(row.key)]
        else row
        for row in new
    )


def _voice(key: Key) -> tuple[str, ...]:
    """Rows that would say the same thing to the same person: one milestone's ladder, or one kind of other rung."""
    kind = key.rung.split("-")[0]
    ladder = "ladder" if kind in ("before", "overdue") else kind
    return key.milestone, key.person, key.channel, ladder


def _place(key: Key) -> tuple[str, ...]:
    return key.milestone, key.rung, key.person, key.channel


_Told = tuple[Person, Reason, tuple[Subject, ...]]


def _recipients(situation: Situation, track: Track, rung: Rung) -> Iterator[_Told]:
    """Everyone told at this rung, once each, for the first reason that applies."""
    told: set[str] = set()
    for person, reason, subjects in _candidates(situation, track, rung):
        if person.code not in told:
            told.add(person.code)
            yield person, reason, subjects


def _candidates(situation: Situation, track: Track, rung: Rung) -> Iterator[_Told]:
    unmet = situation.unmet(track)
    if rung.kind is RungKind.WATCH:
        yield from _of_units(situation, (situation.directive.monitor,), Reason.MONITOR, unmet)
    elif rung.kind is RungKind.ENROLLED:
        enrolled = (s for s in unmet if s.known_from and local_date(s.known_from).isoformat() == rung.occurrence)
        yield from _own(situation, tuple(enrolled), Role.FOCAL, Reason.RESPONSIBLE)
    else:
        if rung.kind is RungKind.ASSIGNED:
            unmet = tuple(
                subject for subject in unmet if subject.known_from is None
            )  # the others have a rung of their own
        yield from _own(situation, unmet, Role.FOCAL, Reason.RESPONSIBLE)
        yield from _of_units(situation, situation.directive.lead, Reason.LEAD, unmet)
        if rung.id in situation.rules.policy.coordinating_rungs:
            yield from _of_units(situation, situation.directive.coordinating, Reason.COORDINATING, ())
        yield from _escalated(situation, rung, unmet)


def _escalated(situation: Situation, rung: Rung, unmet: tuple[Subject, ...]) -> Iterator[_Told]:
    escalation, office = situation.rules.policy.escalation, situation.rules.office
    if rung.kind is not RungKind.OVERDUE:
        return
    if rung.step >= escalation.head_from:
        yield from _own(situation, unmet, Role.HEAD, Reason.HEAD)
        day = local_date(situation.as_of)
        for unit in office.expand(situation.directive.lead, day):
            yield from ((person, Reason.HEAD, unmet) for person in office.holders(unit, Role.HEAD, day))
    if rung.step >= escalation.monitor_from:
        yield from _of_units(situation, (situation.directive.monitor,), Reason.MONITOR, unmet)


def _of_units(
    situation: Situation, units: tuple[str, ...], reason: Reason, subjects: tuple[Subject, ...]
) -> Iterator[_Told]:
    """Those responsible in units, or in the units of groups, on the day."""
    office, day = situation.rules.office, local_date(situation.as_of)
    for unit in office.expand(units, day):
        yield from ((person, reason, subjects) for person in office.responsible(unit, day))


def _own(situation: Situation, unmet: tuple[Subject, ...], role: Role, reason: Reason) -> Iterator[_Told]:
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
