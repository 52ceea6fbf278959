"""Whether a report may be corrected: by who made it or may make it now, as long as it is the one that counts.

A correction replaces the report and is judged in its place. It may be corrected in turn; what was replaced already, or
sent back by the monitor, may not: the first is no longer the one that counts, and after the second the work is reported
anew, so that a verdict cannot be written over.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.authority import not_responsible
from domain.ledger import Entry, EntryKind
from domain.results import REPORTED
from domain.situation import Situation
from domain.state import WHOLE


def why_not_correct(situation: Situation, report: Entry, correction: Entry, entries: Iterable[Entry]) -> str | None:
    """Why the correction of the report may not be recorded. `entries` are those of its directive, as known."""
    said = tuple(entries)
    return (
        _not_a_report(report)
        or _replaced(report, said)
        or _returned(report, said)
        or _stranger(situation, report, correction.actor)
        or _unchanged(report, correction)
    )


def _not_a_report(report: Entry) -> str | None:
    if report.kind in REPORTED:
        return None
    return f"bút toán {report.id} không phải báo cáo kết quả; chỉ đính chính được báo cáo"


def _replaced(report: Entry, entries: tuple[Entry, ...]) -> str | None:
    """What was corrected counts no more: the last of its corrections is the one to correct."""
    by = {entry.refers_to: entry.id for entry in entries if entry.kind is EntryKind.CORRECTION}
    newest = report.id
    while newest in by:
        newest = by[newest]
    return None if newest == report.id else f"báo cáo {report.id} đã được đính chính; hãy đính chính bút toán {newest}"


def _returned(report: Entry, entries: tuple[Entry, ...]) -> str | None:
    verdicts = [
        entry.kind
        for entry in entries
        if entry.refers_to == report.id and entry.kind in (EntryKind.CONFIRM, EntryKind.RETURN)
    ]
    if not verdicts or verdicts[-1] is EntryKind.CONFIRM:
        return None
    return f"báo cáo {report.id} đã bị trả lại nên không còn được tính; hãy ghi báo cáo mới (dondoc record)"


def _stranger(situation: Situation, report: Entry, person: str) -> str | None:
    if person == report.actor:
        return None
    return not_responsible(situation, person, report.subject or WHOLE)


def _unchanged(report: Entry, correction: Entry) -> str | None:
    same = ("value", "as_of", "as_of_time", "occurrence")
    if any(getattr(report, field) != getattr(correction, field) for field in same):
        return None
    return f"đính chính ghi đúng như báo cáo {report.id}: không có gì thay đổi"
