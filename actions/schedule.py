"""Fix the day of an event ahead of it; a due that everything must be ready for then stands before that day."""

from __future__ import annotations

from datetime import date, datetime

from actions.stating import Said, state
from config.reading import Configuration
from domain.authority import not_monitor, not_responsible
from domain.events import why_not_schedule
from domain.ledger import EntryKind, SealedEntry
from domain.situation import Situation
from domain.state import WHOLE
from store import Session


def schedule(
    session: Session,
    configuration: Configuration,
    directive: str,
    metric: str,
    day: date,
    said: Said,
    as_of: datetime,
) -> SealedEntry:
    """By the lead or the monitor. Raises as actions.stating.state."""
    entry = said.entry(EntryKind.SCHEDULE, directive, as_of, metric=metric, day=day)

    def refuse(found: Situation) -> str | None:
        stranger = not_monitor(found, said.by) and not_responsible(found, said.by, WHOLE)
        return stranger or why_not_schedule(found, metric, day)

    return state(session, configuration, entry, refuse)
