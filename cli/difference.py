"""What adopting would change, for the person who is about to: tables, and the question."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from rich.console import Console
from rich.table import Table

from actions.changes import Difference, Kind, difference
from actions.changes_rows import difference_row
from actions.plan import Json
from cli.showing import err, show_findings
from config.reading import Draft
from config.settings import Settings
from domain import vietnamese as vn
from domain.changes_said import letter, rung_name
from domain.findings import Severity
from store import MissingStoreError, MissingTablesError, Session, open_store, reading, require

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


def read_difference(settings: Settings, draft: Draft, as_of: datetime) -> Difference:
    """The draft against what this home adopted; without a home, against nothing. Raises IncompleteError."""
    with _kept(settings) as opened:
        return difference(opened, draft, as_of)


@contextmanager
def _kept(settings: Settings) -> Iterator[Session | None]:
    """The home's store, read only; None where there is none yet, and none is made."""
    try:
        require(settings.database)
    except (MissingStoreError, MissingTablesError):
        yield None
        return
    store = open_store(settings.database, settings.head_file)
    try:
        with reading(store) as opened:
            yield opened
    finally:
        store.engine.dispose()


def agreed(settings: Settings, draft: Draft, as_of: datetime) -> bool:
    """Whether to go on with adopting: asked only of a person at a terminal, and only where running dues would move."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    found = read_difference(settings, draft, as_of)
    if not found.moves_running_dues:
        return True
    show_difference(found, console=err)
    try:
        answer = err.input("Có mốc đang chạy bị dời hạn. Đưa vào hiệu lực? (c: có, Enter: không) ")
    except EOFError:
        return False
    return answer.strip().lower() in ("c", "có", "co", "y", "yes")


def show_difference(found: Difference, console: Console, only: str | None = None) -> None:
    """The tables; what would not come into force on stderr."""
    row = difference_row(found, only)
    show_findings(finding for finding in found.findings if finding.severity is Severity.ERROR)
    for line in _rules(found):
        console.print(line, soft_wrap=True)
    if not row["directives"] and not row["people"]:
        console.print("Không nhiệm vụ nào thay đổi, không ai được nhắc khác đi.")
        return
    lines = [line for one in row["directives"] for line in _lines(one)]
    _table(console, "Thay đổi của nhiệm vụ", ["Nhiệm vụ", "Mốc", "Hạn", "Lần nhắc", "Lý do"], lines)
    if only is None:
        _people(console, row)


def _rules(found: Difference) -> Iterator[str]:
    if found.before is None:
        yield "Chưa có cấu hình nào có hiệu lực: mọi thứ đều mới."
        return
    old, new = found.before.rules.calendar, found.after.rules.calendar
    if old.version != new.version:
        days = "; ".join(letter(new, day) for day in found.days) or "không ngày nào đổi"
        yield f"Lịch làm việc: phiên bản {old.version} → {new.version}; {days}."
    if found.policy:
        yield f"Quy chế nhắc việc đổi: {', '.join(found.policy)}."


def _lines(one: Json) -> Iterator[list[str]]:
    """One line per milestone that changes; a line of its own for what was only written differently."""
    title = f"{one['title']} ({one['directive']})"
    if one["fields"] or one["change"] != Kind.CHANGED:
        fields = ", ".join(_FIELDS.get(name, name) for name in one["fields"])
        title += f": {_KINDS[one['change']]} {fields}".rstrip()
    for milestone in one["milestones"]:
        name = milestone["name"] + (f", kỳ {_day(milestone['occurrence'])}" if milestone["occurrence"] else "")
        change = _KINDS[milestone["change"]]
        why = _VERSIONS.sub("", "; ".join(milestone["reasons"]))  # they stand above the table
        yield [title, f"{change}: {name}", _due(milestone), _rungs(milestone), why]
        title = ""
    if title:
        yield [title, "", "", "", ""]


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


def _people(console: Console, row: Json) -> None:
    lines = [
        [one["name"], str(one["before"]), str(one["after"]), _days(one["days"]["dropped"]), _days(one["days"]["added"])]
        for one in row["people"]
    ]
    count = row["messages"]
    if lines:
        columns = ["Cán bộ", "Lượt nhắc trước", "Lượt nhắc sau", "Ngày không còn thư", "Ngày có thêm thư"]
        _table(console, f"Người được nhắc khác đi trong {count['days']} ngày tới", columns, lines)
    console.print(f"Số thư trong {count['days']} ngày tới: {count['before']} → {count['after']}.")


def _table(console: Console, title: str, columns: list[str], lines: list[list[str]]) -> None:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for line in lines:
        table.add_row(*line)
    console.print(table)


def _days(days: list[str]) -> str:
    return ", ".join(_day(day) for day in days)


def _day(iso: str) -> str:
    return vn.day(date.fromisoformat(iso))
