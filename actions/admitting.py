"""Whether a statement may stand in the ledger, by one look at its directive: one statement, or thousands of reports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from config.scenario import SOURCE as ILLUSTRATIVE
from domain import vietnamese as vn
from domain.admissible import why_not_admit
from domain.clocktime import local_date
from domain.ledger import Entry, EntryKind
from domain.metric import MetricKind
from domain.naming import why_not_occurrence
from domain.situation import Situation
from domain.state import WHOLE
from domain.visible import hidden_mark

_SINGLY = (EntryKind.REPORT, EntryKind.CORRECTION, EntryKind.PLAN)
"""Kinds that are about one subject at a time."""


@dataclass(frozen=True)
class Admission:
    """What one look at a directive is enough to check of each statement on it."""

    found: Situation

    def why_not(self, entry: Entry, about: Entry | None = None) -> str | None:
        """Why it cannot stand, as a sentence; None where it can. `about`: what stands under the id it refers to."""
        return (
            hidden(entry)
            or ahead(entry)
            or self._unknown(entry)
            or why_not_admit(self.found, entry, about)
            or self._subject(entry)
            or why_not_occurrence(self.found, entry)
            or self._over_plan(entry)
        )

    @cached_property
    def _subjects(self) -> frozenset[str]:
        return frozenset(subject.code for subject in self.found.state.subjects)

    def _unknown(self, entry: Entry) -> str | None:
        directive = self.found.directive
        for code, word, things in (
            (entry.metric, "chỉ tiêu", directive.metrics),
            (entry.milestone, "mốc", directive.milestones),
        ):
            ids = [thing.id for thing in things]
            if code and code not in ids:
                return f"nhiệm vụ {directive.code} không có {word} “{code}”; các {word}: {', '.join(ids)}"
        return None

    def _subject(self, entry: Entry) -> str | None:
        word = self.found.directive.subject_word
        if entry.kind is EntryKind.ENROL:
            return None
        # A lead unit that is a subject itself is no subject any more once it has ended.
        former = entry.kind is EntryKind.HAND_OVER and entry.former == entry.subject
        if entry.subject and entry.subject not in self._subjects and not former:
            return f"không có {word} “{entry.subject}”; đã ghi danh: {', '.join(sorted(self._subjects)) or 'chưa có'}"
        if self._subjects and not entry.subject and entry.kind in _SINGLY:
            return f"nhiệm vụ này tính theo từng {word}; hãy ghi rõ {word}"
        return None

    def _over_plan(self, entry: Entry) -> str | None:
        value = entry.value
        if value is None or value.number is None or entry.metric is None or entry.kind is EntryKind.PLAN:
            return None
        metric = self.found.directive.metric(entry.metric)
        plan = self.found.state.plan(metric.id, entry.subject or WHOLE, entry.as_of)
        over = plan is not None and value.numerator is not None and value.numerator > plan
        if metric.kind is not MetricKind.PERCENT or not (value.number > 100 or over):
            return None
        against = f" (kế hoạch {vn.money(plan)})" if plan else ""
        return f"{metric.name}: số báo cáo vượt 100% kế hoạch{against}; kiểm tra lại số và đơn vị tính"


def illustrative(entry: Entry, *, demo: bool) -> str | None:
    """Figures of the demonstration stay in the demonstration."""
    if demo or entry.source != ILLUSTRATIVE:
        return None
    return "số liệu minh hoạ chỉ được ghi vào sổ của bản minh hoạ (dondoc up --demo)"


def hidden(entry: Entry) -> str | None:
    """Nothing in it may be invisible to a reader."""
    for text in (entry.evidence, entry.text, entry.name, entry.value.text if entry.value else None):
        if mark := hidden_mark(text or ""):
            return f"nội dung có ký tự không nhìn thấy được ({mark}); hãy gõ lại thay vì dán"
    return None


def ahead(entry: Entry) -> str | None:
    """Nothing is true of a day still to come."""
    if entry.happened() <= entry.recorded_at:
        return None
    return f"ngày {vn.day(entry.as_of)} còn ở phía trước ngày ghi sổ {vn.day(local_date(entry.recorded_at))}"
