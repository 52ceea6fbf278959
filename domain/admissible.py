"""Whether an entry says all that its kind needs, about things that there are; and what in it should be looked at twice.

What a person may state is decided elsewhere (domain/authority.py, extending.py, stopping.py, results.py): this is what
no entry may lack, whoever writes it and by whichever way it comes. Each rule answers with the sentence that refuses, or
None.
"""

from __future__ import annotations

from datetime import date

from domain import vietnamese as vn
from domain.basis import why_not_qualify
from domain.carrying import members
from domain.clocktime import local_date
from domain.extending import shared_due
from domain.findings import Finding, Severity
from domain.laterday import off_calendar
from domain.ledger import Entry, EntryKind
from domain.results import REPORTED
from domain.situation import Situation

_VERDICTS = (EntryKind.CONFIRM, EntryKind.RETURN)
_NEEDS: dict[EntryKind, tuple[str, ...]] = {
    EntryKind.REPORT: ("metric", "value"),
    EntryKind.CORRECTION: ("metric", "value", "refers_to"),
    EntryKind.PLAN: ("metric", "value"),
    EntryKind.SCHEDULE: ("metric", "day"),
    EntryKind.CONFIRM: ("refers_to",),
    EntryKind.RETURN: ("refers_to",),
    EntryKind.EXTENSION_REQUEST: ("milestone", "day"),
    EntryKind.EXTENSION_GRANT: ("milestone", "day"),
    EntryKind.ENROL: ("subject",),
    EntryKind.LEAVE: ("subject",),
    EntryKind.HAND_OVER: ("unit",),
}
_WORDS = {
    "metric": "chỉ tiêu",
    "value": "số liệu hoặc nội dung",
    "refers_to": "mã báo cáo được nói đến",
    "milestone": "mốc",
    "day": "ngày",
    "subject": "đối tượng",
    "unit": "đơn vị nhận",
}


def why_not_admit(situation: Situation, entry: Entry, about: Entry | None) -> str | None:
    """Why the entry cannot stand; `about` is what the ledger has under the id it refers to."""
    return (
        lacking(entry)
        or impossible_day(situation, entry)
        or unknown_unit(situation, entry)
        or unknown_former(situation, entry)
        or no_such_report(entry, about)
        or unfit_grant(situation, entry)
        or why_not_qualify(situation.directive, entry)
    )


def lacking(entry: Entry) -> str | None:
    """A kind of entry without what it is about would change nothing, or take something away."""
    missing = [_WORDS[field] for field in _NEEDS.get(entry.kind, ()) if getattr(entry, field) is None]
    return f"bút toán loại {entry.kind.value} thiếu: {', '.join(missing)}" if missing else None


def impossible_day(situation: Situation, entry: Entry) -> str | None:
    """Nothing is true of a day before the working calendar: a year was mistyped."""
    first = situation.rules.calendar.first
    if entry.as_of >= first:
        return None
    return f"ngày {vn.day(entry.as_of)} trước ngày đầu của lịch làm việc {vn.day(first)}; hãy kiểm tra lại năm"


def unknown_unit(situation: Situation, entry: Entry) -> str | None:
    """Work is given to an active unit of the office, the whole of it perhaps to a group: nobody else would be told."""
    office, day = situation.rules.office, local_date(situation.as_of)
    if entry.unit is None or entry.kind not in (EntryKind.HAND_OVER, EntryKind.ENROL):
        return None
    found = office.expand((entry.unit,), day)
    if found == (entry.unit,) or (found and not entry.subject):
        return None
    return f"không có đơn vị “{entry.unit}” đang hoạt động ngày {vn.day(day)} trong units.yaml"


def unknown_former(situation: Situation, entry: Entry) -> str | None:
    """What passes from a unit was that unit's, now or before."""
    if entry.former is None:
        return None
    state, office = situation.state, situation.rules.office
    own = [subject.unit for subject in state.subjects if subject.unit]
    ever = members(office, (*situation.directive.lead, *own, *(one.unit for one in state.handed)))
    if entry.kind is EntryKind.HAND_OVER and entry.former in ever:
        return None
    return f"đơn vị “{entry.former}” không giữ việc nào của nhiệm vụ này để bàn giao"


def no_such_report(entry: Entry, about: Entry | None) -> str | None:
    """What is corrected, accepted or sent back was reported, for the same directive."""
    if entry.kind not in (*_VERDICTS, EntryKind.CORRECTION):
        return None
    if about is None or about.directive != entry.directive or about.kind not in REPORTED:
        return f"không có báo cáo “{entry.refers_to}” của nhiệm vụ {entry.directive} trong sổ"
    return None


def unfit_grant(situation: Situation, entry: Entry) -> str | None:
    """A later day is one of the calendar, and of a due the subject has for itself."""
    if entry.kind is not EntryKind.EXTENSION_GRANT or entry.milestone is None or entry.day is None:
        return None
    shared = shared_due(situation.directive, entry.milestone) if entry.subject else None
    return shared or off_calendar(situation, entry.day)


def doubts(situation: Situation, entry: Entry) -> tuple[Finding, ...]:
    """What does not keep a report from standing and yet should be seen: a day from before it was ordered."""
    if entry.kind not in REPORTED:
        return ()
    issued, starts = situation.directive.notice.issued, local_date(situation.started_at)
    if issued and entry.as_of < issued:
        return (_doubt(entry.as_of, f"ngày ban hành văn bản {vn.day(issued)}"),)
    return (_doubt(entry.as_of, f"ngày nhiệm vụ bắt đầu {vn.day(starts)}"),) if entry.as_of < starts else ()


def _doubt(day: date, before: str) -> Finding:
    return Finding(
        severity=Severity.WARNING, message=f"ngày {vn.day(day)} trước {before}; hãy kiểm tra lại ngày báo cáo"
    )
