"""A difference in words: a line per milestone that changes, and per person who is told other things than before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from actions.changes import Difference, Kind
from actions.plan import Json
from domain import vietnamese as vn
from domain.changes_said import letter, rung_name

_KINDS = {Kind.ADDED: "thêm", Kind.REMOVED: "bỏ", Kind.CHANGED: "sửa", "moved": "dời"}
_FIELDS = {
    "title": "tên",
    "notice": "văn bản",
    "section": "mục",
    "quote": "trích dẫn",
    "footnotes": "chú thích",
    "lead": "chủ trì",
    "lead_mode": "cách tính chủ trì",
    "lead_inherited": "nguồn chủ trì",
    "coordinating": "phối hợp",
    "monitor": "theo dõi",
    "monitor_chosen_by": "người chọn đơn vị theo dõi",
    "starts": "ngày bắt đầu",
    "starts_chosen_by": "người chọn ngày bắt đầu",
    "tracking": "cách hỏi tình hình",
    "subject_word": "tên gọi đối tượng",
    "metrics": "chỉ tiêu",
    "milestones": "mốc",
}
"""Parts of a directive as people call them."""
_VERSIONS = re.compile(r" \(phiên bản \S+ → \S+\)")


class ChangeLine(NamedTuple):
    """One milestone that comes, goes or moves; `title` only in the first line of its directive."""

    title: str
    milestone: str
    due: str
    rungs: str
    why: str


class PersonLine(NamedTuple):
    """One person who is told other things, or on other days, than before."""

    name: str
    before: str
    after: str
    dropped: str
    added: str


def rule_lines(found: Difference) -> Iterator[str]:
    """What changes for everything: the calendar, the policy."""
    if found.before is None:
        yield "Chưa có cấu hình nào có hiệu lực: mọi thứ đều mới."
        return
    old, new = found.before.rules.calendar, found.after.rules.calendar
    if old.version != new.version:
        days = "; ".join(letter(new, day) for day in found.days) or "không ngày nào đổi"
        yield f"Lịch làm việc: phiên bản {old.version} → {new.version}; {days}."
    if found.policy:
        yield f"Quy chế nhắc việc đổi: {', '.join(found.policy)}."


def change_lines(row: Json) -> list[ChangeLine]:
    """The directives of `actions.changes_rows.difference_row`."""
    return [line for one in row["directives"] for line in _lines(one)]


def people_lines(row: Json) -> list[PersonLine]:
    """The people of `actions.changes_rows.difference_row`."""
    return [
        PersonLine(
            one["name"],
            str(one["before"]),
            str(one["after"]),
            _days(one["days"]["dropped"]),
            _days(one["days"]["added"]),
        )
        for one in row["people"]
    ]


def _lines(one: Json) -> Iterator[ChangeLine]:
    """One line per milestone that changes; a line of its own for what was only written differently."""
    title = f"{one['title']} ({one['directive']})"
    if one["fields"] or one["change"] != Kind.CHANGED:
        fields = ", ".join(_FIELDS.get(name, name) for name in one["fields"])
        title += f": {_KINDS[one['change']]} {fields}".rstrip()
    for milestone in one["milestones"]:
        name = milestone["name"] + (f", kỳ {_day(milestone['occurrence'])}" if milestone["occurrence"] else "")
        change = _KINDS[milestone["change"]]
        why = _VERSIONS.sub("", "; ".join(milestone["reasons"]))  # they stand above the table
        yield ChangeLine(title, f"{change}: {name}", _due(milestone), _rungs(milestone), why)
        title = ""
    if title:
        yield ChangeLine(title, "", "", "", "")


def _due(milestone: Json) -> str:
    old, new = (_day(due["nominal"]) if due else "" for due in (milestone["due"]["before"], milestone["due"]["after"]))
    if milestone["change"] != "moved":
        return old or new or "chưa có hạn"
    if milestone["due"]["before"] and milestone["due"]["after"]:
        safe = [_day(due["safe_due"][:10]) for due in milestone["due"].values()]
        same = f"{new}" if old == new else f"{old} → {new}"
        return same if safe[0] == safe[1] else f"{same}\nnên xong trước {safe[0]} → {safe[1]}"
    return f"{old or 'chưa có hạn'} → {new or 'chưa có hạn'}"


def _rungs(milestone: Json) -> str:
    said = []
    for one in milestone["rungs"]:
        old, new = (_day(at[:10]) if at else None for at in (one["before"], one["after"]))
        moved = f"{old} → {new}" if old and new else f"thêm {new}" if new else f"bỏ {old}"
        said.append(f"{rung_name(one['rung'])}: {moved}" if milestone["change"] == "moved" else new or old or "")
    return "\n".join(said) if milestone["change"] == "moved" else ", ".join(dict.fromkeys(said))


def _days(days: list[str]) -> str:
    return ", ".join(_day(day) for day in days)


def _day(iso: str) -> str:
    return vn.day(date.fromisoformat(iso))
