"""How a channel has done lately: its newest message, and what the other side said to it."""

from __future__ import annotations

from typing import NamedTuple

from sqlmodel import Session, col, select

from store.messages import Attempt, StoredMessage, as_message, attempts
from store.tables import MessageRow


class Newest(NamedTuple):
    """The newest message of a channel, and its last transmission; None where none has begun."""

    message: StoredMessage
    attempt: Attempt | None


def newest_on(session: Session, channel: str) -> Newest | None:
    """The message that was last claimed for the channel."""
    query = select(MessageRow).where(MessageRow.channel == channel)
    row = session.exec(query.order_by(col(MessageRow.claimed_at).desc(), col(MessageRow.id)).limit(1)).first()
    if row is None:
        return None
    tried = attempts(session, row.id)
    return Newest(as_message(row), tried[-1] if tried else None)
