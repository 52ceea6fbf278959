"""The requests for a later day that wait for a decision, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from actions.evaluate import situation
from config.reading import Configuration
from domain.clocktime import iso
from domain.laterday import TO_DO, judged
from domain.requests import KINDS, Request, open_requests
from domain.situation import Situation
from domain.state import WHOLE
from store import Session
from store.ledger import entries

Json = dict[str, Any]


def request_rows(session: Session, configuration: Configuration, as_of: datetime) -> list[Json]:
    """One object per open request on what is still to be done, in the order they were made."""
    return [_row(request, found) for request, found in waiting(session, configuration, as_of)]


def waiting(session: Session, configuration: Configuration, as_of: datetime) -> Iterator[tuple[Request, Situation]]:
    """The open requests on what is still to be done, in the order they were made, and where each directive stands."""
    situations: dict[str, Situation] = {}
    for request in open_requests(entries(session, known_at=as_of, kinds=KINDS), as_of).values():
        directive, milestone, subject, occurrence = request.place
        if directive not in configuration.directives:
            continue
        if directive not in situations:
            situations[directive] = situation(session, configuration, directive, as_of)
        if any(one.official in TO_DO for one in judged(situations[directive], milestone, subject, occurrence)):
            yield request, situations[directive]


def _row(request: Request, found: Situation) -> Json:
    directive, milestone, subject, occurrence = request.place
    dues = [one.due.nominal for one in judged(found, milestone, subject, occurrence) if one.due]
    return {
        "request": request.entry,
        "directive": directive,
        "milestone": milestone,
        "subject": None if subject == WHOLE else subject,
        "occurrence": occurrence.isoformat() if occurrence else None,
        "due": max(dues).isoformat() if dues else None,
        "day": request.day.isoformat(),
        "by": request.by,
        "asked_at": iso(request.asked_at),
        "reason": request.reason,
        "evidence": request.evidence,
    }
