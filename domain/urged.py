"""The rung and the due of a delivery in the words of an office: what a reader of the outbox is told years later."""

from __future__ import annotations

from datetime import date

from domain import vietnamese as vn
from domain.outbox import Key
from domain.plan import RungKind
from domain.policy import Ladder

_QUARTERS = ("I", "II", "III", "IV")
_FROM_DAY = {
    RungKind.ASSIGNED: ("khi giao việc", "ngày bắt đầu"),
    RungKind.ENROLLED: ("khi ghi danh", "ngày ghi danh"),
    RungKind.RESUMED: ("khi tiếp tục sau tạm dừng", "ngày tiếp tục"),
}


def rung_said(key: Key, ladder: Ladder) -> str:
    """`trước hạn 7 ngày`, `quá hạn lần 2 (4 ngày làm việc)`, `khi giao việc`; with its new day where it moved."""
    name, _, moved = key.rung.partition("@")
    kind, _, number = name.partition("-")
    again = f", dời sang {vn.day(date.fromisoformat(moved))}" if moved else ""
    if kind == RungKind.BEFORE:
        return ("ngày cuối của hạn" if number == "0" else f"trước hạn {number} ngày") + again
    if kind == RungKind.OVERDUE:
        return _overdue(int(number), ladder) + again
    if kind == RungKind.WATCH:
        return "danh sách theo dõi hằng tuần"
    return "hỏi tình hình hằng quý" if kind == RungKind.WORD else _FROM_DAY[RungKind(kind)][0]


def reckoned_from(key: Key) -> str:
    """What the rung was computed from: `hạn 30/6/2024`, `ngày bắt đầu 22/4/2024`, `tuần 27 năm 2024`."""
    kind = key.rung_id.partition("-")[0]
    if key.on_ladder:
        written, _, moved = key.occurrence.partition("/")
        said = [vn.day(date.fromisoformat(one)) for one in (written, moved) if one]
        return f"kỳ {said[0]}, hạn {said[1]}" if moved else f"hạn {said[0]}"
    year, _, part = key.occurrence.partition("-")
    if kind == RungKind.WATCH:
        return f"tuần {int(part.removeprefix('W'))} năm {year}"
    if kind == RungKind.WORD:
        return f"quý {_QUARTERS[int(part.removeprefix('Q')) - 1]} năm {year}"
    return f"{_FROM_DAY[RungKind(kind)][1]} {vn.day(date.fromisoformat(key.occurrence))}"


def due_urged(key: Key) -> date | None:
    """The last day in time as it then stood; None where the rung was computed from no due."""
    return date.fromisoformat(key.occurrence.rpartition("/")[2]) if key.on_ladder else None


def _overdue(days: int, ladder: Ladder) -> str:
    """Numbered as the policy counts; a rung of another policy says its days alone."""
    late = vn.working_days(days)
    if days in ladder.overdue:
        return f"quá hạn lần {ladder.overdue.index(days) + 1} ({late})"
    further, off = divmod(days - ladder.overdue[-1], ladder.then_every)
    return f"quá hạn {late}" if off or further < 0 else f"quá hạn lần {len(ladder.overdue) + further} ({late})"
