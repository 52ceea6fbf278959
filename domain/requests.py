"""Requests for a later day (đề nghị gia hạn) and what was decided on them: folded from the ledger, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain import vietnamese as vn
from domain.ledger import Entry, EntryKind
from domain.state import WHOLE

KINDS = (EntryKind.EXTENSION_REQUEST, EntryKind.EXTENSION_GRANT, EntryKind.EXTENSION_REFUSAL)
"""The entries that requests are folded from."""

Place = tuple[str, str, str, date | None]
"""Directive, milestone, subject (WHOLE: all of them) and occurrence: what one request may be open for at a time."""


@dataclass(frozen=True)
class Answer:
    """The decision on a request."""

    entry: str
    granted: date | None
    """The last day in time from then on; None: refused."""
    by: str
    """Code of the person who decided."""
    decided_at: datetime
    reason: str


@dataclass(frozen=True)
class Request:
    """A request, and its answer once there is one."""

    entry: str
    place: Place
    day: date
    """The day asked for; it would be the last one in time."""
    by: str
    """Code of the person who asked."""
    asked_at: datetime
    reason: str
    evidence: str | None
    answer: Answer | None = None


def requests(entries: Iterable[Entry], known_at: datetime) -> tuple[Request, ...]:
    """Every request recorded by `known_at`, with its answer, in the order of the entries.

    The first decision that names a request is its answer. A grant of a later day that names none, for the same subject
    or for all of them, answers what was asked before it.
    """
    known = [entry for entry in entries if entry.recorded_at <= known_at]
    named: dict[str, Entry] = {}
    for entry in known:
        if entry.kind in _DECISIONS and entry.refers_to:
            named.setdefault(entry.refers_to, entry)
    grants = [entry for entry in known if entry.kind is EntryKind.EXTENSION_GRANT]
    found = []
    for entry in known:
        if entry.kind is EntryKind.EXTENSION_REQUEST and entry.day:
            request = _request(entry, entry.day)
            decision = named.get(entry.id) or next((one for one in grants if _fulfils(one, request)), None)
            found.append(replace(request, answer=_answer(decision)) if decision else request)
    return tuple(found)


def open_requests(entries: Iterable[Entry], known_at: datetime) -> Mapping[Place, Request]:
    """The requests that wait for a decision, by what they are for: never two for the same, the later one stands."""
    return {request.place: request for request in requests(entries, known_at) if request.answer is None}


def decided_already(request: Request) -> str | None:
    """A decided request is not decided again: changing one's mind is a decision of its own, beside the first."""
    if request.answer is None:
        return None
    granted = request.answer.granted
    decision = f"đồng ý gia hạn đến hết ngày {vn.day(granted)}" if granted else "từ chối"
    return (
        f"đề nghị {request.entry} đã có quyết định {request.answer.entry} lúc {vn.moment(request.answer.decided_at)}: "
        f"{decision}; muốn thay đổi thì gia hạn theo văn bản mới (dondoc extend --grant), hoặc chờ đề nghị mới"
    )


def own_request(request: Request, person: str) -> str | None:
    """Who asked does not decide."""
    if request.by != person:
        return None
    return f"người đề nghị không tự quyết định đề nghị {request.entry} của mình; cần cán bộ khác của đơn vị theo dõi"


_DECISIONS = (EntryKind.EXTENSION_GRANT, EntryKind.EXTENSION_REFUSAL)


def _request(entry: Entry, day: date) -> Request:
    return Request(
        entry=entry.id,
        place=(entry.directive, entry.milestone or "", entry.subject or WHOLE, entry.occurrence),
        day=day,
        by=entry.actor,
        asked_at=entry.recorded_at,
        reason=entry.text or "",
        evidence=entry.evidence,
    )


def _answer(decision: Entry) -> Answer:
    granted = decision.day if decision.kind is EntryKind.EXTENSION_GRANT else None
    return Answer(decision.id, granted, decision.actor, decision.recorded_at, decision.text or "")


def _fulfils(grant: Entry, request: Request) -> bool:
    """Whether a grant gives at least what was asked, after it was asked."""
    directive, milestone, subject, occurrence = request.place
    same = (grant.directive, grant.milestone, grant.occurrence) == (directive, milestone, occurrence)
    covered = same and (grant.subject or WHOLE) in (subject, WHOLE)
    return covered and grant.recorded_at >= request.asked_at and grant.day is not None and grant.day >= request.day
