"""The ledger of one directive, with what seals each entry: for who reads it, not for who folds it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from domain.ledger import SealedEntry
from store.ledger import SEALED, sealed_in
from store.tables import ENTRY


def sealed_entries(session: Session, directive: str, known_at: datetime) -> tuple[SealedEntry, ...]:
    """Its entries known by then, in the order they were written."""
    query = SEALED.where(ENTRY.c.directive == directive, ENTRY.c.recorded_at <= known_at).order_by(ENTRY.c.seq)
    return tuple(map(sealed_in, session.execute(query).all()))  # row by row, each would wait for other threads
