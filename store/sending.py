"""Sending: how a message carries its rows, step by step, to an end.

    claimed ── begin ──> transmitting ── finish ──> accepted | failed | previewed | deferred | unauthorised | held
       │ lease over           │ lease over               │ receipts.py
       v                      v                          v
    abandoned              unknown ── claim_again     delivered | bounced
                              │       (once) ──> claimed
                              v
                            held, on a channel where nothing may be sent again

Each step is one short transaction; none is open across the network. Whoever begins a transmission is given its number
and must show it to report the end, so a worker that slept through its lease can no longer overwrite what was done
meanwhile. Text and rows of a message never change after the claim.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, SQLModel

from domain.outbox import Key, State
from store.messages import IN_FLIGHT, PUT_OFF, MessageState, NewMessage, Outcome, StoredMessage, unknown_messages
from store.rows import DELIVERY, lock_planned

RESENDS = 1
"""How often a message may be sent again when nobody knows whether it went out."""

MESSAGE = SQLModel.metadata.tables["message"]
# Made once: each message needs them all, and making a statement takes longer than having it done. What is set comes
# with the parameters.
_THE_MESSAGE = MESSAGE.c.id == bindparam("of_message")
_CLAIM_ROWS = (
    update(DELIVERY)
    .where(DELIVERY.c.id.in_(bindparam("of_rows", expanding=True)))
    .values(state=State.CLAIMED.value, attempt=DELIVERY.c.attempt + 1)
)
_CHANGE_MESSAGES = update(MESSAGE).where(MESSAGE.c.id.in_(bindparam("of_messages", expanding=True)))
_CHANGE_CARRIED = update(DELIVERY).where(
    DELIVERY.c.message_id.in_(bindparam("of_messages", expanding=True)),
    DELIVERY.c.state.in_(bindparam("out_of", expanding=True)),
)
_BEGIN = (
    update(MESSAGE)
    .where(_THE_MESSAGE, MESSAGE.c.state == MessageState.CLAIMED, MESSAGE.c.worker == bindparam("of_worker"))
    .values(state=MessageState.TRANSMITTING.value, attempts=MESSAGE.c.attempts + 1)
    .returning(MESSAGE.c.attempts)
)
_HOW_FAR = select(MESSAGE.c.state, MESSAGE.c.attempts, MESSAGE.c.unknowns).where(_THE_MESSAGE).with_for_update()
_WRITE_MESSAGE = insert(MESSAGE)
_WRITE_PICTURE = insert(SQLModel.metadata.tables["picture"])
_WRITE_ATTEMPT = insert(SQLModel.metadata.tables["attempt"])


def claim(
    session: Session, keys: Collection[Key], message: NewMessage, worker: str, at: datetime, lease: timedelta
) -> bool:
    """Whether the rows are now this worker's, all of them: if one is no longer planned, nothing is claimed.

    The id of the message must be new. Raises ValueError when a row is for another person or channel.
    """
    if {(key.person, key.channel) for key in keys} != {(message.person, message.channel)}:
        raise ValueError(f"thông điệp {message.id} chỉ được mang lượt gửi của {message.person} qua {message.channel}")
    ids = lock_planned(session, keys, wait=False)
    if len(ids) != len(set(keys)):
        return False
    lent = {"worker": worker, "claimed_at": at, "lease_until": at + lease, "updated_at": at}
    fresh = {"state": MessageState.CLAIMED.value, "attempts": 0, "unknowns": 0}
    session.execute(_WRITE_MESSAGE, message.model_dump(exclude={"pictures"}) | lent | fresh)
    if message.pictures:
        session.execute(_WRITE_PICTURE, [{"message_id": message.id, **one.model_dump()} for one in message.pictures])
    session.execute(_CLAIM_ROWS, {"of_rows": ids, "message_id": message.id, "updated_at": at})
    return True


def to_send_again(session: Session) -> tuple[StoredMessage, ...]:
    """The messages of unknown end that may be sent once more, the longest waiting first."""
    return tuple(message for message in unknown_messages(session) if message.unknowns <= RESENDS)


def claim_again(session: Session, message_id: str, worker: str, at: datetime, lease: timedelta) -> bool:
    """Whether a message of unknown end is now this worker's, to be sent once more under the same id."""
    again = update(MESSAGE).where(
        MESSAGE.c.id == message_id, MESSAGE.c.state == MessageState.UNKNOWN, MESSAGE.c.unknowns <= RESENDS
    )
    taken = session.execute(again.values(worker=worker, lease_until=at + lease).returning(MESSAGE.c.id))
    if taken.first() is None:
        return False
    move(session, [message_id], MessageState.CLAIMED, at)
    return True


