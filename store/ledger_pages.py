"""The ledger page by page, as far as somebody may see it: each entry once, whatever is written meanwhile.

Entries are only appended, and whoever sees the entry n sees all before it: the number of the last one read is enough
to go on from.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import Session, col, select

from store.tables import EntryRow


class Line(NamedTuple):
    """An entry in its place in the chain, unread."""

    seq: int
    previous: str
    hash: str
    body: str
    """The canonical text that was hashed."""


def page_after(session: Session, seq: int, limit: int, directives: Collection[str] | None = None) -> tuple[Line, ...]:
    """The first entries after the one numbered `seq`, in order; of these directives alone, where they are given."""
    query = select(EntryRow.seq, EntryRow.previous, EntryRow.hash, EntryRow.body).where(EntryRow.seq > seq)
    if directives is not None:
        query = query.where(col(EntryRow.directive).in_(sorted(directives)))
    return tuple(Line(*row) for row in session.exec(query.order_by(col(EntryRow.seq)).limit(limit)))
