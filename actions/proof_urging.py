"""One delivery as a line of the proof: planned when and why, sent how, answered when."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.proof_messages import Sent
from actions.proof_names import Names
from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.ledger import Entry, EntryKind
from domain.outbox import Key
from domain.policy import Ladder
from domain.urged import due_urged, reckoned_from, rung_said
from reports.proof import Urging
from store.proof import Decided

Acknowledged = Mapping[tuple[str, str], Sequence[datetime]]
"""Directive and person → when they said that they had read the urging, in order."""


@dataclass(frozen=True)
class Telling:
    """What a delivery is told with."""

    names: Names
    ladder: Ladder
    sent: Sent
    numbers: Mapping[int, int]
    """Delivery → its number in the pack."""
    spoken: Mapping[int, Decided]
    acknowledged: Acknowledged


def acknowledgements(entries: Iterable[Entry]) -> Acknowledged:
    """Who acknowledged what, when."""
    found: defaultdict[tuple[str, str], list[datetime]] = defaultdict(list)
    for entry in entries:
        if entry.kind is EntryKind.ACKNOWLEDGE:
            found[entry.directive, entry.actor].append(entry.recorded_at)
    return {who: sorted(moments) for who, moments in found.items()}


def urgings(rows: Iterable[Decided], telling: Telling) -> Iterator[Urging]:
    """The rows in words, in their order."""
    taken = telling.sent.taken_at()
    for row in rows:
        yield _urging(row, telling, taken)


def _urging(row: Decided, telling: Telling, taken: Mapping[str, datetime]) -> Urging:
    names = telling.names
    key = Key.model_construct(**{name: getattr(row, name) for name in Key.model_fields})
    message, speaker = telling.sent.of(row), telling.spoken.get(row.id)
    spoken = telling.sent.of(speaker) if speaker else None
    hidden = names.restricted(row.directive)
    return Urging(
        number=telling.numbers[row.id],
        directive=row.directive,
        title=names.title(row.directive),
        milestone=row.milestone,
        name=names.milestone(row.directive, row.milestone),
        rung=row.rung,
        rung_said=rung_said(key, telling.ladder),
        planned_at=row.rung_at,
        due=due_urged(key),
        reckoned_from=reckoned_from(key),
        subjects=() if hidden else tuple(names.subject(row.directive, code) for code in json.loads(row.subjects)),
        person=row.person,
        person_name=names.person_name(row.person),
        post=names.post(row.person, local_date(row.rung_at)),
        reason=row.reason,
        reason_said=vn.REASONS[row.reason],
        channel=row.channel,
        channel_name=names.channel(row.channel),
        decided_at=row.planned_at,
        state=row.state,
        state_said=vn.DELIVERIES[row.state],
        note=row.note,
        spoken_by=telling.numbers.get(speaker.id) if speaker else None,
        spoken_message=spoken.id if spoken else None,
        message=message.id if message else None,
        acknowledged_at=_next(telling.acknowledged, row, taken.get(message.id) if message else None),
    )


def _next(acknowledged: Acknowledged, row: Decided, sent_at: datetime | None) -> datetime | None:
    """When the reader of what was sent next acknowledged."""
    moments = acknowledged.get((row.directive, row.person), ())
    place = len(moments) if sent_at is None else bisect_left(moments, sent_at)
    return moments[place] if place < len(moments) else None
