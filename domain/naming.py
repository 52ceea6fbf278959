"""Whether a statement names the occurrence it has to name, and one that there is.

A report may name its occurrence (otherwise its day says which one, domain/occurrences.py); what is said of a later day
must, because each occurrence has a due of its own.
"""

from __future__ import annotations

from datetime import date

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.directive import Milestone
from domain.ledger import Entry, EntryKind
from domain.situation import Situation

_REPORTS = (EntryKind.REPORT, EntryKind.CORRECTION)
_EXTENSIONS = (EntryKind.EXTENSION_REQUEST, EntryKind.EXTENSION_GRANT, EntryKind.EXTENSION_REFUSAL)


def why_not_occurrence(situation: Situation, entry: Entry) -> str | None:
    """The sentence that refuses the occurrence of the entry, or the lack of one; None where all is well."""
    milestones = [one for one in situation.directive.milestones if one.recurring and _concerns(one, entry)]
    if entry.occurrence is None:
        wanted = milestones and entry.kind in _EXTENSIONS
        return f"mốc “{milestones[0].name}” lặp lại: ghi rõ kỳ nào; {_known(situation, milestones)}" if wanted else None
    if not milestones:
        return f"nội dung này không lặp lại theo kỳ; bỏ kỳ ngày {vn.day(entry.occurrence)}"
    if not any(_comes(situation, one, entry.occurrence) for one in milestones):
        return f"không có kỳ ngày {vn.day(entry.occurrence)}; {_known(situation, milestones)}"
    return None


def _concerns(milestone: Milestone, entry: Entry) -> bool:
    if entry.kind in _REPORTS:
        return milestone.metric == entry.metric
    return entry.kind in _EXTENSIONS and milestone.id == entry.milestone


def _comes(situation: Situation, milestone: Milestone, day: date) -> bool:
    """Whether it has come since the start, or will."""
    if day <= local_date(situation.as_of):
        return day in _days(situation, [milestone])
    every = milestone.due.every if milestone.due else None
    return every is not None and day in every.occurrences(day, day)


def _known(situation: Situation, milestones: list[Milestone]) -> str:
    days = _days(situation, milestones)[-6:]
    return f"các kỳ gần nhất: {', '.join(vn.day(day) for day in days)}" if days else "chưa có kỳ nào"


def _days(situation: Situation, milestones: list[Milestone]) -> list[date]:
    """The written days of their occurrences up to the next, in order."""
    dues = [track.due for track in situation.tracks if track.milestone in milestones]
    return sorted({due.occurrence for due in dues if due and due.occurrence})
