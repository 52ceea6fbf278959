"""A recipient in the moment before their message is written: whether there is something to say, and whether it may go.

All of it is asked in one transaction that only reads. Most often nothing stands in the way, and nothing is written
down before the claim: on SQLite whoever writes keeps every other worker waiting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.courier import Round
from actions.opening import day_is_spent, held_back, minute_is_full, opening
from actions.wanted import Checked, check
from config.channel import Channel
from domain.office import Person
from store import Session
from store.outbox import Waiting


@dataclass(frozen=True)
class Seen:
    """What waits for one recipient, and what stands in its way."""

    checked: Checked
    """Whether the rows are still wanted."""
    spent: bool
    """The channel has carried all that it may today."""
    full: datetime | None
    """When the channel takes the next message, if it has had those of this minute."""
    opens: datetime | None
    """When the recipient may be written to, if not now."""
    held: bool
    """Nothing may go to them there for now."""


def seen(opened: Session, round_: Round, channel: Channel, person: Person | None, rows: Sequence[Waiting]) -> Seen:
    """Look at the recipient once more."""
    checked = check(opened, round_, [row.delivery for row in rows])
    spent = day_is_spent(opened, round_, channel)
    full = None if spent else minute_is_full(opened, round_, channel)
    opens = None if spent or full else opening(opened, round_, channel, rows[0].delivery.key)
    held = person is not None and held_back(opened, round_, channel, person)
    return Seen(checked, spent, full, opens, held)
