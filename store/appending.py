"""Many entries at the end of the ledger in one go: as one after the other, with far fewer statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from domain.ledger import Entry, SealedEntry
from store.chain import canonical, seal
from store.head import Head
from store.ledger import APPENDED, SEALED, EntryConflictError, columns, lock, same
from store.statements import in_batches
from store.tables import CHAIN_HEAD, ENTRY


def append_all(session: Session, entries: Sequence[Entry]) -> Mapping[str, SealedEntry | EntryConflictError]:
    """Id → the entry where it stands, as `append` would give it, or the conflict that kept it out. Ids come once."""
    end = lock(session)
    known = _known(session, (entry.id for entry in entries))
    found = {entry.id: _standing(known[entry.id], entry) for entry in entries if entry.id in known}
    rows = []
    for entry in entries:
        if entry.id not in known:
            body = canonical(entry)
            sealed = seal(entry, body, end)
            end = Head(count=sealed.seq, hash=sealed.hash)
            rows.append({**columns(entry), **sealed.model_dump(exclude={"entry"}), "body": body})
            found[entry.id] = sealed
    for batch in in_batches(rows):
        session.execute(ENTRY.insert(), batch)
    if rows:
        session.execute(CHAIN_HEAD.update(), {"count": end.count, "hash": end.hash})
        session.info[APPENDED] = True
    return found


def recorded(session: Session, ids: Iterable[str]) -> frozenset[str]:
    """Which of the ids stand in the ledger."""
    found: set[str] = set()
    for batch in in_batches(tuple(ids)):
        found.update(session.execute(select(ENTRY.c.id).where(ENTRY.c.id.in_(batch))).scalars().all())
    return frozenset(found)


def _known(session: Session, ids: Iterable[str]) -> Mapping[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for batch in in_batches(tuple(ids)):
        found |= {row.id: row for row in session.execute(SEALED.where(ENTRY.c.id.in_(batch))).all()}
    return found


def _standing(row: Row[Any], entry: Entry) -> SealedEntry | EntryConflictError:
    try:
        return same(row, entry)
    except EntryConflictError as conflict:
        return conflict
