"""Correct a report: another entry takes its place, with its own figure and day. Nothing that was written is edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from actions.evaluate import NoSuchDirectiveError
from actions.record import RefusedError
from actions.stating import Said, state, without_reason
from config.reading import Configuration
from domain.correcting import why_not_correct
from domain.ledger import Entry, EntryKind, SealedEntry
from domain.metric import Metric, Value
from domain.results import REPORTED
from domain.situation import Situation
from store import Session
from store.ledger import entries, find


def correct(
    session: Session, configuration: Configuration, report_id: str, value: Value, said: Said, as_of: datetime
) -> SealedEntry:
    """`said.day` is the day the figure is true of; without one it is the report's. Raises as actions.stating.state."""
    entry = correction(session, report_id, value, said, as_of)

    def refuse(found: Situation) -> str | None:
        report = reported(session, report_id)
        known = entries(session, report.directive, as_of)
        return why_not_correct(found, report, entry, known) or without_reason(entry)

    return state(session, configuration, entry, refuse)


def correction(session: Session, report_id: str, value: Value, said: Said, as_of: datetime) -> Entry:
    """The entry it would be, to be asked about before it is recorded. Raises RefusedError."""
    report = reported(session, report_id)
    day = said.day or report.as_of
    same_day = day == report.as_of
    return replace(said, day=day).entry(
        EntryKind.CORRECTION,
        report.directive,
        as_of,
        metric=report.metric,
        subject=report.subject,
        occurrence=report.occurrence,
        value=value,
        as_of_time=report.as_of_time if same_day else None,
        refers_to=report.id,
    )


def metric_of(session: Session, configuration: Configuration, report_id: str) -> Metric:
    """What the report is a figure of. Raises RefusedError, NoSuchDirectiveError."""
    report = reported(session, report_id)
    directive = configuration.directives.get(report.directive)
    if directive is None:
        raise NoSuchDirectiveError(report.directive)
    found = next((metric for metric in directive.metrics if metric.id == report.metric), None)
    if found is None:
        raise RefusedError(f"nhiệm vụ {directive.code} không còn chỉ tiêu “{report.metric}” của báo cáo {report_id}")
    return found


def reported(session: Session, report_id: str) -> Entry:
    """The report of that id. Raises RefusedError."""
    report = find(session, report_id)
    if report is None or report.kind not in REPORTED:
        raise RefusedError(f"không có báo cáo “{report_id}” trong sổ; mã bút toán được in ra khi ghi sổ")
    return report
