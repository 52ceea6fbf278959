"""Say that an urging was read: it silences its reader for some days, and is never "done"."""

from __future__ import annotations

from datetime import datetime

from actions.stating import Said, state
from config.reading import Configuration
from domain.authority import not_told, nothing_open
from domain.ledger import EntryKind, SealedEntry
from domain.situation import Situation
from store import Session


def acknowledge(
    session: Session, configuration: Configuration, directive: str, said: Said, as_of: datetime
) -> SealedEntry:
    """Anybody who may be urged about the directive. Raises as actions.stating.state."""
    entry = said.entry(EntryKind.ACKNOWLEDGE, directive, as_of)

    def refuse(found: Situation) -> str | None:
        return not_told(found, said.by) or nothing_open(found)

    return state(session, configuration, entry, refuse)
