"""Accept a reported result, or send it back: the monitor's verdict on somebody else's report."""

from __future__ import annotations

from datetime import datetime

from actions.record import RefusedError
from actions.stating import Said, state, without_reason
from config.reading import Configuration
from domain.authority import not_monitor
from domain.ledger import Entry, EntryKind, SealedEntry
from domain.results import why_not_judge
from domain.situation import Situation
from store import Session
from store.ledger import entries, find


def confirm(session: Session, configuration: Configuration, report_id: str, said: Said, as_of: datetime) -> SealedEntry:
    """The result is accepted. Raises as actions.stating.state."""
    return _judge(session, configuration, EntryKind.CONFIRM, report_id, said, as_of)


def send_back(
    session: Session, configuration: Configuration, report_id: str, said: Said, as_of: datetime
) -> SealedEntry:
    """The result no longer counts, and what it met is open again. Raises as actions.stating.state."""
    return _judge(session, configuration, EntryKind.RETURN, report_id, said, as_of)


def _judge(
    session: Session,
    configuration: Configuration,
    kind: EntryKind,
    report_id: str,
    said: Said,
    as_of: datetime,
) -> SealedEntry:
    report = _reported(session, report_id)
    about = {"metric": report.metric, "subject": report.subject, "refers_to": report.id}
    entry = said.entry(kind, report.directive, as_of, **about)

    def refuse(found: Situation) -> str | None:
        known = entries(session, report.directive, as_of)
        why = why_not_judge(kind, report, known, said.by) or not_monitor(found, said.by)
        return why or (without_reason(entry) if kind is EntryKind.RETURN else None)

    return state(session, configuration, entry, refuse)


def _reported(session: Session, report_id: str) -> Entry:
    """Raises RefusedError where nothing was recorded under the id."""
    report = find(session, report_id)
    if report is None:
        raise RefusedError(f"không có bút toán “{report_id}” trong sổ; mã bút toán được in ra khi ghi sổ")
    return report
