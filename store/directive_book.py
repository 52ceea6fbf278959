"""The ledger of one directive, with what seals each entry: for who reads it, not for who folds it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from domain.ledger import SealedEntry
from store.ledger import entry_of
from store.tables import EntryRow


def sealed_entries(session: Session, directive: str, known_at: datetime) -> tuple[SealedEntry, ...]:
    """Its entries known by then, in the order they were written."""
    query = select(EntryRow.seq, EntryRow.previous, EntryRow.hash, EntryRow.body)
    query = query.where(EntryRow.directive == directive, EntryRow.recorded_at <= known_at)
    return tuple(
        SealedEntry(seq=number, previous=previous, hash=digest, entry=entry_of(body))
        for number, previous, digest, body in session.exec(query.order_by(col(EntryRow.seq)))
    )
