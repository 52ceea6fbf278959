"""What is heard of a message after the channel took it: that it reached its reader, or that it came back."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, or_, select

from domain.outbox import State
from store.messages import MessageState, Outcome
from store.sending import log_line, move
from store.tables import MessageRow

_TAKEN = (MessageState.ACCEPTED.value, MessageState.HELD.value, MessageState.UNKNOWN.value)


def delivered(session: Session, provider_id: str, at: datetime) -> bool:
    """Whether a message that was taken, or perhaps was, is now known to have reached its reader.

    `provider_id`: what the other side calls it, or our own Message-ID.
    """
    return _settled(session, provider_id, Outcome(state=MessageState.DELIVERED), at, _TAKEN) is not None


def bounced(session: Session, provider_id: str, detail: str, code: str | None, at: datetime) -> str | None:
    """The id of a message that was taken and has now come back; None where no such message was out."""
    outcome = Outcome(state=MessageState.BOUNCED, code=code, detail=detail, note="thư bị trả lại sau khi đã nhận gửi")
    return _settled(session, provider_id, outcome, at, (*_TAKEN, MessageState.DELIVERED.value))


def _settled(session: Session, provider_id: str, outcome: Outcome, at: datetime, before: tuple[str, ...]) -> str | None:
    """The message's id, where it stood in one of the states `before`; its rows follow it, also from a final state."""
    query = select(MessageRow.id, MessageRow.attempts).where(
        or_(MessageRow.provider_id == provider_id, MessageRow.id == provider_id), col(MessageRow.state).in_(before)
    )
    found = session.exec(query.with_for_update()).first()
    if found is None:
        return None
    message_id, number = found
    log_line(session, message_id, number, outcome, at)
    move(session, [message_id], outcome.state, at, outcome, of_rows=_CARRIED)
    return message_id


_CARRIED = tuple(state.value for state in (State.ACCEPTED, State.HELD, State.UNKNOWN, State.DELIVERED))
