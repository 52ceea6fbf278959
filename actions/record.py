"""Record a statement: check it against the directive, append it to the ledger, and see when to look again."""

from __future__ import annotations

from actions.evaluate import NoSuchDirectiveError, reschedule, situation
from config.reading import Configuration
from config.scenario import SOURCE as ILLUSTRATIVE
from domain import vietnamese as vn
from domain.admissible import doubts, why_not_admit
from domain.clocktime import local_date
from domain.directive import Directive
from domain.findings import Finding
from domain.ledger import Entry, EntryKind, SealedEntry
from domain.metric import MetricKind
from domain.naming import why_not_occurrence
from domain.plausible import questions
from domain.state import WHOLE, State
from domain.visible import hidden_mark
from store import Session
from store.evidence import missing
from store.ledger import append, find, lock
from store.marks import read_mark

DEMO_MARK = "demo"
"""The mark of a store that may hold illustrative entries."""


class RefusedError(ValueError):
    """A statement that cannot stand in the ledger; the message says why and what would."""


def record(session: Session, configuration: Configuration, entry: Entry) -> SealedEntry:
    """Append the entry, or return the one already recorded under its id.

    Raises NoSuchDirectiveError, RefusedError, and store.ledger.EntryConflictError.
    """
    directive = configuration.directives.get(entry.directive)
    if directive is None:
        raise NoSuchDirectiveError(entry.directive)
    _refuse_hidden(entry)
    before = lock(session).count  # first: what is checked below must still hold when it is appended
    _refuse(session, configuration, directive, entry)
    sealed = append(session, entry)
    if sealed.seq > before:
        reschedule(session, configuration, entry.directive, entry.recorded_at)
    return sealed


def doubted(session: Session, configuration: Configuration, entry: Entry) -> tuple[Finding, ...]:
    """What whoever recorded the entry should look at twice; it stands all the same. Raises NoSuchDirectiveError."""
    return doubts(situation(session, configuration, entry.directive, entry.recorded_at), entry)


def ask_before(session: Session, configuration: Configuration, entry: Entry) -> tuple[Finding, ...]:
    """What to ask whoever is about to record the entry; callers save it only after an explicit yes.

    `record` does not ask. What it would refuse is refused here first, but for files that are yet to be kept; of what
    stands already nothing is asked. Raises NoSuchDirectiveError and RefusedError.
    """
    directive = configuration.directives.get(entry.directive)
    if directive is None:
        raise NoSuchDirectiveError(entry.directive)
    if find(session, entry.id) is not None:
        return ()
    _refuse_hidden(entry)
    _refuse(session, configuration, directive, entry.model_copy(update={"attachments": None}))
    return questions(situation(session, configuration, entry.directive, entry.recorded_at), entry)


def _refuse(session: Session, configuration: Configuration, directive: Directive, entry: Entry) -> None:
    if entry.source == ILLUSTRATIVE and read_mark(session, DEMO_MARK) is None:
        raise RefusedError("số liệu minh hoạ chỉ được ghi vào sổ của bản minh hoạ (dondoc up --demo)")
    if entry.happened() > entry.recorded_at:
        said = vn.day(entry.as_of)
        raise RefusedError(f"ngày {said} còn ở phía trước ngày ghi sổ {vn.day(local_date(entry.recorded_at))}")
    if entry.metric and entry.metric not in {metric.id for metric in directive.metrics}:
        known = ", ".join(metric.id for metric in directive.metrics)
        raise RefusedError(f"nhiệm vụ {directive.code} không có chỉ tiêu “{entry.metric}”; các chỉ tiêu: {known}")
    if entry.milestone and entry.milestone not in {milestone.id for milestone in directive.milestones}:
        known = ", ".join(milestone.id for milestone in directive.milestones)
        raise RefusedError(f"nhiệm vụ {directive.code} không có mốc “{entry.milestone}”; các mốc: {known}")
    found = situation(session, configuration, directive.code, entry.recorded_at)
    about = find(session, entry.refers_to) if entry.refers_to else None
    if refused := why_not_admit(found, entry, about):
        raise RefusedError(refused)
    _refuse_unkept(session, entry)
    _refuse_subject(found.state, directive, entry)
    if refused := why_not_occurrence(found, entry):
        raise RefusedError(refused)
    _refuse_over_plan(found.state, directive, entry)


def _refuse_hidden(entry: Entry) -> None:
    for text in (entry.evidence, entry.text, entry.name, entry.value.text if entry.value else None):
        if hidden := hidden_mark(text or ""):
            raise RefusedError(f"nội dung có ký tự không nhìn thấy được ({hidden}); hãy gõ lại thay vì dán")


def _refuse_unkept(session: Session, entry: Entry) -> None:
    if gone := missing(session, entry.attachments or ()):
        raise RefusedError(f"tệp đính kèm chưa được lưu: {', '.join(digest[:8] for digest in gone)}…; hãy gửi lại tệp")


def _refuse_subject(state: State, directive: Directive, entry: Entry) -> None:
    if entry.kind is EntryKind.ENROL:
        return
    subjects = {subject.code for subject in state.subjects}
    if entry.kind is EntryKind.HAND_OVER and entry.former:
        subjects.add(entry.former)  # a lead unit that is a subject itself is no subject any more once it has ended
    if entry.subject and entry.subject not in subjects:
        known = ", ".join(sorted(subjects)) or "chưa có"
        raise RefusedError(f"không có {directive.subject_word} “{entry.subject}”; đã ghi danh: {known}")
    singly = entry.kind in (EntryKind.REPORT, EntryKind.CORRECTION, EntryKind.PLAN)
    if subjects and not entry.subject and singly:
        raise RefusedError(f"nhiệm vụ này tính theo từng {directive.subject_word}; hãy ghi rõ {directive.subject_word}")


def _refuse_over_plan(state: State, directive: Directive, entry: Entry) -> None:
    if entry.value is None or entry.value.number is None or entry.metric is None or entry.kind is EntryKind.PLAN:
        return
    metric = directive.metric(entry.metric)
    if metric.kind is not MetricKind.PERCENT:
        return
    plan = state.plan(metric.id, entry.subject or WHOLE, entry.as_of)
    numerator = entry.value.numerator
    if entry.value.number > 100 or (plan is not None and numerator is not None and numerator > plan):
        against = f" (kế hoạch {vn.money(plan)})" if plan else ""
        raise RefusedError(f"{metric.name}: số báo cáo vượt 100% kế hoạch{against}; kiểm tra lại số và đơn vị tính")
