"""Between the outbox's rows and the domain's deliveries."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, tuple_
from sqlmodel import Session, SQLModel, func, select

from domain.outbox import Delivery, Key, Reason, State
from store.statements import in_batches
from store.tables import DeliveryRow

DELIVERY = SQLModel.metadata.tables["delivery"]
"""The table itself: what is done for each message speaks to it directly, which takes a third of the time."""
KEY = tuple(Key.model_fields)
"""The columns that are unique together."""


def as_row(delivery: Delivery, at: datetime) -> dict[str, object]:
    """The columns of a new row, written at that instant."""
    return {
        **delivery.key.model_dump(),
        "reason": delivery.reason.value,
        "subjects": json.dumps(delivery.subjects),
        "rung_at": delivery.rung_at,
        "not_before": delivery.not_before,
        "state": delivery.state.value,
        "note": delivery.note,
        "attempt": 0,
        "planned_at": at,
        "updated_at": at,
    }


def as_delivery(row: DeliveryRow | Row[Any]) -> Delivery:
    """The delivery as it stands."""
    return Delivery(
        key=Key(**{name: getattr(row, name) for name in KEY}),
        reason=Reason(row.reason),
        subjects=tuple(json.loads(row.subjects)),
        rung_at=row.rung_at,
        not_before=row.not_before,
        state=State(row.state),
        note=row.note,
    )


def key_order(key: Key) -> tuple[str, ...]:
    """The order in which rows are inserted: whoever inserts the same keys does so in the same order, and only waits."""
    return tuple(getattr(key, name) for name in KEY)


def lock_planned(session: Session, keys: Collection[Key], *, wait: bool) -> list[int]:
    """The ids of those rows that are still planned, locked; with `wait` false none, if another worker is at them.

    Whoever gets the first row gets them all: of two workers at the same rows one wins, never neither.
    """
    if not wait and not _first_is_free(session, keys):
        return []
    found: list[int] = []
    for those in _having(keys):
        query = select(DELIVERY.c.id).where(those, DELIVERY.c.state == State.PLANNED).order_by(DELIVERY.c.id)
        found += session.scalars(query.with_for_update())
    return found


def _first_is_free(session: Session, keys: Collection[Key]) -> bool:
    """Whether the first of the planned rows could be locked at once; it stays locked.

    On SQLite nobody else writes while this transaction does.
    """
    if session.get_bind().dialect.name == "sqlite":
        return True
    planned = DELIVERY.c.state == State.PLANNED
    firsts = [session.scalar(select(func.min(DELIVERY.c.id)).where(those, planned)) for those in _having(keys)]
    present = [first for first in firsts if first is not None]
    if not present:
        return False
    query = select(DELIVERY.c.id).where(DELIVERY.c.id == min(present), planned)
    return session.scalar(query.with_for_update(skip_locked=True)) is not None


def carriers(session: Session, keys: Collection[Key]) -> list[str]:
    """The messages that have claimed any of those rows, in order."""
    found: set[str] = set()
    for those in _having(keys):
        query = select(DELIVERY.c.message_id).where(those, DELIVERY.c.state == State.CLAIMED)
        found |= {message_id for message_id in session.scalars(query) if message_id is not None}
    return sorted(found)


def _having(keys: Collection[Key]) -> Iterator[ColumnElement[bool]]:
    columns = tuple_(*(DELIVERY.c[name] for name in KEY))
    for batch in in_batches(sorted(key_order(key) for key in set(keys))):
        yield columns.in_(batch)
