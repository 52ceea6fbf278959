"""Who has to be told what now: standings × what was already decided × policy → new deliveries, and those overtaken.

A rung fires when it has passed and nothing settles it, never because "today is due minus n": nothing is lost to an
outage or to a wrong entry taken back, nothing repeats. Every passed rung leaves a row that says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from domain import vietnamese as vn
from domain.outbox import Delivery, Key, State
from domain.overtaken import overtaken_by, silenced
from domain.past import Past, past, voice
from domain.plan import LADDER, Rung, Track
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
    wanted = _settled(_joined(_wanted(situation, before)), before)
    return Decision(
        new=tuple(row for row in wanted if row.key not in before.void),
        overtaken=tuple(overtaken.items()),
        revived=tuple(row for row in wanted if row.key in before.void and row.state is State.PLANNED),
    )


def _wanted(situation: Situation, before: Past) -> Iterator[Delivery]:
    """Every rung that has passed, for everybody it tells and to whom it was not said. An acknowledgement is final."""
    for track in situation.tracks:
        if not situation.whole(track).open:
            continue
        for rung in situation.rungs(track, situation.as_of):
            if rung.at > situation.as_of:
                break
            for told in told_at(situation, track, rung):
                row = _delivery(situation, track, rung, told, before)
                if row and not (row.key in before.void and silenced(situation, row, row.rung_at)):
                    yield row


def _delivery(situation: Situation, track: Track, rung: Rung, told: Told, before: Past) -> Delivery | None:
    """The row that says this to this person; None where it was said, or can be said on no channel of theirs."""
    person, reason, subjects = told
    channel = before.channel(track.milestone.id, rung, person)
    if channel is None:
        return None
    state, note = _birth(situation, track, rung, told)
    return Delivery(
        key=Key(
            directive=situation.directive.code,
            milestone=track.milestone.id,
            rung=before.name(track.milestone.id, rung, person.code),
            occurrence=rung.occurrence,
            person=person.code,
            channel=channel,
        ),
        reason=reason,
        subjects=tuple(subject.code for subject in subjects),
        rung_at=rung.at,
        not_before=situation.rules.policy.window.opening(situation.as_of, situation.rules.calendar),
        state=state,
        note=note,
    )


def _birth(situation: Situation, track: Track, rung: Rung, told: Told) -> tuple[State, str | None]:
    """The state a row is born in, and why it is not simply planned."""
    person, reason, subjects = told
    if rung.kind in LADDER:
        if rung.at < track.armed_for(subject.code for subject in subjects):
            return State.BEFORE_START, "thời điểm nhắc đã qua trước khi nhiệm vụ hoặc hạn mới bắt đầu"
        said = acknowledged(situation, person.code, rung.at, rung.at)
        if said and reason in SILENCED:
            days = vn.working_days(situation.rules.policy.acknowledged_days)
            return State.OBSOLETE, f"đã tiếp nhận lúc {vn.moment(said)}, không nhắc lại trong {days}"
    return State.PLANNED, None


def _joined(wanted: Iterable[Delivery]) -> list[Delivery]:
    """One row per key: where a milestone runs on several dues, a rung of the whole names the subjects of each."""
    by_key: dict[Key, Delivery] = {}
    for row in wanted:
        first = by_key.setdefault(row.key, row)
        if first is not row:
            subjects = tuple(dict.fromkeys((*first.subjects, *row.subjects)))
            by_key[row.key] = first.model_copy(update={"subjects": subjects})
    return list(by_key.values())


def _settled(wanted: list[Delivery], before: Past) -> list[Delivery]:
    """Of a person's rungs that say the same the latest speaks, be it now or before; the earlier rows say so."""
    latest: dict[tuple[str, ...], datetime] = {}
    for row in wanted:
        if row.state is State.PLANNED:
            said = before.last_said(row.key) or row.rung_at
            latest[voice(row.key)] = max(row.rung_at, said, latest.get(voice(row.key), row.rung_at))
    return [
        row.model_copy(update={"state": State.COALESCED, "note": "gộp vào lượt nhắc sau cùng thời điểm gửi"})
        if row.state is State.PLANNED and row.rung_at < latest[voice(row.key)]
        else row
        for row in wanted
    ]
