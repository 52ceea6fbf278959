"""The messages of a proof, word by word, and every attempt to hand them over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from actions.proof_names import Names
from actions.proof_spoken import earlier
from domain import vietnamese as vn
from domain.outbox import State
from reports.proof import Copy, Transmission
from store import Session
from store.proof import Decided, Transmitted, Written, begun, given_back, transmitted, written

MASK = "‹khoá riêng của người nhận›"
"""Stands for the key of a link that still opens: whoever holds the key acts for the reader."""
_KEY = re.compile(r"(?<=/)[\w-]+\.[\w-]{5,8}\.[\w-]{43}(?![\w-])")
"""A signed key as config/link.py makes it."""
_TAKEN = frozenset({State.ACCEPTED, State.DELIVERED, State.PREVIEWED})


@dataclass(frozen=True)
class Sent:
    """The messages of some deliveries."""

    last: Mapping[str, Written]
    """By id, those that carry a delivery now."""
    before: Mapping[int, Sequence[Written]]
    """Delivery → the messages that carried it before, and were put off."""
    log: Sequence[Transmitted]

    def of(self, row: Decided) -> Written | None:
        """The message that carries the row; None where it was called back before anything left the house."""
        found = self.last.get(row.message_id or "")
        return found if found and begun(found) else None

    def taken_at(self) -> dict[str, datetime]:
        """Message → when its channel first took it over."""
        taken: dict[str, datetime] = {}
        for line in self.log:
            if line.outcome in _TAKEN:
                taken.setdefault(line.message_id, line.at)
        return taken


def sent(session: Session, rows: Collection[Decided]) -> Sent:
    """What was sent for the rows."""
    last = written(session, {row.message_id for row in rows if row.message_id})
    again = {row.person for row in rows if row.attempt > 1}
    before = earlier(rows, last, given_back(session, again))
    ids = {one.id for one in last.values() if begun(one)} | {one.id for those in before.values() for one in those}
    return Sent(last, before, transmitted(session, ids))


def copies(found: Sent, numbered: Iterable[tuple[int, Decided]], names: Names, opens_since: datetime) -> list[Copy]:
    """The messages of the numbered rows, in the order of writing; links written after `opens_since` still open."""
    messages: dict[str, Written] = {}
    carried: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in numbered:
        for message in (*found.before.get(row.id, ()), found.of(row)):
            if message and begun(message):
                messages[message.id] = message
                carried[message.id].append(number)
    taken = found.taken_at()
    in_order = sorted(messages.values(), key=lambda one: (one.claimed_at, one.person, one.id))
    return [_copy(one, carried[one.id], taken.get(one.id), names, opens_since) for one in in_order]


def transmissions(found: Sent, messages: Iterable[Copy]) -> Iterator[Transmission]:
    """Every attempt with one of the messages, in the order of writing down."""
    shown = {one.id for one in messages}
    for line in found.log:
        if line.message_id in shown:
            said = vn.DELIVERIES.get(line.outcome, line.outcome)
            yield Transmission(line.message_id, line.number, line.at, line.outcome, said, line.code, line.detail)


def _copy(message: Written, numbers: list[int], taken_at: datetime | None, names: Names, opens_since: datetime) -> Copy:
    text = _KEY.sub(MASK, message.text) if message.at >= opens_since else message.text
    return Copy(
        id=message.id,
        provider_id=message.provider_id,
        person=message.person,
        person_name=names.person_name(message.person),
        channel=message.channel,
        channel_name=names.channel(message.channel),
        address=message.address,
        written_at=message.at,
        sent_at=taken_at,
        subject=message.subject,
        text=text,
        masked=text != message.text,
        text_sha256=sha256(message.text.encode()).hexdigest(),
        state=message.state,
        state_said=vn.DELIVERIES.get(message.state, message.state),
        urgings=tuple(numbers),
    )
