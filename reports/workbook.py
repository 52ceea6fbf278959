"""XLSX: dates as dates, texts as texts, headings that stay in sight. Marks that XML cannot hold are replaced."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from domain.clocktime import local
from reports.sheet import Table, Value

LONGEST = 32_767
"""Characters in one cell."""
CUT = "\n[… còn tiếp: dài quá một ô, xem bản in hoặc bản JSON]"
_RED = "7A1C1C"
_FORMATS = {str: "General", int: "General", datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy"}

Sheet = Any
"""openpyxl describes sheets that are written row by row to no type checker."""


def workbook(title: str, cover: Iterable[tuple[str, Value]], tables: Iterable[Table]) -> bytes:
    """A workbook: a cover of names and values, then a sheet per table."""
    book = Workbook(write_only=True)
    _cover(book.create_sheet("Bìa"), title, cover)
    for table in tables:
        _sheet(book.create_sheet(table.name), table)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cover(sheet: Sheet, title: str, cover: Iterable[tuple[str, Value]]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    sheet.append([_styled(sheet, title, font=Font(bold=True, size=15, color=_RED))])
    sheet.append([])
    label, text = Font(bold=True), Alignment(vertical="top", wrap_text=True, horizontal="left")
    for name, value in cover:
        sheet.append([_styled(sheet, name, font=label, alignment=text), _styled(sheet, value, alignment=text)])


def _sheet(sheet: Sheet, table: Table) -> None:
    _for_paper(sheet)
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    heading = {
        "font": Font(bold=True, color="FFFFFF"),
        "fill": PatternFill("solid", fgColor=_RED),
        "alignment": Alignment(vertical="center", wrap_text=True),
    }
    sheet.append([_styled(sheet, column.heading, **heading) for column in table.columns])
    count, styles = 1, _styles(sheet)
    for count, row in enumerate(table.rows, start=2):
        if table.row_height:
            sheet.row_dimensions[count].height = table.row_height
        sheet.append([_cell(sheet, value, styles) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{count}"


def _for_paper(sheet: Sheet) -> None:
    """Headings stay in sight, on the screen and on every sheet of A4."""
    sheet.freeze_panes, sheet.print_title_rows = "B2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.gridLines = True


def _styles(sheet: Sheet) -> dict[type, Any]:
    """The look of a cell by type, made once: a look made for each cell takes most of the time of a large sheet."""
    look = Alignment(vertical="top", wrap_text=True)
    return {
        kind: copy(_styled(sheet, None, number_format=number_format, alignment=look)._style)  # noqa: SLF001 - no public way
        for kind, number_format in _FORMATS.items()
    }


def _cell(sheet: Sheet, value: Value, styles: dict[type, Any]) -> Any:
    if value is None:
        return None
    cell = _styled(sheet, value)
    cell._style = styles[type(value)]  # noqa: SLF001 - as above
    return cell


def _styled(sheet: Sheet, value: Value, **look: Any) -> Any:
    """A cell of the value's own type; instants as Vietnamese clocks show them."""
    cell: Any = WriteOnlyCell(sheet, None)
    if isinstance(value, datetime):
        cell.value = local(value).replace(tzinfo=None, microsecond=0)
        cell.number_format = _FORMATS[datetime]
    elif isinstance(value, str):
        cell.value = _fitting(value)
        cell.data_type = "s"  # also what begins with =
    else:
        cell.value = value
    for name, part in look.items():
        setattr(cell, name, part)
    return cell


def _fitting(text: str) -> str:
    clean = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)
    return clean if len(clean) <= LONGEST else clean[: LONGEST - len(CUT)] + CUT
