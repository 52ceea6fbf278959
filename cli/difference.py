"""What adopting would change, for the person who is about to: tables, and the question."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.table import Table

from actions.changes import Difference, difference
from actions.changes_lines import change_lines, people_lines, rule_lines
from actions.changes_rows import difference_row
from actions.plan import Json
from cli.showing import err, show_findings
from config.reading import Draft
from config.settings import Settings
from domain.findings import Severity
from store import MissingStoreError, MissingTablesError, Session, open_store, reading, require


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
    for line in rule_lines(found):
        console.print(line, soft_wrap=True)
    if not row["directives"] and not row["people"]:
        console.print("Không nhiệm vụ nào thay đổi, không ai được nhắc khác đi.")
        return
    _table(console, "Thay đổi của nhiệm vụ", ["Nhiệm vụ", "Mốc", "Hạn", "Lần nhắc", "Lý do"], change_lines(row))
    if only is None:
        _people(console, row)


def _people(console: Console, row: Json) -> None:
    count = row["messages"]
    if lines := people_lines(row):
        columns = ["Cán bộ", "Lượt nhắc trước", "Lượt nhắc sau", "Ngày không còn thư", "Ngày có thêm thư"]
        _table(console, f"Người được nhắc khác đi trong {count['days']} ngày tới", columns, lines)
    console.print(f"Số thư trong {count['days']} ngày tới: {count['before']} → {count['after']}.")


def _table(console: Console, title: str, columns: list[str], lines: Iterable[Sequence[str]]) -> None:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for line in lines:
        table.add_row(*line)
    console.print(table)
