"""Files for spreadsheets: typed, readable in Excel, and nothing in them is run."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.proof_sheet import proof_csv, proof_workbook
from reports.sheet import Column, Table, Value, csv_file
from reports.workbook import CUT, LONGEST, table_workbook, workbook
from tests.reports.packs import EMPTY, PACK, TEXT, moment

RISKY = ["=1+1", '=HYPERLINK("https://x.example")', "+84912345678", "-5", "@SUM(A1)", "\tx", "\rx", "\n=1"]


def one_column(*values: Value) -> Table:
    return Table("Thử", [Column("Giá trị", 20)], [[value] for value in values])


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(content: bytes, name: str) -> Worksheet:
    found = load_workbook(BytesIO(content))[name]
    assert isinstance(found, Worksheet)
    return found


def column(found: Worksheet, heading: str) -> list[object]:
    headings = [cell.value for cell in found[1]]
    return [row[headings.index(heading)].value for row in found.iter_rows(min_row=2)]


# ------------------------------------------------------------------------------------------------------------------ CSV


def test_csv_is_utf8_with_a_mark_and_rfc_4180() -> None:
    content = csv_file(one_column('nói "đã xong", rồi\nthôi', 3, date(2024, 7, 1), moment(1), None))
    assert content.startswith(b"\xef\xbb\xbfGi")
    assert content.endswith(b"\r\n")
    assert b'"n\xc3\xb3i ""\xc4\x91\xc3\xa3 xong"", r' in content
    assert lines(content)[1:] == [
        ['nói "đã xong", rồi\nthôi'],
        ["3"],
        ["01/7/2024"],
        ["07:30 ngày 01/7/2024"],
        [""],
    ]


@pytest.mark.parametrize("text", RISKY)
def test_a_text_that_begins_like_a_formula_is_a_text(text: str) -> None:
    assert lines(csv_file(one_column(text)))[1] == [f"'{text}"]
    cell = sheet(workbook("Thử", [], [one_column(text)]), "Thử")["A2"]
    assert (cell.data_type, str(cell.value).strip()) == ("s", text.strip())


@pytest.mark.parametrize("text", RISKY)
def test_nor_is_a_heading_run(text: str) -> None:
    headed = Table("Thử", [Column(text, 20)], [])
    assert lines(csv_file(headed)) == [[f"'{text}"]]
    cell = sheet(table_workbook(headed), "Thử")["A1"]
    assert (cell.data_type, str(cell.value).strip()) == ("s", text.strip())


@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2), max_size=4))
def test_whatever_texts_come_no_cell_of_the_csv_begins_like_a_formula(rows: list[list[str]]) -> None:
    written = lines(csv_file(Table("Thử", [Column("a", 20), Column("b", 20)], rows)))
    assert len(written) == len(rows) + 1
    assert not [cell for row in written for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_negative_numbers_and_nothing_stay_what_they_are() -> None:
    table = one_column(-5, Decimal("-0.5"), None)
    assert lines(csv_file(table))[1:] == [["-5"], ["-0.5"], [""]]
    found = sheet(table_workbook(table), "Thử")
    assert [found[f"A{row}"].value for row in (2, 3, 4)] == [-5, -0.5, None]


# ----------------------------------------------------------------------------------------------------------------- XLSX


def test_instants_and_days_are_dates_on_vietnamese_clocks() -> None:
    found = sheet(workbook("Thử", [], [one_column(moment(1), date(2024, 7, 1), 3)]), "Thử")
    assert [found[f"A{row}"].value for row in (2, 3, 4)] == [
        datetime(2024, 7, 1, 7, 30),  # noqa: DTZ001 - spreadsheets know no zones
        datetime(2024, 7, 1),  # noqa: DTZ001 - the same
        3,
    ]
    assert [found[f"A{row}"].number_format for row in (2, 3)] == ["dd/mm/yyyy hh:mm", "dd/mm/yyyy"]


def test_headings_stay_in_sight_and_texts_wrap() -> None:
    found = sheet(proof_workbook(PACK), "Các lần đôn đốc")
    assert (found.freeze_panes, found.print_title_rows) == ("B2", "$1:$1")
    assert found["A2"].alignment.wrap_text
    assert found.column_dimensions["E"].width == 30
    assert found.auto_filter.ref == f"A1:AA{len(PACK.urgings) + 1}"


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    found = sheet(workbook("Thử", [], [one_column("đ" * (LONGEST + 1), "đ" * LONGEST, "a\x00b")]), "Thử")
    assert found["A2"].value == "đ" * (LONGEST - len(CUT)) + CUT
    assert found["A3"].value == "đ" * LONGEST
    assert found["A4"].value == "a\N{REPLACEMENT CHARACTER}b"


# ------------------------------------------------------------------------------------------------------------ the proof


def test_the_workbook_has_a_cover_and_three_sheets() -> None:
    content = proof_workbook(PACK)
    assert load_workbook(BytesIO(content)).sheetnames == ["Bìa", "Các lần đôn đốc", "Nhật ký gửi", "Sổ"]
    cover = {row[0].value: row[1].value for row in sheet(content, "Bìa").iter_rows(min_row=3)}
    assert cover["Phạm vi"] == "; ".join(PACK.scope_said)
    assert cover["Đầu sổ (số bút toán, mã băm)"] == PACK.head
    assert cover["Số lượt nhắc"] == 3
    assert "MINH HOẠ" not in cover
    shown = sheet(proof_workbook(replace(PACK, illustrative=True)), "Bìa")
    assert "MINH HOẠ" in [row[0].value for row in shown.iter_rows(min_row=3)]


def test_every_urging_transmission_and_entry_has_its_row() -> None:
    content = proof_workbook(PACK)
    urgings, log, ledger = (sheet(content, name) for name in ("Các lần đôn đốc", "Nhật ký gửi", "Sổ"))
    assert column(urgings, "Số") == [1, 2, 3]
    assert column(urgings, "Nguyên văn thông điệp") == [None, TEXT, TEXT]
    assert column(urgings, "Gộp vào lượt số") == [2, None, None]
    assert column(urgings, "Số lần gửi") == [0, 1, 2]
    assert column(urgings, "Tiêu đề")[2] == "=HYPERLINK(1)"
    assert column(log, "Mã trả lời") == ["250", "451", "-216"]
    assert column(log, "Mang các lượt nhắc số") == ["2", "3", "3"]
    assert column(ledger, "Việc") == ["Báo đã tiếp nhận lời nhắc"]


def test_the_csv_has_the_urgings_with_their_texts() -> None:
    headings, *rows = lines(proof_csv(PACK))
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert [row[headings.index("Nguyên văn thông điệp")] for row in rows] == ["", TEXT, TEXT]
    assert rows[2][headings.index("Địa chỉ")] == "'+84912345678"
    assert rows[2][headings.index("Đối tượng")] == "'=cầu, đường"


def test_an_empty_pack_has_headings_alone() -> None:
    assert len(lines(proof_csv(EMPTY))) == 1
    assert sheet(proof_workbook(EMPTY), "Sổ").max_row == 1
