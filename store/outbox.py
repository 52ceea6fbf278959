"""The outbox: one row per delivery, and its key can exist only once. How a message carries rows: sending.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns_of
from sqlmodel import Session, and_, col, func, select, update

from domain.clocktime import at as midnight
from domain.clocktime import local_date
from domain.frozen import Frozen
from domain.outbox import Delivery, Key, State
from store.rows import DELIVERY, KEY, as_delivery, as_row, carriers, key_order, lock_planned
from store.sending import release
from store.statements import in_batches, insert_into
from store.tables import DeliveryRow, MessageRow

_HISTORY = columns_of(DELIVERY).where(DELIVERY.c.directive == bindparam("directive")).order_by(DELIVERY.c.id)
"""Asked with every look: made once, and of the table itself, it takes a quarter of the time."""


class Waiting(Frozen):
    """A delivery that may go out now."""

    delivery: Delivery
    attempt: int
    """How often it has been claimed before; the wait after a refusal grows with it."""


def insert_new(session: Session, deliveries: Iterable[Delivery], at: datetime) -> int:
    """How many of the deliveries were new. Each is written in the state it comes in; an existing key is left alone."""
    rows = [as_row(delivery, at) for delivery in sorted(deliveries, key=lambda delivery: key_order(delivery.key))]
    written = 0
    for batch in in_batches(rows):
        insertion = insert_into(session, DeliveryRow).values(batch).on_conflict_do_nothing(index_elements=KEY)
        written += len(session.exec(insertion.returning(col(DeliveryRow.id))).all())  # psycopg counts no inserts
    return written


def history(session: Session, directive: str) -> tuple[Delivery, ...]:
    """Every delivery ever decided for the directive, as it stands, in the order of deciding."""
    return tuple(as_delivery(row) for row in session.execute(_HISTORY, {"directive": directive}).all())


def sendable(session: Session, at: datetime, channels: Collection[str], limit: int) -> tuple[Waiting, ...]:
    """The planned deliveries on those channels whose hour has come, of the `limit` recipients who are first in turn.

    Whoever was sent the fewest messages that day, then whoever has waited longest. A recipient is a person
    on a channel, and comes with all that is waiting: a message is never cut in two.
    """
    had = (
        select(MessageRow.person, func.count().label("messages"))
        .where(MessageRow.at >= midnight(local_date(at)), MessageRow.attempts > 0)
        .group_by(MessageRow.person)
        .subquery()
    )
    turn = func.coalesce(func.max(had.c.messages), 0)
    first = func.min(DeliveryRow.not_before)
    open_now = and_(
        DeliveryRow.state == State.PLANNED, DeliveryRow.not_before <= at, col(DeliveryRow.channel).in_(channels)
    )
    recipients = (
        select(DeliveryRow.person, DeliveryRow.channel, turn.label("turn"), first.label("first"))
        .outerjoin(had, had.c.person == DeliveryRow.person)
        .where(open_now)
        .group_by(DeliveryRow.person, DeliveryRow.channel)
        .order_by(turn, first, DeliveryRow.person, DeliveryRow.channel)
        .limit(limit)
        .subquery()
    )
    same = and_(recipients.c.person == DeliveryRow.person, recipients.c.channel == DeliveryRow.channel)
    in_turn = (recipients.c.turn, recipients.c.first, recipients.c.person, recipients.c.channel)
    query = select(DeliveryRow).join(recipients, same).where(open_now).order_by(*in_turn, col(DeliveryRow.id))
    return tuple(Waiting(delivery=as_delivery(row), attempt=row.attempt) for row in session.exec(query))


_WAITS = select(DELIVERY.c.id).where(
    DELIVERY.c.state == State.PLANNED, *(DELIVERY.c[name] == bindparam(f"of_{name}") for name in KEY)
)


def waits(session: Session, row: Waiting) -> bool:
    """Whether the row still waits. Rows of a recipient are claimed together: the first speaks for all."""
    key = row.delivery.key
    return session.execute(_WAITS, {f"of_{name}": getattr(key, name) for name in KEY}).first() is not None


def obsolete(session: Session, keys: Collection[Key], note: str, at: datetime) -> int:
    """How many of the rows became obsolete, with `note` (Vietnamese) as the reason.

    A message that has claimed one of them is called back first: its worker can no longer begin, its other rows are
    planned again. A row already in transmission, or ended, stays as it is.
    """
    release(session, carriers(session, keys), at)
    ids = lock_planned(session, keys, wait=True)
    for batch in in_batches(ids):
        change = {"state": State.OBSOLETE.value, "note": note, "updated_at": at}
        session.exec(update(DeliveryRow).where(col(DeliveryRow.id).in_(batch)).values(change))
    return len(ids)


def revive(session: Session, deliveries: Iterable[Delivery], at: datetime) -> int:
    """How many of the obsolete rows are planned again, each as the delivery now says."""
    revived = 0
    for delivery in sorted(deliveries, key=lambda one: key_order(one.key)):
        row = as_row(delivery, at)
        same = [getattr(DeliveryRow, name) == row.pop(name) for name in KEY]
        row.pop("attempt")  # how often it was claimed stays: a new message needs a new id
        again = update(DeliveryRow).where(*same, col(DeliveryRow.state) == State.OBSOLETE)
        revived += session.exec(again.values(row)).rowcount
    return revived


def postpone(session: Session, keys: Collection[Key], until: datetime, at: datetime) -> int:
    """How many of the rows, still planned, may now go out only from `until` on."""
    ids = lock_planned(session, keys, wait=True)
    for batch in in_batches(ids):
        change = {"not_before": until, "updated_at": at}
        session.exec(update(DeliveryRow).where(col(DeliveryRow.id).in_(batch)).values(change))
    return len(ids)


def first_opening(session: Session) -> datetime | None:
    """The earliest instant at which a planned delivery may go out."""
    return session.exec(select(func.min(DeliveryRow.not_before)).where(DeliveryRow.state == State.PLANNED)).one()
