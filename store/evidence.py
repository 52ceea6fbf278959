"""Files that prove statements, under their hash: put once, never changed, and held against their names by `verify`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, SQLModel, col, select
from sqlmodel import insert as plain_insert

from domain.evidence import Evidence, Kind
from store.tables_files import EvidenceRow

_TABLE = SQLModel.metadata.tables["evidence"]


@dataclass(frozen=True)
class Kept:
    """A file in the store, without its content."""

    hash: str
    name: str
    kind: Kind
    size: int
    person: str
    """Who brought it first."""
    at: datetime


def put(session: Session, evidence: Evidence, person: str, at: datetime) -> None:
    """Keep the file; one that is kept already stays as it was first brought.

    Two who bring the same file at once: the caller holds the ledger's lock (store.ledger.lock), as every writer does.
    """
    if not missing(session, {evidence.hash}):
        return
    session.exec(
        plain_insert(EvidenceRow).values(
            hash=evidence.hash,
            name=evidence.name,
            content_type=evidence.kind.value,
            size=len(evidence.content),
            content=evidence.content,
            person=person,
            at=at,
        )
    )


def get(session: Session, digest: str) -> Evidence | None:
    """The file of that hash, with its content."""
    row = session.get(EvidenceRow, digest)
    return None if row is None else Evidence(row.hash, row.name, Kind(row.content_type), row.content)


def about(session: Session, digests: Collection[str]) -> dict[str, Kept]:
    """What is known of these files, by hash: content is left where it is."""
    row = EvidenceRow
    query = select(row.hash, row.name, row.content_type, row.size, row.person, row.at)  # type: ignore[call-overload]
    found = session.exec(query.where(col(row.hash).in_(digests)))
    return {one.hash: Kept(one.hash, one.name, Kind(one.content_type), one.size, one.person, one.at) for one in found}


def missing(session: Session, digests: Collection[str]) -> tuple[str, ...]:
    """Those of the hashes under which no file is kept, in order."""
    if not digests:
        return ()
    kept = set(session.exec(select(EvidenceRow.hash).where(col(EvidenceRow.hash).in_(digests))))
    return tuple(digest for digest in digests if digest not in kept)


def altered(session: Session) -> Iterator[str]:
    """Hashes whose content is no longer what was put: one file in memory at a time."""
    rows = session.connection().execute(_TABLE.select().order_by(_TABLE.c.hash).execution_options(yield_per=1))
    for row in rows:
        if sha256(row.content).hexdigest() != row.hash or len(row.content) != row.size:
            yield row.hash
