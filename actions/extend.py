"""Move a due to a later day: asked for by who carries the work out, decided by who monitors it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from actions.evaluate import situation
from actions.record import RefusedError
from actions.stating import Said, state, without_reason
from config.reading import Configuration
from domain.authority import not_monitor
from domain.extending import asked_already, why_not_ask, why_not_grant
from domain.findings import Finding
from domain.laterday import Wish, doubts
from domain.ledger import Entry, EntryKind, SealedEntry
from domain.requests import KINDS, Request, decided_already, open_requests, own_request, requests
from domain.situation import Situation
from domain.state import WHOLE
from store import Session
from store.ledger import entries, find


@dataclass(frozen=True)
class Extended:
    """A statement about a later day, and what should be seen in it."""

    sealed: SealedEntry
    findings: tuple[Finding, ...]


def request(
    session: Session, configuration: Configuration, directive: str, wish: Wish, said: Said, as_of: datetime
) -> Extended:
    """Ask for a later day. Raises as actions.stating.state."""
    entry = _entry(EntryKind.EXTENSION_REQUEST, directive, wish, said, as_of)

    def refuse(found: Situation) -> str | None:
        waiting = _waiting(session, directive, wish, as_of)
        return why_not_ask(found, wish, said.by, waiting) or without_reason(entry)

    return _extended(session, configuration, entry, wish, state(session, configuration, entry, refuse))


def extend(
    session: Session, configuration: Configuration, directive: str, wish: Wish, said: Said, as_of: datetime
) -> Extended:
    """Grant a later day that nobody asked for here, by a document of the issuer. Raises as actions.stating.state."""
    entry = _entry(EntryKind.EXTENSION_GRANT, directive, wish, said, as_of)

    def refuse(found: Situation) -> str | None:
        waiting = _waiting(session, directive, wish, as_of)
        return why_not_grant(found, wish, said.by) or asked_already(waiting) or _without_document(entry)

    return _extended(session, configuration, entry, wish, state(session, configuration, entry, refuse))


def grant(
    session: Session,
    configuration: Configuration,
    request_id: str,
    said: Said,
    as_of: datetime,
    day: date | None = None,
) -> Extended:
    """Grant what was asked, or another later day. Raises as actions.stating.state."""
    asked = _asked(session, request_id)
    wish = Wish(asked.milestone or "", asked.subject or WHOLE, day or asked.day or asked.as_of, asked.occurrence)
    entry = _entry(EntryKind.EXTENSION_GRANT, asked.directive, wish, said, as_of, request_id)

    def refuse(found: Situation) -> str | None:
        answered = _request(session, asked, as_of)
        return decided_already(answered) or own_request(answered, said.by) or why_not_grant(found, wish, said.by)

    return _extended(session, configuration, entry, wish, state(session, configuration, entry, refuse))


def refuse_request(
    session: Session, configuration: Configuration, request_id: str, said: Said, as_of: datetime
) -> Extended:
    """Leave the due where it is, and say why. Raises as actions.stating.state."""
    asked = _asked(session, request_id)
    about = {"milestone": asked.milestone, "subject": asked.subject, "occurrence": asked.occurrence}
    entry = said.entry(EntryKind.EXTENSION_REFUSAL, asked.directive, as_of, **about, refers_to=asked.id)

    def refuse(found: Situation) -> str | None:
        answered = _request(session, asked, as_of)
        return (
            decided_already(answered)
            or own_request(answered, said.by)
            or not_monitor(found, said.by)
            or without_reason(entry)
        )

    return Extended(state(session, configuration, entry, refuse), ())


def _entry(
    kind: EntryKind, directive: str, wish: Wish, said: Said, as_of: datetime, refers_to: str | None = None
) -> Entry:
    return said.entry(
        kind,
        directive,
        as_of,
        milestone=wish.milestone,
        subject=wish.subject or None,
        occurrence=wish.occurrence,
        day=wish.day,
        refers_to=refers_to,
    )


def _extended(
    session: Session, configuration: Configuration, entry: Entry, wish: Wish, sealed: SealedEntry
) -> Extended:
    found = situation(session, configuration, entry.directive, entry.recorded_at)
    return Extended(sealed, doubts(found, wish))


def _asked(session: Session, request_id: str) -> Entry:
    """The request itself. Raises RefusedError."""
    entry = find(session, request_id)
    if entry is None or entry.kind is not EntryKind.EXTENSION_REQUEST:
        raise RefusedError(f"không có đề nghị gia hạn “{request_id}”; xem các đề nghị đang chờ: dondoc requests")
    return entry


def _request(session: Session, asked: Entry, as_of: datetime) -> Request:
    known = requests(entries(session, asked.directive, as_of, KINDS), as_of)
    return next(one for one in known if one.entry == asked.id)


def _waiting(session: Session, directive: str, wish: Wish, as_of: datetime) -> Request | None:
    place = (directive, wish.milestone, wish.subject, wish.occurrence)
    return open_requests(entries(session, directive, as_of, KINDS), as_of).get(place)


def _without_document(entry: Entry) -> str | None:
    return None if entry.evidence else "cần nêu số, ngày văn bản gia hạn của cơ quan giao việc (--evidence)"
