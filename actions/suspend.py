"""Suspend a directive or one of its subjects, let it go on, or cancel it: the monitor's decision, with its reason."""

from __future__ import annotations

from datetime import datetime

from actions.stating import Said, state, without_reason
from config.reading import Configuration
from domain.authority import not_monitor
from domain.ledger import EntryKind, SealedEntry
from domain.situation import Situation
from domain.state import WHOLE
from domain.stopping import why_not_stop
from store import Session


def suspend(
    session: Session,
    configuration: Configuration,
    directive: str,
    said: Said,
    as_of: datetime,
    subject: str | None = None,
) -> SealedEntry:
    """Nobody is urged from now on; the dues stay where they are. Raises as actions.stating.state."""
    return _stop(session, configuration, EntryKind.SUSPEND, directive, said, as_of, subject)


def resume(
    session: Session,
    configuration: Configuration,
    directive: str,
    said: Said,
    as_of: datetime,
    subject: str | None = None,
) -> SealedEntry:
    """What was suspended goes on, by the dues it had. Raises as actions.stating.state."""
    return _stop(session, configuration, EntryKind.RESUME, directive, said, as_of, subject)


def cancel(
    session: Session,
    configuration: Configuration,
    directive: str,
    said: Said,
    as_of: datetime,
    subject: str | None = None,
) -> SealedEntry:
    """It need not be done any more, for good. Raises as actions.stating.state."""
    return _stop(session, configuration, EntryKind.CANCEL, directive, said, as_of, subject)


def _stop(
    session: Session,
    configuration: Configuration,
    kind: EntryKind,
    directive: str,
    said: Said,
    as_of: datetime,
    subject: str | None,
) -> SealedEntry:
    entry = said.entry(kind, directive, as_of, subject=subject)

    def refuse(found: Situation) -> str | None:
        why = not_monitor(found, said.by) or why_not_stop(found, kind, subject or WHOLE)
        return why or without_reason(entry)

    return state(session, configuration, entry, refuse)
