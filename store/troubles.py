"""What is stuck in the outbox: rows that should have gone out, and messages that came to a bad end."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, and_, col, func, or_, select

from domain.frozen import Code, Frozen, Instant
from domain.outbox import State
from store.messages import Attempt, MessageState, StoredMessage, as_message, attempts
from store.tables import DeliveryRow, MessageRow

UNSENT = (State.PLANNED.value, State.CLAIMED.value, State.TRANSMITTING.value)
"""States of rows that somebody still has to carry."""
BAD_ENDS = tuple(
    state.value
    for state in (
        MessageState.FAILED,
        MessageState.BOUNCED,
        MessageState.HELD,
        MessageState.UNKNOWN,
        MessageState.UNAUTHORISED,
    )
)


class Late(Frozen):
    """Rows of one channel that nobody sent."""

    channel: Code
    rows: int
    since: Instant
    """The earliest instant at which one of them was planned."""


def late(session: Session, since: datetime) -> tuple[Late, ...]:
    """By channel, the rows that could have gone out at `since` and did not: never tried, or refused again and again."""
    refused = and_(DeliveryRow.attempt > 0, DeliveryRow.planned_at <= since)
    query = (
        select(DeliveryRow.channel, func.count(), func.min(DeliveryRow.planned_at))
        .where(col(DeliveryRow.state).in_(UNSENT), or_(col(DeliveryRow.not_before) <= since, refused))
        .group_by(DeliveryRow.channel)
        .order_by(DeliveryRow.channel)
    )
    return tuple(Late(channel=channel, rows=rows, since=first) for channel, rows, first in session.exec(query))


def bad_ends(session: Session) -> tuple[tuple[StoredMessage, Attempt], ...]:
    """The messages that came to a bad end, and nothing was sent to that person on that channel since.

    Each with what the other side said last.
    """
    newest = select(MessageRow.person, MessageRow.channel, func.max(MessageRow.at))
    latest = {
        (person, channel): at
        for person, channel, at in session.exec(newest.group_by(MessageRow.person, MessageRow.channel))
    }
    ended = select(MessageRow).where(col(MessageRow.state).in_(BAD_ENDS))
    query = ended.order_by(MessageRow.channel, MessageRow.person, MessageRow.id)
    last = (as_message(row) for row in session.exec(query) if row.at == latest[row.person, row.channel])
    return tuple((message, attempts(session, message.id)[-1]) for message in last)
