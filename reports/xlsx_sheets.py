"""The sheets of an XLSX.

Own reading rather than openpyxl's: there a single odd cell (a number that is none, a date beyond all dates) makes the
whole file unreadable, a formula and its last result are not seen at once, and figures come as binary floats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from zipfile import ZipFile

from reports.xlsx_cells import Cell, CellKind, Sheet
from reports.xlsx_file import UnusableFileError, opened, parse
from reports.xlsx_parts import Words, formats, sheet_names, strings, targets

MOST_ROWS = 20_000
MOST_COLUMNS = 300
"""Columns further right are somebody's own, and not looked at."""
MOST_MERGED = 200_000
"""Merged cells that are looked at; no table of an office comes near."""

_BEYOND = 2**20 + 1
_REF = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_KINDS = {"n": CellKind.NUMBER, "b": CellKind.FLAG, "e": CellKind.ERROR}


def sheets(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of the workbook, in its order. Raises UnusableFileError."""
    with opened(content) as archive:
        named, files, parts = sheet_names(archive), targets(archive), set(archive.namelist())
        looks, texts = formats(archive), strings(archive)
        found = [(name, files[related]) for name, related in named if files.get(related) in parts]
        return tuple(_sheet(archive, name, part, looks, texts) for name, part in found)


def _sheet(archive: ZipFile, name: str, part: str, formats: list[str], strings: list[str]) -> Sheet:
    reader = _Reader(formats, strings)
    parse(archive, part, reader.start, reader.end, reader.text)
    return Sheet(name, dict(sorted(reader.rows.items())), reader.merged)


@dataclass
class _Reader:
    """Reads one sheet from its first element to its last."""

    formats: list[str]
    strings: list[str]
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict)
    spared: int = MOST_MERGED
    words: Words = field(default_factory=Words)
    row: int = 0
    column: int = 0
    given: Mapping[str, str] = field(default_factory=dict)
    value: list[str] = field(default_factory=list)
    formula: bool = False

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """An element begins."""
        self.words.start(tag)
        if tag == "row":
            self.row, self.column = _whole(given.get("r", ""), _BEYOND) or self.row + 1, 0
        elif tag == "c":
            self._begin(given)
        elif tag == "f":
            self.formula = True
        elif tag == "mergeCell":
            self._merge(given.get("ref", ""))

    def end(self, tag: str) -> None:
        """An element ends."""
        self.words.end()
        if tag == "c":
            self._keep()

    def text(self, piece: str) -> None:
        """A piece of text within the last."""
        if self.words.inside and self.words.inside[-1] == "v":
            self.value.append(piece)
        else:
            self.words.text(piece)

    def _begin(self, given: Mapping[str, str]) -> None:
        self.given, self.formula = given, False
        self.value.clear()
        self.words.taken()
        ref = _REF.fullmatch(given.get("r", ""))
        self.column = _column(ref[1]) if ref else self.column + 1

    def _keep(self) -> None:
        cell = self._cell()
        if cell is None or self.column > MOST_COLUMNS:
            return
        if self.row not in self.rows and len(self.rows) >= MOST_ROWS:
            raise UnusableFileError(f"trang tính có hơn {MOST_ROWS} dòng; hãy chia thành nhiều tệp")
        self.rows.setdefault(self.row, {})[self.column] = cell

    def _cell(self) -> Cell | None:
        value, kind = "".join(self.value), self.given.get("t", "n")
        if kind == "inlineStr":
            value = self.words.taken()
        elif kind == "s":
            number = _whole(value, len(self.strings))
            value = "" if number is None else self.strings[number]
        if not value.strip():
            return Cell("", CellKind.UNCOMPUTED) if self.formula else None
        return Cell(_unescaped(value), _KINDS.get(kind, CellKind.TEXT), self._format())

    def _format(self) -> str:
        number = _whole(self.given.get("s", "0"), len(self.formats))
        return "General" if number is None else self.formats[number]

    def _merge(self, ref: str) -> None:
        ends = [_REF.fullmatch(end) for end in ref.split(":")]
        if len(ends) != 2 or not ends[0] or not ends[1]:
            return
        top, left, bottom, right = int(ends[0][2]), _column(ends[0][1]), int(ends[1][2]), _column(ends[1][1])
        rows = range(top, min(bottom, top + MOST_ROWS) + 1)
        columns = range(left, min(right, MOST_COLUMNS) + 1)
        self.spared -= len(rows) * len(columns)
        if self.spared >= 0:
            for row in rows:
                self.merged.setdefault(row, {}).update(dict.fromkeys(columns, (top, left)))


def _whole(text: str, below: int) -> int | None:
    """A number as the format writes places; None for whatever else stands there."""
    plain = text.isascii() and text.isdigit() and len(text) < 9
    return int(text) if plain and int(text) < below else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _unescaped(text: str) -> str:
    """Marks XML cannot hold are written `_x000D_` in these files."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
