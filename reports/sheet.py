"""Tables for spreadsheets: what a sheet holds, and CSV. XLSX: workbook.py.

A text that begins like a formula (= + - @, tab, end of line) is dangerous where a spreadsheet guesses types. CSV
has no types, so such a text gets an apostrophe in front, which spreadsheets take for "text"; in XLSX every text is
typed as text and stays as it is.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from domain import vietnamese as vn

Value = str | int | Decimal | date | datetime | None

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Column:
    """A column: its heading, and its width in characters."""

    heading: str
    width: int
    typed: bool = False
    """To be filled in by whoever gets the sheet: its cells are texts, which no spreadsheet program changes."""
    hidden: bool = False
    """For programs; it can be shown again."""


@dataclass(frozen=True)
class Prompt:
    """What a spreadsheet program says when somebody stands on one of these cells."""

    column: int
    rows: Sequence[int]
    """Of the table, from 0, ascending."""
    title: str
    text: str
    choices: Sequence[str] = ()
    """What can be picked; whatever else is typed is accepted as well."""


@dataclass(frozen=True)
class Table:
    """Rows under headings."""

    name: str
    """Of the sheet."""
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    row_height: float | None = None
    """Points; None: as high as its text."""
    prompts: Sequence[Prompt] = ()


def csv_file(table: Table) -> bytes:
    """RFC 4180, UTF-8 with a byte order mark, without which Excel reads the letters wrongly."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow([harmless(column.heading) for column in table.columns])
    writer.writerows([_unrunnable(value) for value in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig", errors="replace")


def shown(value: Value) -> str:
    """The value as a text."""
    if isinstance(value, datetime):
        return vn.moment(value)
    if isinstance(value, date):
        return vn.day(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def _unrunnable(value: Value) -> str:
    """Only texts can be run: a negative number stays a number."""
    return harmless(value) if isinstance(value, str) else shown(value)


def harmless(text: str) -> str:
    """The text so that no spreadsheet program takes it for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text
