"""Whether a reported result may be accepted or sent back: by somebody else than who reported it, while it stands."""

from __future__ import annotations

from collections.abc import Iterable

from domain import vietnamese as vn
from domain.ledger import Entry, EntryKind

REPORTED = (EntryKind.REPORT, EntryKind.CORRECTION)
"""The entries that a verdict can be on."""

_VERDICTS = {EntryKind.CONFIRM: "xác nhận", EntryKind.RETURN: "trả lại"}


def why_not_judge(kind: EntryKind, report: Entry, entries: Iterable[Entry], person: str) -> str | None:
    """Why CONFIRM or RETURN of the report may not be recorded now. `entries` are those of its directive, as known.

    A verdict may change: what was confirmed can be returned, what was returned confirmed; the later one holds.
    """
    said = tuple(entries)
    return (
        not_a_report(report) or own_report(kind, report, person) or replaced(report, said) or stands(kind, report, said)
    )


def not_a_report(entry: Entry) -> str | None:
    """Only results are accepted or sent back."""
    if entry.kind in REPORTED:
        return None
    return f"bút toán {entry.id} không phải báo cáo kết quả; chỉ xác nhận hoặc trả lại báo cáo"


def own_report(kind: EntryKind, report: Entry, person: str) -> str | None:
    """Completion is not confirmed by who reports it."""
    if report.actor != person:
        return None
    return f"người báo cáo không tự {_VERDICTS[kind]} báo cáo {report.id}; cần cán bộ khác của đơn vị theo dõi"


def replaced(report: Entry, entries: tuple[Entry, ...]) -> str | None:
    """A report that was corrected no longer counts: its correction is what is judged."""
    for entry in entries:
        if entry.kind is EntryKind.CORRECTION and entry.refers_to == report.id:
            return f"báo cáo {report.id} đã được thay bằng {entry.id}; hãy xem xét bút toán {entry.id}"
    return None


def stands(kind: EntryKind, report: Entry, entries: tuple[Entry, ...]) -> str | None:
    """The same verdict is not given twice in a row."""
    verdicts = [entry for entry in entries if entry.kind in _VERDICTS and entry.refers_to == report.id]
    if not verdicts or verdicts[-1].kind is not kind:
        return None
    last = verdicts[-1]
    return f"báo cáo {report.id} đã được {_VERDICTS[kind]} lúc {vn.moment(last.recorded_at)} (bút toán {last.id})"
