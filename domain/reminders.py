"""Who has to be told what now: standings × what was already decided × policy → new deliveries, and those overtaken.

A rung fires when it has passed and has no row, never because "today is due minus n": nothing is lost to an outage,
nothing repeats. Every passed rung leaves a row that says what became of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.office import Person, Role
from domain.outbox import Delivery, Key, Reason, State
from domain.plan import LADDER, Rung, RungKind, Track
from domain.situation import Situation
from domain.state import WHOLE, Subject


@dataclass(frozen=True)
class Decision:
    """What a look at one directive decides."""

    new: tuple[Delivery, ...]
    overtaken: tuple[tuple[Key, str], ...]
    """Planned deliveries that must not go out any more, and why (Vietnamese)."""


def decide(situation: Situation, history: Iterable[Delivery]) -> Decision:
    """New deliveries at `situation.as_of` given every row the directive already has."""
    rows = tuple(history)
    keys = {row.key: row.rung_at for row in rows}
    overtaken = {row.key: note for row in rows if row.state is State.PLANNED and (note := overtaken_by(situation, row))}
    told = [row for row in rows if row.state is not State.OBSOLETE and row.key not in overtaken]
    recurring = {one.id for one in situation.directive.milestones if one.recurring}
    unmoved = {(_place(row.key, recurring), row.rung_at) for row in told}
    new = [
        delivery
        for track in situation.tracks
        if situation.whole(track).open
        for delivery in (_under_its_day(passed, keys) for passed in _passed(situation, track))
        if delivery.key not in keys and (_place(delivery.key, recurring), delivery.rung_at) not in unmoved
    ]
    return Decision(_settled(_joined(new)), tuple(overtaken.items()))


def _under_its_day(row: Delivery, known: Mapping[Key, datetime]) -> Delivery:
    """A rung of the ladder that moved to another day after it was said, its due unchanged, is one more by its new day.

    Where the new day has passed as well when the plan changes, adoption leaves a row that is never sent
    (actions/replan.py).
    """
    before = known.get(row.key, row.rung_at)
    if not row.key.on_ladder or local_date(before) == local_date(row.rung_at):
        return row
    rung = f"{row.key.rung}@{local_date(row.rung_at).isoformat()}"
    return row.model_copy(update={"key": row.key.model_copy(update={"rung": rung})})


def _joined(new: list[Delivery]) -> list[Delivery]:
    """One row per key: where a milestone runs on several dues, a rung of the whole names the subjects of each."""
    by_key: dict[Key, Delivery] = {}
    for row in new:
        first = by_key.setdefault(row.key, row)
        subjects = tuple(dict.fromkeys((*first.subjects, *row.subjects)))
        by_key[row.key] = first.model_copy(update={"subjects": subjects})
    return list(by_key.values())


ADDRESSED_NO_MORE = "việc này không còn phải nhắc người nhận"
"""Why a row is overtaken whose matter stands: posts or subjects have changed hands."""


def overtaken_by(situation: Situation, row: Delivery) -> str | None:
    """Why a planned row must not be sent any more, None while it is still wanted."""
    same = [track for track in situation.tracks if track.milestone.id == row.key.milestone]
    if not any(situation.whole(track).open for track in same):
        return "mốc đã hoàn thành hoặc không còn phải thực hiện"
    if row.key.on_ladder:
        same = [track for track in same if track.occurrence == row.key.occurrence]
        if moved := _moved_away(situation, same, row):
            return moved
    if done := _nothing_left(situation, same, row):
        return done
    if not _still_addressed(situation, same, row):
        return ADDRESSED_NO_MORE
    if row.key.on_ladder and row.reason in _SILENCED and _acknowledged(situation, row.key.person, situation.as_of):
        return "người nhận đã báo tiếp nhận"
    return None


def _nothing_left(situation: Situation, tracks: list[Track], row: Delivery) -> str | None:
    """Whether what the row urges is done although the milestone is not: its subjects, or its occurrence."""
    unmet = {subject.code for track in tracks for subject in situation.unmet(track)}
    if row.subjects and not unmet.intersection(row.subjects):
        return "các đối tượng của lượt nhắc này đã hoàn thành"
    if not any(situation.whole(track).open for track in tracks):
        return "kỳ này đã hoàn thành hoặc không còn phải thực hiện"
    return None


_AHEAD = timedelta(days=30)
"""How far ahead a rung that was put off is looked for: farther than any holiday is long."""


def _moved_away(situation: Situation, tracks: list[Track], row: Delivery) -> str | None:
    """Whether its due has moved, or its rung lies ahead by now on another day: it will be said then."""
    if not tracks:
        return "hạn đã thay đổi"
    found = [
        rung.at
        for track in tracks
        for rung in situation.rungs(track, situation.as_of + _AHEAD)
        if rung.id == row.key.rung_id
    ]
    elsewhere = all(local_date(at) != local_date(row.rung_at) for at in found)
    put_off = bool(found) and elsewhere and min(found) > situation.as_of
    return "thời điểm nhắc đã dời sang ngày khác" if put_off else None


def _still_addressed(situation: Situation, tracks: list[Track], row: Delivery) -> bool:
    """Whether the rung, if it still stands, would name this person today: posts and subjects change hands."""
    rungs = [
        (track, rung)
        for track in tracks
        for rung in situation.rungs(track, situation.as_of)
        if (rung.id, rung.occurrence) == (row.key.rung_id, row.key.occurrence)
    ]
    named = {person.code for track, rung in rungs for person, _, _ in _recipients(situation, track, rung)}
    return not rungs or row.key.person in named


def _passed(situation: Situation, track: Track) -> Iterator[Delivery]:
    for rung in situation.rungs(track, situation.as_of):
        if rung.at > situation.as_of:
            continue
        for person, reason, subjects in _recipients(situation, track, rung):
            for channel in person.channels[:1]:
                yield _delivery(situation, track, rung, person, channel, reason, subjects)


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
        acknowledged = _acknowledged(situation, person.code, rung.at)
        if acknowledged and reason in _SILENCED:
            days = vn.working_days(situation.rules.policy.acknowledged_days)
            return State.OBSOLETE, f"đã tiếp nhận lúc {vn.moment(acknowledged)}, không nhắc lại trong {days}"
    return State.PLANNED, None


def _all_enrolled_later(subjects: tuple[Subject, ...], moment: datetime) -> bool:
    return bool(subjects) and all(
        subject.known_from is not None and subject.known_from > moment for subject in subjects
    )


_SILENCED = (Reason.LEAD, Reason.RESPONSIBLE, Reason.COORDINATING)
"""Reasons an acknowledgement silences; escalation is never silenced."""


def _acknowledged(situation: Situation, person: str, at: datetime) -> datetime | None:
    """When the person acknowledged, where that still holds `at` the instant."""
    calendar, days = situation.rules.calendar, situation.rules.policy.acknowledged_days
    for moment in situation.state.acknowledged.get(person, ()):
        if moment <= at and local_date(at) <= calendar.add(local_date(moment), days):
            return moment
    return None


def _settled(new: list[Delivery]) -> tuple[Delivery, ...]:
    """After an outage the latest of a person's rungs that say the same speaks; the earlier rows say so."""
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
    """Rows that would say the same to the same person: the ladder of one due, all weekly lists, all quarterly words."""
    kind = key.rung.split("-")[0]
    about = "" if kind in (RungKind.WATCH, RungKind.WORD) else key.occurrence
    return key.milestone, key.person, key.channel, "ladder" if key.on_ladder else kind, about


