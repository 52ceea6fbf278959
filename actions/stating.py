"""What a person states besides a report: checked by its own rule, and recorded once however often it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.evaluate import situation
from actions.record import RefusedError, record
from config.reading import Configuration
from domain.clocktime import local_date
from domain.ledger import Entry, EntryKind, SealedEntry
from domain.situation import Situation
from domain.vietnamese import nfc
from store import Session
from store.ledger import append, find, lock

Rule = Callable[[Situation], str | None]
"""Why a statement may not stand, as a sentence for the person; None where it may."""


@dataclass(frozen=True)
class Said:
    """Who states something, by which way, and what it rests on."""

    id: str
    """Of the entry to be; the same statement sent again under it is the one first recorded."""
    by: str
    """Code of the person."""
    source: str
    """As in the ledger, e.g. `dòng lệnh`."""
    reason: str | None = None
    evidence: str | None = None
    day: date | None = None
    """The day it was decided or written, where that was before it is recorded."""
    files: tuple[str, ...] | None = None
    """Hashes of the files that prove it, kept already (actions/evidence.py)."""

    def entry(self, kind: EntryKind, directive: str, as_of: datetime, **fields: Any) -> Entry:
        """The entry it makes, recorded at `as_of`. Raises pydantic.ValidationError."""
        return Entry(
            id=self.id,
            kind=kind,
            directive=directive,
            as_of=self.day or local_date(as_of),
            recorded_at=as_of,
            actor=self.by,
            source=self.source,
            text=_written(self.reason),
            evidence=_written(self.evidence),
            attachments=self.files or None,
            **fields,
        )


def state(session: Session, configuration: Configuration, entry: Entry, refuse: Rule) -> SealedEntry:
    """Append the entry unless its rule refuses it, and see when to look again; a retry gives what already stands.

    The rule sees the directive as it stands when the entry is recorded, with the ledger locked.
    Raises NoSuchDirectiveError, RefusedError, and store.ledger.EntryConflictError.
    """
    lock(session)
    stands = find(session, entry.id)
    if stands is not None:
        return append(session, _sent_again(entry, stands))
    why = refuse(situation(session, configuration, entry.directive, entry.recorded_at))
    if why:
        raise RefusedError(why)
    return record(session, configuration, entry)


def without_reason(entry: Entry) -> str | None:
    """Who decides over others says why."""
    return None if entry.text else "cần nêu lý do (--reason)"


def _sent_again(entry: Entry, stands: Entry) -> Entry:
    """A statement of the day it was sent on is the same statement when it is sent again the day after."""
    undated = all(one.as_of == local_date(one.recorded_at) for one in (entry, stands))
    return entry.model_copy(update={"as_of": stands.as_of}) if undated else entry


def _written(text: str | None) -> str | None:
    return nfc(text or "").strip() or None
