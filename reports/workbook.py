"""XLSX: dates as dates, texts as texts, headings that stay in sight. Marks that XML cannot hold are replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from domain.clocktime import local
from reports.prompting import validation
from reports.sheet import Table, Value

LONGEST = 32_767
"""Characters in one cell."""
CUT = "\n[… còn tiếp: dài quá một ô, xem bản in hoặc bản JSON]"
_RED, _GREEN, _PALE = "7A1C1C", "1F5C3A", "FFF8E1"
_FORMATS = {str: "General", int: "General", Decimal: "General", datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy"}

Sheet = Any
"""openpyxl describes sheets that are written row by row to no type checker."""


def workbook(
    title: str, cover: Iterable[tuple[str, Value]], tables: Iterable[Table], cover_name: str = "Bìa", opens_at: int = 0
) -> bytes:
    """A workbook: a cover of names and values, then a sheet per table; it opens at the sheet of that number."""
    book = Workbook(write_only=True)
    _cover(book.create_sheet(cover_name), title, cover)
    for table in tables:
        _sheet(book.create_sheet(table.name), table)
    return _saved(book, opens_at)


def table_workbook(table: Table) -> bytes:
    """A workbook of one table and nothing else."""
    book = Workbook(write_only=True)
    _sheet(book.create_sheet(table.name), table)
    return _saved(book, 0)


def _saved(book: Workbook, opens_at: int) -> bytes:
    book.active = opens_at
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
        shape = sheet.column_dimensions[get_column_letter(number)]
        shape.width, shape.hidden = column.width, column.hidden
    heading = {
        "font": Font(bold=True, color="FFFFFF"),
        "alignment": Alignment(vertical="center", wrap_text=True),
    }
    fills = {typed: PatternFill("solid", fgColor=_GREEN if typed else _RED) for typed in (True, False)}
    sheet.append([_styled(sheet, one.heading, fill=fills[one.typed], **heading) for one in table.columns])
    count, styles, blank = 1, _styles(sheet), _blank(sheet)
    typed = [column.typed for column in table.columns]
    for count, row in enumerate(table.rows, start=2):
        if table.row_height:
            sheet.row_dimensions[count].height = table.row_height
        sheet.append([blank() if own else _cell(sheet, value, styles) for value, own in zip(row, typed, strict=True)])
    for prompt in table.prompts:
        sheet.data_validations.append(validation(prompt))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{count}"


def _blank(sheet: Sheet) -> Callable[[], Any]:
    """Makes empty cells of texts: typed as a number `12/9` would become a day, `14,3` under foreign settings 143."""
    look = Alignment(vertical="top", wrap_text=True)
    pattern = _styled(sheet, None, number_format="@", alignment=look, fill=PatternFill("solid", fgColor=_PALE))
    style = copy(pattern._style)  # noqa: SLF001 - as in _styles

    def made() -> Any:
        cell: Any = WriteOnlyCell(sheet, None)
        cell._style = style  # noqa: SLF001 - as in _styles
        return cell

    return made


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
    cell._style = styles[str if isinstance(value, str) else type(value)]  # noqa: SLF001 - as above
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