def _place(key: Key, recurring: Collection[str]) -> tuple[str, ...]:
    """Where a rung stays when its due is moved; each occurrence has rungs of its own, wherever that was moved to."""
    written = key.occurrence.split("/")[0] if key.on_ladder and key.milestone in recurring else ""
    return key.milestone, key.rung_id, key.person, key.channel, written


_Told = tuple[Person, Reason, tuple[Subject, ...]]


def recipients(situation: Situation, track: Track, rung: Rung) -> tuple[str, ...]:
    """Codes of everybody the rung tells, as things stand at the situation's instant."""
    return tuple(person.code for person, _, _ in _recipients(situation, track, rung))


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
        yield from _monitors(situation, unmet)
    elif rung.kind is RungKind.ENROLLED:
        yield from _newly_charged(situation, unmet, rung)
    elif rung.kind is RungKind.WORD:
        yield from _silent(situation, track, unmet, rung)
    elif rung.kind is RungKind.ASSIGNED:
        # the enrolled have a rung of their own
        yield from _charged(situation, tuple(subject for subject in unmet if subject.known_from is None), rung)
    else:
        # Escalation comes first: who stands in for a missing focal person is not silenced as that person would be.
        yield from _escalated(situation, unmet, rung)
        yield from _charged(situation, unmet, rung)


def _charged(situation: Situation, unmet: tuple[Subject, ...], rung: Rung) -> Iterator[_Told]:
    """Those who do the work: the subjects' own units, the lead units, and at their rungs the coordinating ones."""
    office, policy, day = situation.rules.office, situation.rules.policy, local_date(situation.as_of)
    yield from _own(situation, unmet, Role.FOCAL, Reason.RESPONSIBLE)
    for unit in situation.leads:
        yield from ((person, Reason.LEAD, unmet) for person in office.responsible(unit, day))
    if rung.id in policy.coordinating_rungs:
        for unit in office.expand(situation.directive.coordinating, day):
            yield from ((person, Reason.COORDINATING, ()) for person in office.responsible(unit, day))


def _escalated(situation: Situation, unmet: tuple[Subject, ...], rung: Rung) -> Iterator[_Told]:
    """Heads from the policy's overdue rung on, monitors from a later one; nobody before the due."""
    office, escalation, day = situation.rules.office, situation.rules.policy.escalation, local_date(situation.as_of)
    if rung.step >= escalation.head_from:
        yield from _own(situation, unmet, Role.HEAD, Reason.HEAD)
        for unit in situation.leads:
            yield from ((person, Reason.HEAD, unmet) for person in office.holders(unit, Role.HEAD, day))
    if rung.step >= escalation.monitor_from:
        yield from _monitors(situation, unmet)


def _monitors(situation: Situation, unmet: tuple[Subject, ...]) -> Iterator[_Told]:
    people = situation.rules.office.responsible(situation.directive.monitor, local_date(situation.as_of))
    yield from ((person, Reason.MONITOR, unmet) for person in people)


def _newly_charged(situation: Situation, unmet: tuple[Subject, ...], rung: Rung) -> Iterator[_Told]:
    """Units whose subjects were enrolled on the rung's day, without the person who enrolled them."""
    enrolled = tuple(s for s in unmet if s.known_from and local_date(s.known_from).isoformat() == rung.occurrence)
    for person, reason, subjects in _own(situation, enrolled, Role.FOCAL, Reason.RESPONSIBLE):
        by_others = tuple(subject for subject in subjects if subject.enrolled_by != person.code)
        if by_others:
            yield person, reason, by_others


def _silent(situation: Situation, track: Track, unmet: tuple[Subject, ...], rung: Rung) -> Iterator[_Told]:
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
