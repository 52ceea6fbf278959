"""Whether a directive, or one of its subjects, may be suspended, go on, or be cancelled.

Days of suspension move no due by themselves: who wants them back is granted an extension. A cancellation is final; what
is ordered again is a directive (or a subject) of its own. Each rule answers with the sentence that refuses, or None.
"""

from __future__ import annotations

from domain.authority import unknown_subject
from domain.ledger import EntryKind
from domain.situation import Situation
from domain.standing import OPEN, Official
from domain.state import WHOLE

_VERBS = {EntryKind.SUSPEND: "tạm dừng", EntryKind.RESUME: "tiếp tục", EntryKind.CANCEL: "huỷ"}


def why_not_stop(situation: Situation, kind: EntryKind, subject: str) -> str | None:
    """Why SUSPEND, RESUME or CANCEL may not be recorded now, for the subject or the whole (WHOLE)."""
    return (
        unknown_subject(situation, subject)
        or cancelled_already(situation, kind, subject)
        or (suspended_already(situation, subject) if kind is EntryKind.SUSPEND else None)
        or (not_suspended(situation, subject) if kind is EntryKind.RESUME else None)
        or (nothing_left(situation, kind, subject) if kind is not EntryKind.RESUME else None)
    )


def cancelled_already(situation: Situation, kind: EntryKind, subject: str) -> str | None:
    """What is cancelled stays cancelled, a subject of a cancelled directive too."""
    stops = situation.state.stops
    if EntryKind.CANCEL not in (stops.get(WHOLE), stops.get(subject)):
        return None
    again = f"ghi danh lại bằng mã {situation.directive.subject_word} mới"
    if stops.get(WHOLE) is EntryKind.CANCEL:
        subject, again = WHOLE, "lập một nhiệm vụ mới trong tệp nhiệm vụ"
    verb = _VERBS[kind]
    return f"{_named(situation, subject)} đã bị huỷ, không {verb} được nữa; nếu giao lại thì {again}"


def suspended_already(situation: Situation, subject: str) -> str | None:
    """What stands still is not suspended again, neither by itself nor as a part of the whole."""
    for place in (WHOLE, subject):
        if situation.state.stops.get(place) is EntryKind.SUSPEND:
            return f"{_named(situation, place)} đang tạm dừng; muốn tiếp tục thì dùng dondoc resume"
    return None


def not_suspended(situation: Situation, subject: str) -> str | None:
    """Only what was suspended goes on, by the same name under which it was."""
    stops = situation.state.stops
    if stops.get(subject) is EntryKind.SUSPEND:
        return None
    if stops.get(WHOLE) is EntryKind.SUSPEND:
        return f"{_named(situation, WHOLE)} đang tạm dừng: cho tiếp tục cả nhiệm vụ (bỏ --subject)"
    said = f"{_named(situation, subject)} không bị tạm dừng, không có gì để tiếp tục"
    held = sorted(code for code, kind in stops.items() if kind is EntryKind.SUSPEND)
    return f"{said}; đang tạm dừng: {', '.join(held)}" if held else said


def nothing_left(situation: Situation, kind: EntryKind, subject: str) -> str | None:
    """What is done is neither suspended nor cancelled."""
    singles = [one for one in situation.standings if one.subject and one.subject.code == subject]
    found = singles or [one for one in situation.standings if one.subject is None]
    if any(one.official in OPEN or one.official is Official.SUSPENDED for one in found):
        return None
    return f"{_named(situation, subject)} không còn mốc nào chưa hoàn thành, không có gì để {_VERBS[kind]}"


def _named(situation: Situation, subject: str) -> str:
    word = situation.directive.subject_word
    names = {one.code: f"{word} {one.name}" for one in situation.state.subjects}
    return names.get(subject, f"nhiệm vụ {situation.directive.code}")
