"""What people were told on Zalo, seen from what comes back: which message they answer to, which one a receipt is of."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from domain.outbox import Delivery
from store.messages import MessageState
from store.rows import as_delivery
from store.tables import DeliveryRow, MessageRow

_SHOWN = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.HELD, MessageState.UNKNOWN)
_OPEN_END = (MessageState.HELD, MessageState.UNKNOWN, MessageState.TRANSMITTING)


def last_told(session: Session, person: str, channels: Collection[str]) -> tuple[Delivery, ...]:
    """The rows of the last message that stands, or may stand, on the person's phone."""
    shown = select(MessageRow.id).where(
        MessageRow.person == person, col(MessageRow.channel).in_(channels), col(MessageRow.state).in_(_SHOWN)
    )
    last = session.exec(shown.order_by(col(MessageRow.at).desc(), col(MessageRow.updated_at).desc()).limit(1)).first()
    rows = select(DeliveryRow).where(DeliveryRow.message_id == last).order_by(col(DeliveryRow.id))
    return tuple(as_delivery(row) for row in session.exec(rows)) if last else ()


def of_open_end(session: Session, channels: Collection[str]) -> tuple[str, ...]:
    """Ids of messages of which nobody has heard whether they arrived, and no name of the other side's is known."""
    query = select(MessageRow.id).where(
        col(MessageRow.channel).in_(channels),
        col(MessageRow.state).in_(_OPEN_END),
        col(MessageRow.provider_id).is_(None),
    )
    return tuple(session.exec(query.order_by(MessageRow.id)))
