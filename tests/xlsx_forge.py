"""Workbooks written part by part: what no spreadsheet program would write, and our own sheets filled in quickly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
GENERAL, PERCENT, DAY = 0, 1, 2
"""Styles of the cells."""


class Raw(NamedTuple):
    """A cell as the file has it."""

    value: str
    kind: str = "inlineStr"
    style: int = GENERAL
    formula: str | None = None


Row = Sequence[Raw | str | None]


def book(*rows: Row, merged: Iterable[str] = (), parts: Mapping[str, bytes | str] | None = None) -> bytes:
    """A workbook with one sheet of these rows; `parts` are added, or replace its own."""
    lines = (f'<row r="{number}">{_cells(row, number)}</row>' for number, row in enumerate(rows, start=1))
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    sheet = f"<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData><mergeCells>{ranges}</mergeCells></worksheet>"
    return packed({**_PARTS, "xl/worksheets/sheet1.xml": sheet, **(parts or {})})


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """The parts as a file."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a file."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def filled(content: bytes, texts: Mapping[str, str], part: str = "xl/worksheets/sheet2.xml") -> bytes:
    """The workbook with these texts typed into its empty cells (`K2`), as a spreadsheet program would save it."""
    parts = unpacked(content)

    def typed(found: re.Match[str]) -> str:
        text = texts.get(found[1])
        said = f' t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text is not None else found[3]
        return f'<c r="{found[1]}"{found[2]}{said}'

    sheet = re.sub(r'<c r="([A-Z]+\d+)"( s="\d+")?( t="n" />)', typed, parts[part].decode())
    return packed({**parts, part: sheet})


def _cells(row: Row, number: int) -> str:
    return "".join(_cell(cell, f"{_letters(column)}{number}") for column, cell in enumerate(row) if cell is not None)


def _cell(cell: Raw | str, ref: str) -> str:
    raw = Raw(cell) if isinstance(cell, str) else cell
    text = escape(raw.value)
    inside = f'<is><t xml:space="preserve">{text}</t></is>' if raw.kind == "inlineStr" else f"<v>{text}</v>"
    formula = f"<f>{escape(raw.formula)}</f>" if raw.formula is not None else ""
    return f'<c r="{ref}" s="{raw.style}" t={quoteattr(raw.kind)}>{formula}{inside if raw.value else ""}</c>'


def _letters(column: int) -> str:
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


_PARTS: Mapping[str, bytes | str] = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATED}"><sheets><sheet name="Bảng" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
    '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet {MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/>'
    "</cellXfs></styleSheet>",
}