def begin_transmission(session: Session, message_id: str, worker: str, at: datetime, lease: timedelta) -> int | None:
    """The number of the transmission that may now start, its lease renewed; None when the worker lost the message."""
    told = {"of_message": message_id, "of_worker": worker, "lease_until": at + lease, "updated_at": at}
    number: int | None = session.execute(_BEGIN, told).scalar_one_or_none()
    if number is not None:
        _move_rows(session, [message_id], MessageState.TRANSMITTING, at)
    return number


def finish(session: Session, message_id: str, number: int, outcome: Outcome, at: datetime) -> bool:
    """Whether the end of transmission `number` counts. It is logged in any case.

    It does not once a later transmission has begun or the message has ended. A late end of a message meanwhile taken
    for unknown counts, and settles it. A deferral while an earlier transmission is unknown leaves it unknown: the
    rows may not travel under another id.
    """
    state, begun, unknowns = session.execute(_HOW_FAR, {"of_message": message_id}).one()
    log_line(session, message_id, number, outcome, at)
    if state not in IN_FLIGHT or not 0 < number == begun:
        return False
    # Outside of transmitting, this very transmission was given up and counted as unknown; now its end is known.
    earlier = unknowns if state == MessageState.TRANSMITTING else unknowns - 1
    lost = outcome.state in {MessageState.UNKNOWN, MessageState.HELD}
    count = {"unknowns": earlier + lost}
    if outcome.state in PUT_OFF and earlier:
        move(session, [message_id], MessageState.UNKNOWN, at, also=count)
    else:
        move(session, [message_id], outcome.state, at, outcome, also=count)
    return True


def release(session: Session, message_ids: Collection[str], at: datetime) -> None:
    """Take claimed messages from their workers: rows go back to planned, or to unknown where one may have arrived."""
    query = (
        select(MESSAGE.c.id, MESSAGE.c.unknowns)
        .where(MESSAGE.c.id.in_(message_ids), MESSAGE.c.state == MessageState.CLAIMED)
        .order_by(MESSAGE.c.id)
    )
    claimed = session.execute(query.with_for_update()).all()
    move(session, [message_id for message_id, unknowns in claimed if not unknowns], MessageState.ABANDONED, at)
    move(session, [message_id for message_id, unknowns in claimed if unknowns], MessageState.UNKNOWN, at)


def expired(session: Session, at: datetime, held: Collection[str] = ()) -> tuple[str, ...]:
    """The messages whose end nobody knows, since their lease is over and their transmission had begun.

    Messages whose lease is over before they began are released: nothing was sent. On the channels `held` nothing is
    sent again.
    """
    over = (
        select(MESSAGE.c.id, MESSAGE.c.attempts, MESSAGE.c.channel)
        .where(MESSAGE.c.lease_until <= at)
        .order_by(MESSAGE.c.id)
    )
    over = over.with_for_update(skip_locked=True)
    asleep = session.execute(over.where(MESSAGE.c.state == MessageState.CLAIMED)).all()
    release(session, [message_id for message_id, _, _ in asleep], at)
    lost = session.execute(over.where(MESSAGE.c.state == MessageState.TRANSMITTING)).all()
    for message_id, number, channel in lost:
        end = MessageState.HELD if channel in held else MessageState.UNKNOWN
        finish(session, message_id, number, Outcome(state=end), at)
    return tuple(message_id for message_id, _, _ in lost)


def move(
    session: Session,
    ids: list[str],
    to: MessageState,
    at: datetime,
    outcome: Outcome | None = None,
    of_rows: Collection[str] = IN_FLIGHT,
    also: Mapping[str, object] | None = None,
) -> None:
    """Bring messages, and the rows they carry that are in one of the states `of_rows`, to a state.

    `also`: what else is set in the messages.
    """
    told: dict[str, object] = {"state": to.value, "updated_at": at, **(also or {})}
    if outcome is not None and outcome.provider_id:
        told["provider_id"] = outcome.provider_id
    session.execute(_CHANGE_MESSAGES, {"of_messages": ids, **told})
    _move_rows(session, ids, to, at, outcome, of_rows)


def _move_rows(
    session: Session,
    ids: list[str],
    to: MessageState,
    at: datetime,
    outcome: Outcome | None = None,
    of_rows: Collection[str] = IN_FLIGHT,
) -> None:
    change: dict[str, object] = {"state": to.of_rows().value, "updated_at": at}
    if outcome is not None and outcome.note is not None:
        change["note"] = outcome.note
    if outcome is not None and outcome.retry_at is not None:
        change["not_before"] = outcome.retry_at
    session.execute(_CHANGE_CARRIED, {"of_messages": ids, "out_of": list(of_rows), **change})


def log_line(session: Session, message_id: str, number: int, outcome: Outcome, at: datetime) -> None:
    """One more line in the log of transmissions."""
    line = {"outcome": outcome.state.value, "code": outcome.code, "detail": outcome.detail}
    session.execute(_WRITE_ATTEMPT, {"message_id": message_id, "number": number, "at": at, **line})
