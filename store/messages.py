"""Messages: what one person is sent on one channel, how far it has come, and what became of each transmission."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import model_validator
from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from domain.frozen import Code, Frozen, Instant
from domain.outbox import Delivery, State
from domain.picture import Picture
from store.instant import UtcInstant
from store.rows import as_delivery
from store.tables import AttemptRow, DeliveryRow, MessageRow, PictureRow


class MessageState(StrEnum):
    """How far a message has come."""

    CLAIMED = "claimed"
    TRANSMITTING = "transmitting"
    UNKNOWN = "unknown"
    """The lease ended while transmitting: it may have arrived."""
    HELD = "held"
    """It may have arrived, on a channel where it is not sent again."""
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    """The channel says that it reached its reader."""
    BOUNCED = "bounced"
    """Accepted, and come back."""
    FAILED = "failed"
    """Refused for good."""
    PREVIEWED = "previewed"
    DEFERRED = "deferred"
    """Refused for now: its rows are planned again, for a new message."""
    UNAUTHORISED = "unauthorised"
    """The channel let nobody in: its rows are planned again, for a new message."""
    ABANDONED = "abandoned"
    """Never begun: its rows are planned again, for a new message."""

    def of_rows(self) -> State:
        """The state of the rows it carries."""
        return State.PLANNED if self in GIVEN_BACK else State(self.value)


PUT_OFF = frozenset({MessageState.DEFERRED, MessageState.UNAUTHORISED})
"""Ends after which the rows go out later."""
GIVEN_BACK = PUT_OFF | {MessageState.ABANDONED}
"""Ends after which the rows are planned again."""
IN_FLIGHT = (MessageState.CLAIMED.value, MessageState.TRANSMITTING.value, MessageState.UNKNOWN.value)
"""States that have yet to end, of messages and of the rows they carry."""


class NewMessage(Frozen):
    """What one person is to be sent on one channel: frozen once claimed."""

    id: str
    """The Message-ID, a new one for each claim."""
    person: Code
    channel: Code
    address: str
    at: Instant
    """The figures in the text are as known at this instant."""
    subject: str
    text: str
    html: str | None = None
    """Of an e-mail; of a Zalo message, its buttons or its template's data (channels/zalo/form.py)."""
    pictures: tuple[Picture, ...] = ()


class StoredMessage(NewMessage):
    """A message and how far it has come. Its pictures are read apart (`pictures_of`)."""

    claimed_at: Instant
    state: MessageState
    attempts: int
    """Transmissions begun."""
    unknowns: int
    """Transmissions of which nobody knows the end."""
    worker: str
    lease_until: Instant
    updated_at: Instant
    provider_id: str | None
    """What the other side calls it; receipts come back under it."""


class Outcome(Frozen):
    """What became of one transmission."""

    state: MessageState
    code: str | None = None
    """The answer of the other side, e.g. `250`, `-216`."""
    detail: str | None = None
    """Its words, as received."""
    note: str | None = None
    """Why the rows ended without being sent, in Vietnamese."""
    retry_at: Instant | None = None
    """When deferred rows may go out again."""
    provider_id: str | None = None
    """What the other side calls the message it took."""

    @model_validator(mode="after")
    def _is_an_end(self) -> Self:
        if self.state in {MessageState.CLAIMED, MessageState.TRANSMITTING, MessageState.ABANDONED}:
            raise ValueError(f"{self.state} không phải là kết quả của một lần gửi")
        if (self.state in PUT_OFF) != (self.retry_at is not None):
            raise ValueError("retry_at đi cùng kết quả deferred hoặc unauthorised, và chỉ với kết quả đó")
        return self


class Attempt(Frozen):
    """A line of the log of transmissions."""

    number: int
    at: Instant
    outcome: MessageState
    code: str | None
    detail: str | None


def find_message(session: Session, message_id: str) -> StoredMessage | None:
    """The message of that id."""
    row = session.exec(select(MessageRow).where(MessageRow.id == message_id)).one_or_none()
    return None if row is None else as_message(row)


def unknown_messages(session: Session) -> tuple[StoredMessage, ...]:
    """The messages of which nobody knows whether they arrived, the longest waiting first."""
    query = select(MessageRow).where(MessageRow.state == MessageState.UNKNOWN)
    return tuple(as_message(row) for row in session.exec(query.order_by(col(MessageRow.updated_at), MessageRow.id)))


def all_messages(session: Session) -> tuple[StoredMessage, ...]:
    """Every message ever claimed, by the instant of its figures, person and id."""
    query = select(MessageRow).order_by(col(MessageRow.at), MessageRow.person, MessageRow.id)
    return tuple(as_message(row) for row in session.exec(query))


_SENT_SINCE = select(func.count()).where(
    MessageRow.person == bindparam("person"),
    MessageRow.channel == bindparam("channel"),
    col(MessageRow.at) >= bindparam("since", type_=UtcInstant),
    col(MessageRow.state).not_in(GIVEN_BACK),
)


def count_since(session: Session, person: str, channel: str, since: datetime) -> int:
    """How many messages with figures as of `since` or later the person was sent, or is being sent, on the channel."""
    return session.exec(_SENT_SINCE, params={"person": person, "channel": channel, "since": since}).one()


def count_on(session: Session, channel: str, since: datetime) -> int:
    """How many messages with figures as of `since` or later the channel was given, whatever became of them."""
    query = select(func.count()).where(MessageRow.channel == channel, MessageRow.at >= since, MessageRow.attempts > 0)
    return session.exec(query).one()


def room_again(session: Session, channel: str, limit: int, since: datetime) -> datetime | None:
    """When the oldest of the last `limit` messages of the channel was claimed; None if there were fewer since then."""
    claimed = select(MessageRow.claimed_at).where(MessageRow.channel == channel, MessageRow.claimed_at > since)
    return session.exec(claimed.order_by(col(MessageRow.claimed_at).desc()).offset(limit - 1).limit(1)).first()


def first_lease_end(session: Session) -> datetime | None:
    """When the first message in a worker's hands will be taken for lost; None when none is."""
    held = (MessageState.CLAIMED, MessageState.TRANSMITTING)
    return session.exec(select(func.min(MessageRow.lease_until)).where(col(MessageRow.state).in_(held))).one()


def carried(session: Session, message_id: str) -> tuple[Delivery, ...]:
    """The deliveries the message carries; of one deferred or abandoned, those no later message has claimed."""
    query = select(DeliveryRow).where(DeliveryRow.message_id == message_id).order_by(col(DeliveryRow.id))
    return tuple(as_delivery(row) for row in session.exec(query))


def attempts(session: Session, message_id: str) -> tuple[Attempt, ...]:
    """The log of its transmissions, in the order of writing."""
    query = select(AttemptRow).where(AttemptRow.message_id == message_id).order_by(col(AttemptRow.id))
    return tuple(
        Attempt.model_validate(row.model_dump(include=set(Attempt.model_fields))) for row in session.exec(query)
    )


def pictures_of(session: Session, message_id: str) -> tuple[Picture, ...]:
    """The pictures frozen with the message, by name."""
    query = select(PictureRow).where(PictureRow.message_id == message_id).order_by(PictureRow.cid)
    return tuple(Picture.model_validate(row.model_dump(exclude={"message_id"})) for row in session.exec(query))


def as_message(row: MessageRow) -> StoredMessage:
    """The message as it stands."""
    return StoredMessage.model_validate(row.model_dump())
