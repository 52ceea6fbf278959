"""The last time somebody had the ledger verified, kept: reading the whole chain is not for every look at a page."""

from __future__ import annotations

from datetime import datetime

from actions.office import Office
from actions.verify import verified
from domain.frozen import Frozen, Instant
from store import Session, session
from store.marks import read_mark, set_mark

_MARK = "verified"
_TOLD = 20
"""Findings kept; their number is kept whole."""


class Verification(Frozen):
    """What a verification found."""

    at: Instant
    by: str
    count: int
    """Entries."""
    hash: str
    wrong: int
    findings: tuple[str, ...]


def verify_now(office: Office, by: str, at: datetime) -> Verification:
    """Read the whole ledger, and keep what was found."""
    found = verified(office.store, office.settings.head_file)
    told = tuple(str(finding) for finding in found.findings)
    done = Verification(
        at=at, by=by, count=found.head.count, hash=found.head.hash, wrong=len(told), findings=told[:_TOLD]
    )
    with session(office.store) as opened:
        set_mark(opened, _MARK, done.model_dump_json())
    return done


def last_verification(opened: Session) -> Verification | None:
    """The newest one."""
    kept = read_mark(opened, _MARK)
    return Verification.model_validate_json(kept) if kept else None
