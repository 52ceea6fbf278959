"""The spreadsheet that is filled in: a row for all that may be recorded now, safe to open, hard to fill in wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from actions.sheet_header import Field
from actions.sheet_lines import Fate
from actions.sheet_making import SHEET, sheet_for
from actions.sheet_rows import units_of
from actions.sheet_saving import preview
from domain.clocktime import local_date
from domain.directive import Quantifier
from domain.due import DueSpec
from domain.ledger import EntryKind
from domain.recurrence import Frequency, Recurrence
from store import Store, reading
from tests.actions.offices import ALONE, configured, known
from tests.actions.sheet_office import HEAD, NOW, OFFICE, WORDS, copied, prepared
from tests.world import (
    CAU,
    FORTY,
    GIAI_NGAN,
    HUYEN,
    TAN_THANH,
    VU_LE,
    changed,
    day,
    disbursed,
    enrol,
    entry,
    started,
    variant,
)
from tests.world import (
    OFFICE as WORLD,
)
from tests.xlsx_forge import filled, packed, unpacked


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("office"))


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Iterator[Store]:
    opened = copied(folder, tmp_path / "own")
    yield opened
    opened.engine.dispose()


def made(store: Store, *units: str, office: object = OFFICE) -> bytes:
    with reading(store) as opened:
        return sheet_for(opened, office, units or (HUYEN,), "UBND huyện Bắc Sơn", NOW)  # type: ignore[arg-type]


def sheet(content: bytes) -> Worksheet:
    found = load_workbook(BytesIO(content))[SHEET]
    assert isinstance(found, Worksheet)
    return found


def column(found: Worksheet, field: Field) -> list[object]:
    place = [cell.value for cell in found[1]].index(field.value)
    return [row[place].value for row in found.iter_rows(min_row=2)]


def test_the_lead_gets_a_row_for_each_subject_and_metric_still_open(store: Store) -> None:
    known(store, started("28/6/2024", CAU), disbursed("28,6%", "30/6/2024", CAU))
    found = sheet(made(store))
    keys = ["khoi-cong-moi/khoi-cong/duong/", "khoi-cong-moi/giai-ngan/cau/", "khoi-cong-moi/giai-ngan/duong/"]
    assert column(found, Field.KEY) == [*keys, f"{WORDS.code}/tinh-hinh//"]
    assert column(found, Field.MILESTONE)[1:3] == ["Giải ngân 40%"] * 2
    assert column(found, Field.DUE)[1] == datetime(2024, 9, 30)  # noqa: DTZ001 - spreadsheets know no zones
    assert (column(found, Field.LATEST)[1], column(found, Field.LATEST_DAY)[1]) == (
        "28,6%",
        datetime(2024, 6, 30),  # noqa: DTZ001 - the same
    )
    assert column(found, Field.UNIT) == ["UBND xã Vũ Lễ", "UBND xã Tân Thành", "UBND xã Vũ Lễ", "UBND huyện Bắc Sơn"]


def test_a_commune_gets_its_own_subjects_alone(store: Store) -> None:
    assert set(column(sheet(made(store, VU_LE)), Field.SUBJECT)) == {"Dự án duong"}
    assert column(sheet(made(store, "so-y-te")), Field.KEY) == []
    assert units_of(WORLD, "dau-moi-vu-le", local_date(NOW)) == {VU_LE}
    assert units_of(WORLD, "ai-do", local_date(NOW)) == frozenset()


def test_what_is_stopped_or_counted_in_total_is_asked_of_those_at_work(store: Store) -> None:
    known(store, entry(EntryKind.SUSPEND, "02/7/2024", subject=CAU))
    total = variant(changed(FORTY, quantifier=Quantifier.TOTAL, follows=()), metrics=(GIAI_NGAN,))
    assert column(sheet(made(store, office=configured(total))), Field.SUBJECT) == ["Dự án duong"]


def test_each_occurrence_still_open_has_its_row(store: Store) -> None:
    every = DueSpec(phrase="ngày 25 hằng tháng", every=Recurrence(every=Frequency.MONTH, days=(25,)))
    monthly = variant(changed(FORTY, due=every, follows=()), metrics=(GIAI_NGAN,))
    found = sheet(made(store, VU_LE, office=configured(monthly)))
    days = [day(text) for text in ("25/4/2024", "25/5/2024", "25/6/2024", "25/7/2024")]
    assert [value.date() for value in column(found, Field.OCCURRENCE) if isinstance(value, datetime)] == days
    assert column(found, Field.KEY)[0] == "khoi-cong-moi/giai-ngan/duong/2024-04-25"


def test_cells_to_fill_in_are_texts_with_a_hint_beside_them(store: Store) -> None:
    content = made(store)
    found = sheet(content)
    assert {found[f"{letter}2"].number_format for letter in "LMNOP"} == {"@"}
    assert (found.freeze_panes, found.column_dimensions["Q"].hidden, found["Q1"].value) == (
        "B2",
        True,
        "Mã dòng (không sửa)",
    )
    hints = {str(one.sqref): (one.prompt, one.formula1) for one in found.data_validations.dataValidation}
    assert hints["L2:L3"] == ("Khởi công: xong (khi đã diễn ra; ngày diễn ra ghi ở cột bên)", '"xong"')
    assert hints["L4:L5"][0] == "Giải ngân kế hoạch vốn: 45% hoặc 2,3 tỷ/5,1 tỷ"
    assert hints["M2:M6"] == ("Ngày/tháng/năm, ví dụ 30/9/2024", None)
    book = load_workbook(BytesIO(content))
    assert (book.sheetnames, book.active.title if book.active else None) == (["Hướng dẫn", SHEET], SHEET)
    cover = {row[0].value: row[1].value for row in book["Hướng dẫn"].iter_rows(min_row=3)}
    assert (cover["Của"], cover["Số dòng"]) == ("UBND huyện Bắc Sơn", 5)
    assert "45%" in str(cover["Cách ghi: Phần trăm kế hoạch"])


@pytest.mark.parametrize("title", ["=1+1", "+84", "-5 xã", "@SUM(A1)", '=cmd|"/c calc"!A1'])
def test_no_title_or_name_is_ever_run(store: Store, title: str) -> None:
    hostile = ALONE.model_copy(update={"title": title, "section": title})
    known(store, enrol("nha", TAN_THANH, "20/4/2024 09:00").model_copy(update={"name": title}))
    found = sheet(made(store, TAN_THANH, office=configured(hostile)))
    cells = [cell for row in found.iter_rows() for cell in row if cell.value is not None]
    assert title in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}


def test_the_same_state_gives_the_same_sheet(store: Store) -> None:
    first, second = unpacked(made(store)), unpacked(made(store))
    assert {name for name in first if first[name] != second[name]} <= {"docProps/core.xml"}


def test_a_sheet_sorted_by_some_of_its_columns_alone_is_noticed(store: Store) -> None:
    content = filled(made(store), {"L2": "xong", "M2": "01/7/2024"})
    parts = unpacked(content)
    part = "xl/worksheets/sheet2.xml"
    shifted = parts[part].replace(b"khoi-cong-moi/khoi-cong/cau/", b"khoi-cong-moi/khoi-cong/duong/", 1)
    with reading(store) as opened:
        fine = preview(opened, OFFICE, content, HEAD)
        moved = preview(opened, OFFICE, packed({**parts, part: shifted}), HEAD)
    assert [line.fate for line in fine.lines] == [Fate.NEW]
    assert moved.lines[0].faults[0].cell == "G2"
    assert "bảng có thể đã sắp xếp lệch cột" in moved.lines[0].faults[0].message
