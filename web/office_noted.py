"""What an office's answers have in common: how a refusal and a note are told on a page."""

from __future__ import annotations

from domain.findings import Finding, Severity
from domain.ledger import SealedEntry
from web.book import Noted
from web.plainly import plainly

SOURCE = "trang web"
GONE = "Nhiệm vụ này không còn hiệu lực."


def refused(message: str) -> Finding:
    """A refusal, in words for a page."""
    return Finding(severity=Severity.ERROR, message=capital(plainly(message)))


def noted(sealed: SealedEntry, what: str, before: int, findings: tuple[Finding, ...] = ()) -> Noted:
    """What now stands in the ledger; `before`: how many entries it had."""
    return Noted(
        entry=sealed.entry.id,
        what=what,
        recorded_at=sealed.entry.recorded_at,
        hash=sealed.hash,
        repeated=sealed.seq <= before,
        findings=findings,
    )


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
