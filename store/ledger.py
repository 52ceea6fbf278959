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
from typing import Any

from sqlalchemy import Row, bindparam, func
from sqlalchemy import select as columns_of
from sqlmodel import Session

from domain.ledger import Entry, EntryKind, SealedEntry
from store.chain import canonical, seal
from store.head import EMPTY, BrokenHeadError, Head, read_head, write_head
from store.statements import in_batches
from store.tables import CHAIN_HEAD, ENTRY

APPENDED = "dondoc.appended"
"""Key of `Session.info` that says an entry was appended and the head file has to follow."""


_HEAD, _ENTRY = CHAIN_HEAD.c, ENTRY.c
SEALED = columns_of(_ENTRY["id"], _ENTRY["seq"], _ENTRY["previous"], _ENTRY["hash"], _ENTRY["body"])
# Asked with every page, every look and every statement: made once, they take a quarter of the time.
_END = columns_of(_HEAD["count"], _HEAD["hash"])
_LOCKED = _END.with_for_update()
_ABOUT = _ENTRY["directive"] == bindparam("directive")
_LAST = columns_of(_ENTRY["seq"], _ENTRY["hash"]).where(_ABOUT).order_by(_ENTRY["seq"].desc()).limit(1)
_HASH = columns_of(_ENTRY["hash"]).where(_ENTRY["seq"] == bindparam("seq"))
_NAMED = SEALED.where(_ENTRY["id"] == bindparam("id"))
_INSERT, _MOVE = ENTRY.insert(), CHAIN_HEAD.update()
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
    known = session.execute(_NAMED, {"id": entry.id}).one_or_none()
    if known is not None:
        return same(known, entry)
    body = canonical(entry)
    sealed = seal(entry, body, before)
    session.execute(_INSERT, {**columns(entry), **sealed.model_dump(exclude={"entry"}), "body": body})
    session.execute(_MOVE, {"count": sealed.seq, "hash": sealed.hash})
    session.info[APPENDED] = True
    return sealed


def entries(
    session: Session,
    directive: str | None = None,
    known_at: datetime | None = None,
    kinds: Iterable[EntryKind] = (),
    after: int = 0,
    upto: int | None = None,
) -> tuple[Entry, ...]:
    """The entries in the order they were written, those after the one numbered `after`, and through that of `upto`.

    Of one directive, known by `known_at`, of some kinds, where given.
    """
    query = columns_of(_ENTRY["body"]).where(_ENTRY["seq"] > after).order_by(_ENTRY["seq"])
    if upto is not None:
        query = query.where(_ENTRY["seq"] <= upto)
    if directive is not None:
        query = query.where(_ENTRY["directive"] == directive)
    if known_at is not None:
        query = query.where(_ENTRY["recorded_at"] <= known_at)
    if wanted := [kind.value for kind in kinds]:
        query = query.where(_ENTRY["kind"].in_(wanted))
    return read(tuple(session.execute(query).scalars().all()))


def by_directive(session: Session, known_at: datetime) -> Iterator[tuple[str, Unread]]:
    """Of each directive in turn the entries known by then, unread: one query for the whole book."""
    query = columns_of(_ENTRY["directive"], _ENTRY["body"]).where(_ENTRY["recorded_at"] <= known_at)
    ordered = query.order_by(_ENTRY["directive"], _ENTRY["seq"])
    rows = session.execute(ordered.execution_options(yield_per=1000))
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
    found = session.execute(_NAMED, {"id": entry_id}).one_or_none()
    return None if found is None else entry_of(found.body)


def find_all(session: Session, ids: Sequence[str]) -> tuple[Entry, ...]:
    """The entries of those ids that there are, in no particular order."""
    texts = (columns_of(_ENTRY["body"]).where(_ENTRY["id"].in_(batch)) for batch in in_batches(ids))
    return tuple(entry_of(body) for query in texts for body in session.execute(query).scalars().all())


def since(session: Session, seq: int) -> tuple[SealedEntry, ...]:
    """The entries after the one numbered `seq`, in order."""
    query = SEALED.where(_ENTRY["seq"] > seq).order_by(_ENTRY["seq"])
    return tuple(map(sealed_in, session.execute(query).all()))


def directives_since(session: Session, seq: int) -> tuple[str, ...]:
    """Codes of the directives about which something was written after the entry numbered `seq`, once each."""
    later = columns_of(_ENTRY["directive"]).where(_ENTRY["seq"] > seq).distinct()
    return tuple(session.execute(later).scalars().all())


def first_after(session: Session, moment: datetime, seq: int = 0) -> datetime | None:
    """When the first entry comes to be known that, by the clock of who wrote it, was written after `moment`."""
    later = columns_of(func.min(_ENTRY["recorded_at"])).where(_ENTRY["seq"] > seq, _ENTRY["recorded_at"] > moment)
    first: datetime | None = session.execute(later).scalar_one()
    return first


def head(session: Session) -> Head:
    """The end of the chain as this transaction sees it."""
    count, digest = session.execute(_END).one()
    return Head(count=count, hash=digest)


def last_of(session: Session, directive: str) -> Head:
    """The last entry about the directive, as the end of the chain up to there; EMPTY where nothing was said of it."""
    found = session.execute(_LAST, {"directive": directive}).one_or_none()
    return EMPTY if found is None else Head(count=found[0], hash=found[1])


def lock(session: Session) -> Head:
    """The end of the chain, which nobody else moves until this transaction ends.

    For whoever must decide on what stands in the ledger and then append: lock, read, append.
    """
    count, digest = session.execute(_LOCKED).one()
    return Head(count=count, hash=digest)


def continues(session: Session, kept: Head) -> bool:
    """Whether the chain passes through `kept`, that is, nothing up to there was cut or replaced."""
    if kept.count == 0:
        return kept == EMPTY
    return bool(session.execute(_HASH, {"seq": kept.count}).scalar_one_or_none() == kept.hash)


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


def same(row: Row[Any], entry: Entry) -> SealedEntry:
    """The entry as it stands in the row of SEALED, if it says the same. Raises EntryConflictError."""
    stands = entry_of(row.body)
    if stands.model_copy(update={"recorded_at": entry.recorded_at}) != entry:
        raise EntryConflictError(entry.id)
    return sealed_in(row)


def sealed_in(row: Row[Any]) -> SealedEntry:
    """The entry of a row of SEALED."""
    return SealedEntry(seq=row.seq, previous=row.previous, hash=row.hash, entry=entry_of(row.body))
