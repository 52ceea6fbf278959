"""Who has to be told what now: standings × what was already decided × policy → new deliveries, and those overtaken.

A rung fires when it has passed and nothing settles it, never because "today is due minus n": nothing is lost to an
outage or to a wrong entry taken back, nothing repeats. Every passed rung leaves a row that says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from domain import vietnamese as vn
from domain.outbox import Delivery, Key, Reason, State
from domain.overtaken import overtaken_by, silenced
from domain.past import Past, Voice, past, voice
from domain.plan import Rung, RungKind, Track
from domain.recipients import SILENCED, Told, acknowledged, told_at
from domain.situation import Situation


@dataclass(frozen=True)
class Decision:
    """What a look at one directive decides."""

    new: tuple[Delivery, ...]
    overtaken: tuple[tuple[Key, str], ...]
    """Planned deliveries that must not go out any more, and why (Vietnamese)."""
    revived: tuple[Delivery, ...]
    """Obsolete deliveries that are wanted again, as they are now: their rows return to planned.

    What overtook them was taken back, or left something else to say to the same person.
    """

    @property
    def planned(self) -> tuple[Delivery, ...]:
        """What will go out because of it."""
        return (*(row for row in self.new if row.state is State.PLANNED), *self.revived)


def decide(situation: Situation, history: Iterable[Delivery]) -> Decision:
    """What to do about the rows at `situation.as_of`, given every row the directive already has."""
    rows = tuple(history)
    overtaken = {row.key: note for row in rows if row.state is State.PLANNED and (note := overtaken_by(situation, row))}
    before = past(rows, overtaken, situation.directive)
    found = _settled(_joined(_passed(situation, before)), before)
    opening = situation.rules.policy.window.opening(situation.as_of, situation.rules.calendar) if found else None
    wanted = [_delivery(situation, one, opening) for one in found if opening]
    again = (row for row in wanted if row.key in before.void and row.state is State.PLANNED)
    return Decision(
        new=tuple(row for row in wanted if row.key not in before.void),
        overtaken=tuple(overtaken.items()),
        revived=tuple(row for row in again if not silenced(situation, row, row.rung_at)),  # an acknowledgement is final
    )


@dataclass
class _Passed:
    """A rung that has passed, and somebody it tells to whom it was not said."""

    milestone: str
    rung: Rung
    name: str
    """The rung, as the key has it."""
    person: str
    channel: str
    reason: Reason
    subjects: tuple[str, ...]
    state: State
    note: str | None

    @property
    def voice(self) -> Voice:
        """What says the same to the same person."""
        return voice(self.milestone, self.name, self.rung.occurrence, self.person)


def _passed(situation: Situation, before: Past) -> Iterator[_Passed]:
    for track in situation.tracks:
        if not situation.whole(track).open:
            continue
        for rung in situation.passed(track):
            for told in told_at(situation, track, rung):
                person, reason, subjects = told
                channel = before.channel(track.milestone.id, rung, person)
                if channel is not None:
                    name = before.name(track.milestone.id, rung, person.code)
                    codes = tuple(subject.code for subject in subjects)
                    born = _birth(situation, track, rung, told)
                    yield _Passed(track.milestone.id, rung, name, person.code, channel, reason, codes, *born)


def _delivery(situation: Situation, one: _Passed, not_before: datetime) -> Delivery:
    key = Key(
        directive=situation.directive.code,
        milestone=one.milestone,
        rung=one.name,
        occurrence=one.rung.occurrence,
        person=one.person,
        channel=one.channel,
    )
    return Delivery(
        key=key,
        reason=one.reason,
        subjects=one.subjects,
        rung_at=one.rung.at,
        not_before=not_before,
        state=one.state,
        note=one.note,
    )


def _birth(situation: Situation, track: Track, rung: Rung, told: Told) -> tuple[State, str | None]:
    """The state a row is born in, and why it is not simply planned."""
    person, reason, subjects = told
    weekly = rung.kind is RungKind.WATCH
    if (rung.on_ladder or weekly) and track.paused([subject.code for subject in subjects], rung.at):
        return State.COALESCED, "thời điểm nhắc rơi vào thời gian tạm dừng; nhắc lại từ khi tiếp tục"
    if rung.on_ladder:
        if rung.at < track.armed_for(subject.code for subject in subjects):
            return State.BEFORE_START, "thời điểm nhắc đã qua trước khi nhiệm vụ hoặc hạn mới bắt đầu"
        said = acknowledged(situation, person.code, rung.at, rung.at)
        if said and reason in SILENCED:
            days = vn.working_days(situation.rules.policy.acknowledged_days)
            return State.OBSOLETE, f"đã tiếp nhận lúc {vn.moment(said)}, không nhắc lại trong {days}"
    return State.PLANNED, None


def _joined(found: Iterable[_Passed]) -> list[_Passed]:
    """One row per key: where a milestone runs on several dues, a rung of the whole names the subjects of each."""
    by_key: dict[tuple[str, ...], _Passed] = {}
    for one in found:
        first = by_key.setdefault((one.milestone, one.name, one.rung.occurrence, one.person, one.channel), one)
        if first is not one:
            first.subjects = tuple(dict.fromkeys((*first.subjects, *one.subjects)))
    return list(by_key.values())


def _settled(found: list[_Passed], before: Past) -> list[_Passed]:
    """Of a person's rungs that say the same the latest speaks, be it now or before; the earlier rows say so."""
    latest: dict[Voice, datetime] = {}
    for one in found:
        if one.state in (State.PLANNED, State.COALESCED):
            said = max(one.rung.at, before.last_said.get(one.voice, one.rung.at))
            latest[one.voice] = max(said, latest.get(one.voice, said))
    for one in found:
        if one.state is State.PLANNED and one.rung.at < latest[one.voice]:
            one.state, one.note = State.COALESCED, "gộp vào lượt nhắc sau cùng thời điểm gửi"
    return found
