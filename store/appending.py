"""Many entries at the end of the ledger in one go: as one after the other, with far fewer statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session, col, insert, select, update

from domain.ledger import Entry, SealedEntry
from store.chain import canonical, seal
from store.head import Head
from store.ledger import APPENDED, EntryConflictError, columns, lock, same
from store.statements import in_batches
from store.tables import ChainHeadRow, EntryRow


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
        session.execute(insert(EntryRow), batch)
    if rows:
        session.exec(update(ChainHeadRow).values(count=end.count, hash=end.hash))
        session.info[APPENDED] = True
    return found


def recorded(session: Session, ids: Iterable[str]) -> frozenset[str]:
    """Which of the ids stand in the ledger."""
    found: set[str] = set()
    for batch in in_batches(tuple(ids)):
        found.update(session.exec(select(EntryRow.id).where(col(EntryRow.id).in_(batch))))
    return frozenset(found)


def _known(session: Session, ids: Iterable[str]) -> Mapping[str, EntryRow]:
    found: dict[str, EntryRow] = {}
    for batch in in_batches(tuple(ids)):
        found |= {row.id: row for row in session.exec(select(EntryRow).where(col(EntryRow.id).in_(batch)))}
    return found


def _standing(row: EntryRow, entry: Entry) -> SealedEntry | EntryConflictError:
    try:
        return same(row, entry)
    except EntryConflictError as conflict:
        return conflict
