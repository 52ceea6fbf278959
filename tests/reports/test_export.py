"""Every table of a page as CSV and XLSX: typed, readable in Excel, and nothing in it is run."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.metric import MetricKind
from reports.export import Cell, file_name, sheet_name, table_csv, table_xlsx
from tests.reports.packs import moment

COLUMNS = ["Nhiệm vụ", "Số", "Tỷ lệ", "Ngày", "Lúc", "Xong"]
ROW: list[Cell] = ["Đường, cầu", 12, Decimal("13.7"), date(2024, 7, 1), moment(1), True]
RISKY = ["=1+1", '=HYPERLINK("https://x.example")', "+84912345678", "-5", "@SUM(A1)", "\tx", "\rx", "\n=1"]


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(content: bytes) -> Worksheet:
    found = load_workbook(BytesIO(content)).active
    assert isinstance(found, Worksheet)
    return found


def test_csv_has_a_mark_commas_and_decimal_points() -> None:
    content = table_csv("x", COLUMNS, [ROW])
    assert content.startswith(b"\xef\xbb\xbf")
    assert lines(content) == [
        COLUMNS,
        ["Đường, cầu", "12", "13.7", "01/7/2024", "07:30 ngày 01/7/2024", "có"],
    ]


def test_xlsx_keeps_numbers_numbers_and_days_days() -> None:
    found = sheet(table_xlsx("Chậm tiến độ", COLUMNS, [ROW]))
    assert found.title == "Chậm tiến độ"
    assert [cell.value for cell in found[1]] == COLUMNS
    assert [found["B2"].value, found["C2"].value, found["F2"].value] == [12, 13.7, "có"]
    assert (found["D2"].number_format, found["E2"].number_format) == ("dd/mm/yyyy", "dd/mm/yyyy hh:mm")
    assert (found.freeze_panes, found.auto_filter.ref) == ("B2", "A1:F2")
    assert 10 <= (found.column_dimensions["A"].width or 0) <= 60


@pytest.mark.parametrize("text", RISKY)
def test_no_text_becomes_a_formula_in_a_cell_or_a_heading(text: str) -> None:
    assert lines(table_csv("x", [text], [[text]])) == [[f"'{text}"], [f"'{text}"]]
    found = sheet(table_xlsx(text, [text], [[text]]))
    assert [(found[cell].data_type, str(found[cell].value).strip()) for cell in ("A1", "A2")] == [
        ("s", text.strip())
    ] * 2


@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2), max_size=4))
def test_whatever_texts_come_no_cell_of_the_csv_begins_like_a_formula(rows: list[list[str]]) -> None:
    written = lines(table_csv("x", ["a", "b"], rows))
    assert len(written) == len(rows) + 1
    assert not [cell for row in written for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_negative_numbers_and_nothing_stay_what_they_are() -> None:
    assert lines(table_csv("x", ["a"], [[-5], [Decimal("-0.5")], [None]]))[1:] == [["-5"], ["-0.5"], [""]]
    found = sheet(table_xlsx("x", ["a"], [[-5], [None], [MetricKind.EVENT]]))
    assert [found[f"A{row}"].value for row in (2, 3, 4)] == [-5, None, "event"]


def test_names_of_files_and_sheets_fit_every_system() -> None:
    assert file_name("Chậm tiến độ: Đường/cầu", "2024-07-04", "xlsx") == "cham-tien-do-duong-cau-2024-07-04.xlsx"
    assert file_name("../../=", "2024-07-04", "csv") == "bang-2024-07-04.csv"
    assert sheet_name("'Nợ [2024]: tất cả các đơn vị trong toàn tỉnh'") == "Nợ  2024   tất cả các đơn vị tr"
    assert sheet_name("//") == "Bảng"


def test_an_empty_table_has_its_headings() -> None:
    assert lines(table_csv("x", COLUMNS, [])) == [COLUMNS]
    assert sheet(table_xlsx("x", COLUMNS, [])).max_row == 1
