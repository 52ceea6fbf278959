"""The ledger of one directive, with what seals each entry: for who reads it, not for who folds it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from domain.ledger import SealedEntry
from store.ledger import SEALED, sealed_in
from store.tables import ENTRY


def sealed_entries(session: Session, directive: str, known_at: datetime) -> tuple[SealedEntry, ...]:
    """Its entries known by then, in the order they were written."""
    query = SEALED.where(*_known(directive, known_at)).order_by(ENTRY.c.seq)
    return tuple(map(sealed_in, session.execute(query).all()))


def count(session: Session, directive: str, known_at: datetime) -> int:
    """How many there are."""
    return int(session.execute(select(func.count()).where(*_known(directive, known_at))).scalar_one())


def newest(
    session: Session, directive: str, known_at: datetime, limit: int, *, skip: int = 0
) -> tuple[SealedEntry, ...]:
    """So many of them, the newest first, after the `skip` newest."""
    query = SEALED.where(*_known(directive, known_at)).order_by(ENTRY.c.seq.desc())
    return tuple(map(sealed_in, session.execute(query.offset(skip).limit(limit)).all()))


def _known(directive: str, known_at: datetime) -> tuple[ColumnElement[bool], ...]:
    return ENTRY.c.directive == directive, ENTRY.c.recorded_at <= known_at
