"""How an entry becomes text, and how each text holds on to the one before it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from hashlib import sha256

from domain.ledger import Entry, SealedEntry
from store.head import Head


def canonical(entry: Entry) -> str:
    """The one text of an entry: JSON, keys sorted, no spaces, letters as they are, nothing for what is not said.

    Decimals are strings as written, instants UTC with microseconds. Leaving out what is None lets a later version of
    Entry have more fields without changing the text of the entries that lack them.
    """
    return json.dumps(
        entry.model_dump(exclude_none=True),
        default=_plain,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def utc_text(moment: datetime) -> str:
    """An instant as the canonical text writes it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def link(seq: int, body: str, previous: str) -> str:
    """SHA-256, hex, of the canonical JSON of place, text and the hash before. Sorted keys, so built by hand."""
    return sha256(f'{{"entry":{body},"previous":"{previous}","seq":{seq}}}'.encode()).hexdigest()


def seal(entry: Entry, body: str, after: Head) -> SealedEntry:
    """The entry in the place behind `after`; `body` is its canonical text."""
    seq = after.count + 1
    return SealedEntry(seq=seq, previous=after.hash, hash=link(seq, body, after.hash), entry=entry)


def _plain(value: object) -> str:
    if isinstance(value, datetime):  # before date: a datetime is one
        return utc_text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"không ghi được {type(value).__name__} vào sổ")
