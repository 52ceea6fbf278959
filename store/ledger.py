"""The ledger (sổ): appended to, read in order, never edited.

Appends are serialised by the row of the chain's head: on PostgreSQL it is locked, on SQLite the whole writing
transaction is. The lock lasts until the commit, so whoever sees the entry n sees all before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sqlalchemy import select as columns_of
from sqlmodel import Session, SQLModel, col, func, insert, select, update

from domain.ledger import Entry, EntryKind, SealedEntry
from store.chain import canonical, seal
from store.head import EMPTY, BrokenHeadError, Head, read_head, write_head
from store.statements import in_batches
from store.tables import ChainHeadRow, EntryRow

APPENDED = "dondoc.appended"
"""Key of `Session.info` that says an entry was appended and the head file has to follow."""


_HEAD = SQLModel.metadata.tables["chain_head"].c
_END = columns_of(_HEAD["count"], _HEAD["hash"])
"""Asked with every page and every look: made once, and of the table itself, it takes a quarter of the time."""
READ_LATELY = 5_000
"""Entries that are remembered as they were read: one statement asks for those of its directive several times."""
Unread = tuple[str, ...]
"""Entries as they are stored, JSON texts, in the order they were written."""


class EntryConflictError(ValueError):
    """The id is taken by an entry that says something else."""

    def __init__(self, entry_id: str) -> None:
        super().__init__(f"bút toán {entry_id} đã có trong sổ với nội dung khác; sổ chỉ ghi thêm, hãy dùng mã mới")


def append(session: Session, entry: Entry) -> SealedEntry:
    """The entry, sealed at the end of the chain, or where it already stands when the same was said under its id.

    Sameness leaves `recorded_at` out: a statement sent again is the statement first recorded.
    Raises EntryConflictError when the id is taken by another statement.
    """
    before = lock(session)
    known = session.exec(select(EntryRow).where(EntryRow.id == entry.id)).one_or_none()
    if known is not None:
        return same(known, entry)
    body = canonical(entry)
    sealed = seal(entry, body, before)
    session.exec(insert(EntryRow).values(**columns(entry), **sealed.model_dump(exclude={"entry"}), body=body))
    session.exec(update(ChainHeadRow).values(count=sealed.seq, hash=sealed.hash))
    session.info[APPENDED] = True
    return sealed


def entries(
    session: Session,
    directive: str | None = None,
    known_at: datetime | None = None,
    kinds: Iterable[EntryKind] = (),
) -> tuple[Entry, ...]:
    """The entries in the order they were written: of one directive, known by `known_at`, of some kinds, where given."""
    query = select(EntryRow.body).order_by(col(EntryRow.seq))
    if directive is not None:
        query = query.where(EntryRow.directive == directive)
    if known_at is not None:
        query = query.where(EntryRow.recorded_at <= known_at)
    if wanted := [kind.value for kind in kinds]:
        query = query.where(col(EntryRow.kind).in_(wanted))
    return read(tuple(session.exec(query)))


def by_directive(session: Session, known_at: datetime) -> Iterator[tuple[str, Unread]]:
    """Of each directive in turn the entries known by then, unread: one query for the whole book."""
    query = select(EntryRow.directive, EntryRow.body).where(EntryRow.recorded_at <= known_at)
    rows = session.exec(query.order_by(EntryRow.directive, col(EntryRow.seq)).execution_options(yield_per=1000))
    for directive, those in groupby(rows, key=itemgetter(0)):
        yield directive, tuple(body for _, body in those)


def read(unread: Unread) -> tuple[Entry, ...]:
    """The entries themselves. Raises pydantic.ValidationError for one that cannot be read."""
    return tuple(map(entry_of, unread))


@lru_cache(maxsize=READ_LATELY)
def entry_of(body: str) -> Entry:
    """The entry of that text; nobody can change it, so who asks for it again gets the same.

    Raises pydantic.ValidationError.
    """
    return Entry.model_validate_json(body)


def find(session: Session, entry_id: str) -> Entry | None:
    """The entry of that id, of whatever directive; None where nothing was recorded under it."""
    body = session.exec(select(EntryRow.body).where(EntryRow.id == entry_id)).one_or_none()
    return None if body is None else entry_of(body)


def find_all(session: Session, ids: Sequence[str]) -> tuple[Entry, ...]:
    """The entries of those ids that there are, in no particular order."""
    texts = (select(EntryRow.body).where(col(EntryRow.id).in_(batch)) for batch in in_batches(ids))
    return tuple(entry_of(body) for query in texts for body in session.exec(query))


def since(session: Session, seq: int) -> tuple[SealedEntry, ...]:
    """The entries after the one numbered `seq`, in order."""
    query = select(EntryRow.seq, EntryRow.previous, EntryRow.hash, EntryRow.body).where(EntryRow.seq > seq)
    return tuple(
        SealedEntry(seq=number, previous=previous, hash=digest, entry=entry_of(body))
        for number, previous, digest, body in session.exec(query.order_by(col(EntryRow.seq)))
    )


def directives_since(session: Session, seq: int) -> tuple[str, ...]:
    """Codes of the directives about which something was written after the entry numbered `seq`, once each."""
    return tuple(session.exec(select(EntryRow.directive).where(EntryRow.seq > seq).distinct()))


def first_after(session: Session, moment: datetime, seq: int = 0) -> datetime | None:
    """When the first entry comes to be known that, by the clock of who wrote it, was written after `moment`."""
    later = select(func.min(EntryRow.recorded_at)).where(EntryRow.seq > seq, EntryRow.recorded_at > moment)
    return session.exec(later).one()


def head(session: Session) -> Head:
    """The end of the chain as this transaction sees it."""
    count, digest = session.execute(_END).one()
    return Head(count=count, hash=digest)


def lock(session: Session) -> Head:
    """The end of the chain, which nobody else moves until this transaction ends.

    For whoever must decide on what stands in the ledger and then append: lock, read, append.
    """
    count, digest = session.exec(select(ChainHeadRow.count, ChainHeadRow.hash).with_for_update()).one()
    return Head(count=count, hash=digest)


def continues(session: Session, kept: Head) -> bool:
    """Whether the chain passes through `kept`, that is, nothing up to there was cut or replaced."""
    if kept.count == 0:
        return kept == EMPTY
    return session.exec(select(EntryRow.hash).where(EntryRow.seq == kept.count)).one_or_none() == kept.hash


def keep_head(session: Session, head_file: Path) -> None:
    """Let the file follow the chain. A file the chain does not continue, or none, is left as evidence for `verify`.

    Run in a transaction of its own after the commit: the lock keeps two workers from writing in the wrong order.
    """
    now = lock(session)
    try:
        kept = read_head(head_file)
    except BrokenHeadError:
        return
    if kept is not None and kept != now and continues(session, kept):
        write_head(head_file, now)


def columns(entry: Entry) -> dict[str, object]:
    """What of an entry is repeated in columns, to be searched by."""
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "directive": entry.directive,
        "subject": entry.subject,
        "metric": entry.metric,
        "as_of": entry.as_of,
        "recorded_at": entry.recorded_at,
    }


def same(row: EntryRow, entry: Entry) -> SealedEntry:
    """The entry as it stands in `row`, if it says the same. Raises EntryConflictError."""
    stands = Entry.model_validate_json(row.body)
    if stands.model_copy(update={"recorded_at": entry.recorded_at}) != entry:
        raise EntryConflictError(entry.id)
    return SealedEntry(seq=row.seq, previous=row.previous, hash=row.hash, entry=stands)
