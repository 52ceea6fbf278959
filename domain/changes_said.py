"""A change of plan in the words of an office: what moved, from when to when, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import vietnamese as vn
from domain.changes import RungChange, TrackChange, changed_days
from domain.clocktime import local_date
from domain.due import Due
from domain.plan import RungKind
from domain.policy import Policy
from domain.situation import Situation
from domain.workdays import Calendar

_RULES = {
    "truoc_ngay": "cách hiểu “trước ngày”",
    "ladder": "nấc nhắc",
    "window": "khung giờ gửi",
    "word_day": "ngày hỏi tình hình hằng quý",
}
"""The parts of a policy that dues and rungs rest on, and what people call them."""


def reasons(before: Situation, after: Situation, change: TrackChange) -> tuple[str, ...]:
    """Why it moves: another wording, other days worked, another policy; what a person would look up."""
    return (*_wording(before, after, change), *_letters(before, after, change), *_policy(before, after))


def moved_days(before: Situation, after: Situation, change: TrackChange) -> tuple[date, ...]:
    """The days, off or worked now and not before, that can have moved it."""
    days = [day for rung in change.rungs for day in rung.days]
    days += [day for due in change.dues if due for day in _stretch(change, due)]
    first, last = min(days, default=date.max), max(days, default=date.min)
    changed = changed_days(before.rules.calendar, after.rules.calendar)
    return tuple(day for day in changed if first <= day <= last)


def policy_changes(before: Policy, after: Policy) -> tuple[str, ...]:
    """Names of the parts that dues and rungs rest on and that differ."""
    return tuple(name for name in _RULES if getattr(before, name) != getattr(after, name))


def said(change: TrackChange) -> str:
    """What moved, as one or two sentences; nothing of why."""
    parts = []
    old, new = change.dues
    if change.judged_anew:
        parts.append(f"Hạn chuyển từ {_due(old)} sang {_due(new)}")
    elif change.due_moved and old and new:
        safe = f"{vn.moment(new.safe_due)}, trước đây là {vn.moment(old.safe_due)}"
        parts.append(f"Hạn {vn.day(new.nominal)} giữ nguyên, nên xong trước {safe}")
    moved = [f"{rung_name(one.rung)} {_moved(one)}" for one in change.rungs]
    if moved:
        parts.append(f"Lần nhắc: {'; '.join(moved)}")
    return ". ".join(parts)


def letter(calendar: Calendar, day: date) -> str:
    """`29/4/2024 thành ngày nghỉ (2450/VPCP-KGVX ngày 12/4/2024)`, as the newer calendar has it."""
    special = calendar.special(day)
    source = f" ({special.source})" if special and special.source else ""
    return f"{vn.day(day)} thành ngày {'làm việc' if calendar.is_working(day) else 'nghỉ'}{source}"


def rung_name(rung: str) -> str:
    """`before-7` → `trước hạn 7 ngày`."""
    kind, _, number = rung.partition("-")
    if kind == RungKind.BEFORE:
        return "ngày cuối của hạn" if number == "0" else f"trước hạn {number} ngày"
    if kind == RungKind.OVERDUE:
        return f"quá hạn {vn.working_days(int(number))}"
    named = {"assigned": "khi giao việc", "enrolled": "khi ghi danh", "resumed": "khi tiếp tục sau tạm dừng"}
    return named.get(kind, "hỏi tình hình hằng quý")


def _wording(before: Situation, after: Situation, change: TrackChange) -> Iterator[str]:
    if not (change.before and change.after):
        return
    old, new = change.before.milestone.due, change.after.milestone.due
    if old != new:
        phrases = [f"“{due.phrase}”" if due else "không có hạn" for due in (old, new)]
        yield f"hạn ghi trong nhiệm vụ được sửa: {' → '.join(phrases)}"
    elif before.directive.notice != after.directive.notice or before.directive.starts != after.directive.starts:
        yield "ngày ban hành, ngày nhận văn bản hoặc ngày bắt đầu được sửa"


def _letters(before: Situation, after: Situation, change: TrackChange) -> Iterator[str]:
    days = moved_days(before, after, change)
    if days and change.before and change.after:
        versions = f"{before.rules.calendar.version} → {after.rules.calendar.version}"
        told = "; ".join(letter(after.rules.calendar, day) for day in days)
        yield f"lịch làm việc đổi (phiên bản {versions}): {told}"


def _policy(before: Situation, after: Situation) -> Iterator[str]:
    names = [_RULES[name] for name in policy_changes(before.rules.policy, after.rules.policy)]
    if names:
        yield f"quy chế nhắc việc đổi: {', '.join(names)}"


def _stretch(change: TrackChange, due: Due) -> Iterator[date]:
    """What a moved due rests on, of a period all of it since the start; what rungs after a due are counted from."""
    if change.due_moved:
        yield from (due.last_day, local_date(due.safe_due))
        spec = change.track.milestone.due
        if spec and spec.within:
            yield min(due.last_day, local_date(change.track.started_at))
    elif any(rung.rung.startswith(RungKind.OVERDUE) for rung in change.rungs):
        yield due.last_day


def _due(due: Due | None) -> str:
    if due is None:
        return "chưa có hạn"
    return f"{vn.day(due.nominal)} (trễ từ {vn.moment(due.overdue_after)}, nên xong trước {vn.moment(due.safe_due)})"


def _moved(one: RungChange) -> str:
    if one.before is None or one.after is None:
        return f"thêm ngày {vn.day(one.days[0])}" if one.before is None else f"bỏ ngày {vn.day(one.days[0])}"
    return f"từ {vn.day(one.days[0])} sang {vn.day(one.days[1])}"
