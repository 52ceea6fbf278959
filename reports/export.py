"""Any table of a page as a file to download: CSV for whatever reads tables, XLSX for people.

CSV is separated by semicolons: on machines with Vietnamese settings, where the comma is the decimal mark, Excel opens
such a file in columns and a comma-separated one in a single column. A byte order mark tells it the letters.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

from reports.sheet import Column, Table, Value, harmless, shown
from reports.workbook import table_workbook

Cell = Value | Decimal | bool

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST, _NARROWEST = 60, 10
_SAMPLED = 200
"""Rows from which the width of a column is taken."""
_UNFIT = re.compile(r"[\\/*?:\[\]]")
"""Marks the name of a sheet may not have."""


def table_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, semicolons, and no cell that a spreadsheet would run."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow([harmless(column) for column in columns])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig", errors="replace")


def table_xlsx(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet: numbers as numbers, days as days, texts as texts whatever they begin with."""
    found = [[_typed(cell) for cell in row] for row in rows]
    shapes = [Column(heading, _width(heading, number, found)) for number, heading in enumerate(columns)]
    return table_workbook(Table(sheet_name(name), shapes, found))


def file_name(name: str, day: str, suffix: str) -> str:
    """A name every system can store: plain letters, digits and hyphens, e.g. `cham-tien-do-2024-07-04.xlsx`."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", errors="ignore").decode().lower())
    return f"{'-'.join(words)[:60] or 'bang'}-{day}.{suffix}"


def sheet_name(name: str) -> str:
    """What a sheet may be called: 31 characters, without some marks."""
    return _UNFIT.sub(" ", name).strip("' ")[:31] or "Bảng"


def _typed(cell: Cell) -> Value:
    if isinstance(cell, bool):
        return "có" if cell else "không"
    return cell


def _harmless(cell: Cell) -> str:
    """Only texts can be run: a negative number stays a number."""
    text = _text(cell)
    return harmless(text) if isinstance(cell, str) else text


def _text(cell: Cell) -> str:
    """Numbers with a decimal comma, which is what the semicolons are for."""
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    return shown(_typed(cell))


def _width(heading: str, number: int, rows: Sequence[Sequence[Value]]) -> int:
    lengths = [max(map(len, shown(row[number]).splitlines()), default=0) for row in rows[:_SAMPLED]]
    return min(max([_NARROWEST, len(heading) + 2, *(length + 2 for length in lengths)]), _WIDEST)
