"""Any table of a page as a file to download: XLSX for people, CSV for programs (RFC 4180, decimal points).

Excel splits a CSV by the list separator of the machine, a comma on some Vietnamese machines and a semicolon on others,
and takes 13.7 for a day where the comma is the decimal mark: no CSV opens well everywhere, an XLSX does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from reports.sheet import Column, Table, Value, csv_file, shown
from reports.workbook import table_workbook

Cell = Value | bool

_WIDEST, _NARROWEST = 60, 10
_SAMPLED = 200
"""Rows from which the width of a column is taken."""
_UNFIT = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
"""Marks the name of a sheet may not have."""


def table(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Table:
    """The rows under their headings, as wide as they need to be."""
    found = [[_typed(cell) for cell in row] for row in rows]
    shapes = [Column(heading, _width(heading, number, found)) for number, heading in enumerate(headings)]
    return Table(sheet_name(name), shapes, found)


def table_csv(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, and no cell that a spreadsheet would run."""
    return csv_file(table(name, headings, rows))


def table_xlsx(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet: numbers as numbers, days as days, texts as texts whatever they begin with."""
    return table_workbook(table(name, headings, rows))


def file_name(name: str, day: str, suffix: str) -> str:
    """A name every system can store: plain letters, digits and hyphens, e.g. `cham-tien-do-2024-07-04.xlsx`."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", errors="ignore").decode().lower())
    return f"{'-'.join(words)[:60] or 'bang'}-{day}.{suffix}"


def sheet_name(name: str) -> str:
    """What a sheet may be called: 31 characters, without some marks."""
    return _UNFIT.sub(" ", name).strip("' ")[:31].rstrip("' ") or "Bảng"


def _typed(cell: Cell) -> Value:
    if isinstance(cell, bool):
        return "có" if cell else "không"
    return cell


def _width(heading: str, number: int, rows: Sequence[Sequence[Value]]) -> int:
    lengths = [max(map(len, shown(row[number]).splitlines()), default=0) for row in rows[:_SAMPLED]]
    return min(max([_NARROWEST, len(heading) + 2, *(length + 2 for length in lengths)]), _WIDEST)
