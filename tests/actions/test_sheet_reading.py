"""Spreadsheets of all sorts: the heading is found by its words; each row would record something, or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from actions.sheet_lines import SOURCE, Fate
from domain.ledger import EntryKind
from reports.xlsx_file import UnusableFileError
from store import Store
from tests.actions.offices import known
from tests.actions.sheet_office import HEAD, HEADING, NOW, TITLE, WORDS, copied, fates, lines, prepared, row, seen, told
from tests.world import CAU, DUONG, disbursed, enrol, started
from tests.xlsx_forge import DAY, PERCENT, Raw, book


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("office"))


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Iterator[Store]:
    opened = copied(folder, tmp_path / "own")
    yield opened
    opened.engine.dispose()


def test_a_row_is_a_report_to_be(store: Store) -> None:
    (line,) = lines(store, (TITLE, "Giải ngân kế hoạch vốn", "Dự án cau", "28,6%", "30/6/2024", "BC số 12", "ước sai"))
    entry = line.entry
    assert entry is not None
    assert (entry.kind, entry.directive, entry.metric, entry.subject) == (
        EntryKind.REPORT,
        "khoi-cong-moi",
        "giai-ngan",
        CAU,
    )
    assert (entry.as_of, entry.recorded_at, entry.actor, entry.source) == (date(2024, 6, 30), NOW, HEAD.person, SOURCE)
    assert (entry.evidence, entry.text) == ("BC số 12", "ước sai")
    assert (line.what, line.before, line.after) == (
        f"{TITLE} — Giải ngân kế hoạch vốn — Dự án cau",
        "",
        "28,6%, 30/6/2024",
    )
    assert line.fate is Fate.NEW


# --------------------------------------------------------------------------------------------------------- the heading


def test_the_heading_may_stand_anywhere_under_other_words_among_columns_of_others(store: Store) -> None:
    heading = [("BÁO CÁO TIẾN ĐỘ",), (), ("TT", "Tên dự án", "NHIỆM  VỤ:", "Màu", "Số liệu", "Mã chỉ tiêu", "Ngày")]
    found = lines(store, ("1", CAU, TITLE, "đỏ", "xong", "khoi-cong", "01/7/2024"), heading=heading)
    assert fates(found) == [Fate.NEW]


def test_a_heading_merged_over_two_rows_and_numbered_columns_is_a_heading(store: Store) -> None:
    heading = [
        ("Nhiệm vụ", "Chỉ tiêu", "Dự án", "Kết quả thực hiện", None),
        (None, None, None, "Giá trị", "Đến ngày"),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
    ]
    found = lines(store, row("xong"), heading=heading, merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"])
    assert (fates(found), found[0].row) == ([Fate.NEW], "1-4")


def test_two_columns_of_figures_are_not_chosen_between(store: Store) -> None:
    heading = [(*HEADING, "Giá trị")]
    with pytest.raises(UnusableFileError, match=r"nhiều cột “Kết quả” \(D1, H1\)"):
        lines(store, row("xong"), heading=heading)


def test_a_file_that_reports_nothing_is_told(store: Store) -> None:
    with pytest.raises(UnusableFileError, match="không thấy dòng tiêu đề"):
        seen(store, book(("Họ tên", "Ngày"), ("Nông Văn A", "01/7/2024")))


# ------------------------------------------------------------------------------------------------------------- the rows


def test_blank_rows_totals_and_notes_alone_say_nothing(store: Store) -> None:
    blank = (TITLE, "Khởi công", DUONG, "\u00a0", None, None, "gọi lại sau")
    total = ("Tổng cộng", None, None, Raw("2", "n"), None)
    assert fates(lines(store, row("xong"), (), blank, total)) == [Fate.NEW]


def test_a_merged_directive_speaks_for_its_rows_and_a_merged_figure_for_none(store: Store) -> None:
    rows = [row("xong"), (None, None, DUONG, "xong", "01/7/2024")]
    assert fates(lines(store, *rows, merged=["A2:A3", "B2:B3"])) == [Fate.NEW, Fate.NEW]
    shared = lines(store, row("xong"), (TITLE, "Khởi công", DUONG, None, "01/7/2024"), merged=["D2:D3"])
    assert told(shared) == [
        ("D2", "ô gộp nhiều dòng, không rõ số liệu của dòng nào; hãy bỏ gộp ô"),
        ("D3", "ô gộp nhiều dòng, không rõ số liệu của dòng nào; hãy bỏ gộp ô"),
    ]


def test_what_is_wrong_is_named_by_its_cell(store: Store) -> None:
    found = lines(
        store,
        row("chưa", "01/01/1970"),
        row(None),
        row("xong", None),
        row("xong", subject="nha"),
        ("Việc khác", "Khởi công", CAU, "xong", "01/7/2024"),
        (TITLE, "Nước sạch", CAU, "xong", "01/7/2024"),
        (TITLE, None, CAU, "xong", "01/7/2024"),
        (None, None, None, "xong", "01/7/2024"),
        (WORDS.code, "binh-quan", None, "1.234", "01/7/2024"),
        (TITLE, "Giải ngân kế hoạch vốn", CAU, Raw("0.45", "n"), "01/7/2024"),
        row("xong", subject=None),
        row("xong", "05/7/2024"),
    )
    assert set(fates(found)) == {Fate.REFUSED}
    assert [(cell, message.split(";")[0]) for cell, message in told(found)] == [
        ("D2", "“Khởi công” là sự kiện: ghi “xong” khi đã diễn ra, kèm ngày"),
        ("E2", "01/01/1970 là ngày mà phần mềm điền khi để trống"),
        ("D3", "chưa ghi kết quả"),
        ("E4", "chưa ghi ngày của số liệu (tính đến ngày nào)"),
        ("C5", "không có dự án nào mã hoặc tên là “nha” của nhiệm vụ khoi-cong-moi"),
        ("A6", "không có nhiệm vụ nào mã hoặc tên là “Việc khác”"),
        ("B7", "không có chỉ tiêu “Nước sạch” của nhiệm vụ khoi-cong-moi"),
        ("B8", "chưa ghi chỉ tiêu của nhiệm vụ khoi-cong-moi"),
        ("A9", "chưa ghi nhiệm vụ của dòng này"),
        ("D10", "“1.234” có thể là 1234 hoặc 1,234"),
        ("D11", "“0,45” chưa rõ là 0,45% hay 45%"),
        ("D12", "nhiệm vụ này tính theo từng dự án"),
        ("D13", "ngày 05/7/2024 còn ở phía trước ngày ghi sổ 04/7/2024"),
    ]


def test_two_subjects_of_one_name_are_not_chosen_between(store: Store) -> None:
    known(store, enrol("cau-hai", None, "20/4/2024 09:00").model_copy(update={"name": "Dự án cau"}))
    assert told(lines(store, row("xong", subject="DỰ ÁN CAU"))) == [
        ("C2", "có 2 dự án tên “DỰ ÁN CAU” của nhiệm vụ khoi-cong-moi; hãy ghi mã dự án")
    ]


def test_a_formula_is_read_by_its_last_result_or_named(store: Store) -> None:
    percent = (TITLE, "giai-ngan", CAU)
    found = lines(
        store,
        (*percent, Raw("0.286", "n", PERCENT, formula="2.86/10"), Raw("45473", "n", DAY, formula="TODAY()")),
        (*percent, Raw("", "n", formula="1/3"), "30/6/2024"),
        (*percent, Raw("#DIV/0!", "e", formula="1/0"), "30/6/2024"),
    )
    assert found[0].after == "28,6%, 30/6/2024"
    assert [(cell, message.split(";")[0]) for cell, message in told(found)] == [
        ("D3", "ô là công thức chưa có kết quả"),
        ("D4", "ô bị lỗi #DIV/0!"),
    ]


def test_rows_the_ledger_has_already_are_unchanged(store: Store) -> None:
    known(store, started("28/6/2024", CAU), disbursed("28,6%", "30/6/2024", CAU))
    percent = (TITLE, "giai-ngan", CAU)
    found = lines(
        store,
        row("xong", "28/6/2024"),
        (*percent, "28.6 %", "30/6/2024"),
        (*percent, "28,6%", None),
        (*percent, "28,6%", "03/7/2024"),
        (*percent, "18,6%", "02/7/2024"),
    )
    assert fates(found) == [Fate.UNCHANGED] * 3 + [Fate.UNSURE] * 2
    assert found[3].before == "28,6%, 30/6/2024"
    assert [cell for cell, _ in told(found)] == ["D5", "D6"]
    assert "số lũy kế giảm" in found[4].faults[0].message


def test_rows_that_say_the_same_count_once_and_those_that_contradict_never(store: Store) -> None:
    assert fates(lines(store, row("xong"), row("đã xong"))) == [Fate.NEW, Fate.UNCHANGED]
    percent = (TITLE, "giai-ngan", CAU)
    found = lines(store, (*percent, "20%", "01/7/2024"), (*percent, "21%", "01/7/2024"), (*percent, "19%", "30/6/2024"))
    assert fates(found) == [Fate.REFUSED, Fate.REFUSED, Fate.NEW]
    assert found[0].faults[0].message.startswith("khác với ô D3, cùng một nội dung và cùng một ngày")


def test_an_estimate_is_said_by_a_cross(store: Store) -> None:
    heading = [(*HEADING, "Số ước (ghi x)")]
    percent = (TITLE, "giai-ngan", CAU)
    found = lines(
        store,
        (*percent, "20%", "01/7/2024", None, None, "x"),
        (*percent, "20%", "30/6/2024", None, None, "không"),
        (*percent, "20%", "29/6/2024", None, None, "chắc thế"),
        heading=heading,
    )
    assert [line.entry.value.estimate for line in found if line.entry and line.entry.value] == [True, None]
    assert [cell for cell, _ in told(found)] == ["H4"]


def test_with_several_tables_the_sheet_is_named_beside_the_cell(store: Store) -> None:
    parts = {
        "xl/workbook.xml": '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Quý I" r:id="r1"/><sheet name="Quý II" r:id="r1"/></sheets></workbook>'
    }
    found = seen(store, book(HEADING, row("chưa"), parts=parts)).lines
    assert [line.row for line in found] == ["1-2", "2-2"]
    assert [cell for cell, _ in told(found)] == ["Quý I!D2", "Quý II!D2"]
