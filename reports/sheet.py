"""Tables for spreadsheets: what a sheet holds, and CSV. XLSX: workbook.py.

A text that begins like a formula (= + - @, tab, carriage return) is dangerous where a spreadsheet guesses types. CSV
has no types, so such a text gets an apostrophe in front, which spreadsheets take for "text"; in XLSX every text is
typed as text and stays as it is.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from domain import vietnamese as vn

Value = str | int | date | datetime | None

_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A column: its heading, and its width in characters."""

    heading: str
    width: int


@dataclass(frozen=True)
class Table:
    """Rows under headings."""

    name: str
    """Of the sheet."""
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    row_height: float | None = None
    """Points; None: as high as its text."""


def csv_file(table: Table) -> bytes:
    """RFC 4180, UTF-8 with a byte order mark, without which Excel reads the letters wrongly."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow([column.heading for column in table.columns])
    writer.writerows([_harmless(_text(value)) for value in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")


def _text(value: Value) -> str:
    if isinstance(value, datetime):
        return vn.moment(value)
    if isinstance(value, date):
        return vn.day(value)
    return "" if value is None else str(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text
