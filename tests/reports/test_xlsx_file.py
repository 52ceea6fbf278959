"""Files that mean harm are refused before anything of them is unpacked; odd ones are read as far as they can be."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from reports import xlsx_file, xlsx_sheets
from reports.xlsx_cells import Cell, CellKind
from reports.xlsx_file import LARGEST, MEMBERS, UNPACKED, UnusableFileError, opened
from reports.xlsx_sheets import sheets
from tests.xlsx_forge import DAY, PERCENT, Raw, book, packed, unpacked

PLAIN = book(("a", "b"), ("c",))


def refused(content: bytes) -> str:
    with pytest.raises(UnusableFileError) as error:
        sheets(content)
    return str(error.value)


def test_a_file_of_more_than_10_mb_is_refused_unread() -> None:
    assert refused(b"PK" + bytes(LARGEST)) == "tệp lớn hơn 10 MB; hãy bỏ bớt hình, trang tính không cần rồi gửi lại"
    assert "không phải bảng tính" in refused(bytes(LARGEST))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bombs = (
        book(("a",), parts={"xl/media/a.bin": bytes(2 * 2**20)}),  # a thousand times smaller than what it unpacks to
        packed({f"p{number}": "x" for number in range(MEMBERS + 1)}),
        _claiming(PLAIN, UNPACKED + 1),
    )
    monkeypatch.setattr(ZipFile, "open", lambda *_: pytest.fail("a part was unpacked"))
    for bomb in bombs:
        assert "bung ra quá lớn" in refused(bomb)


def test_a_part_larger_than_it_claims_is_not_read_beyond() -> None:
    real = "<worksheet><sheetData>" + '<row><c t="str"><v>x</v></c></row>' * 50_000 + "</sheetData></worksheet>"
    assert "đã hỏng" in refused(_claiming(book(("a",), parts={"xl/worksheets/sheet1.xml": real}), 1_000))


def _claiming(content: bytes, size: int) -> bytes:
    """The file with another size of its sheet in both of its directories."""
    name = b"xl/worksheets/sheet1.xml"
    changed = bytearray(content)
    for mark, sizes, names in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = changed.find(mark)
        while at >= 0:
            if changed[at + names : at + names + len(name)] == name:
                changed[at + sizes : at + sizes + 4] = struct.pack("<I", size)
            at = changed.find(mark, at + 4)
    return bytes(changed)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(part: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{ENTITIES}<worksheet>&b;</worksheet>'
    assert "DOCTYPE" in refused(book(("a",), parts={part: text.encode(encoding)}))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "không phải bảng tính .xlsx"),
        (b"Nh\xe1\xbb\x87m v\xe1\xbb\xa5;K\xe1\xba\xbft qu\xe1\xba\xa3", "không phải bảng tính .xlsx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), ".xls cũ hoặc có mật khẩu"),
        (PLAIN[:-40], "không phải bảng tính .xlsx"),
        (packed({"word/document.xml": "<w/>"}), "không phải bảng tính .xlsx"),
        (book(("a",), parts={"xl/vbaProject.bin": b"macro"}), "có macro"),
        (book(("a",), parts={"xl/worksheets/sheet1.xml": "<worksheet><row>"}), "đã hỏng"),
        (book(("a",), parts={"xl/workbook.xml": '<workbook><workbookPr date1904="1"/></workbook>'}), "hệ ngày 1904"),
    ],
    ids=["empty", "csv", "xls", "cut", "docx", "macro", "broken", "1904"],
)
def test_what_is_no_workbook_is_refused_with_the_way_out(content: bytes, why: str) -> None:
    assert why in refused(content)


def test_ways_of_packing_that_no_spreadsheet_program_knows_are_refused() -> None:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "kiểu không đọc được" in refused(written.getvalue())
    locked = bytearray(packed({"xl/workbook.xml": "<workbook/>"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "mã hoá" in refused(bytes(locked))


def test_parts_with_hostile_names_are_written_nowhere_and_links_to_elsewhere_not_followed() -> None:
    outside = (
        '<Relationships><Relationship Id="r1" TargetMode="External" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    hostile = {"../../etc/cron.d/x": "x", "/etc/x": "x", "xl/externalLinks/externalLink1.xml": "<x/>"}
    assert len(sheets(book(("a",), parts=hostile))) == 1
    assert sheets(book(("a",), parts={"xl/_rels/workbook.xml.rels": outside})) == ()
    climbing = '<Relationships><Relationship Id="r1" Target="../../../etc/passwd"/></Relationships>'
    assert sheets(book(("a",), parts={"xl/_rels/workbook.xml.rels": climbing})) == ()


def test_too_many_rows_are_refused_and_far_columns_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheets, "MOST_ROWS", 3)
    monkeypatch.setattr(xlsx_sheets, "MOST_COLUMNS", 2)
    assert list(sheets(book(("a", "b", "c"), (), ("d",)))[0].rows) == [1, 3]
    assert sheets(book(("a", "b", "c")))[0].rows[1].keys() == {1, 2}
    assert "hơn 3 dòng" in refused(book(*[("a",)] * 4))


def test_cells_are_what_the_file_says_of_them() -> None:
    strings = "<sst><si><t>chung</t></si><si><r><t>hai </t></r><r><t>phần</t></r><rPh><t>x</t></rPh></si></sst>"
    row = (
        Raw("0", "s"), Raw("1", "s"), Raw("9", "s"), Raw("0.45", "n", PERCENT), Raw("45473", "n", DAY), Raw("1", "b"),
        Raw("#N/A", "e"), Raw("", "n", formula="1+1"), Raw("2", "n", formula="1+1"), "a_x000D_b", Raw("7", "n", 99),
    )  # fmt: skip
    (sheet,) = sheets(book(row, parts={"xl/sharedStrings.xml": strings}))
    assert [sheet.rows[1][column].text for column in sorted(sheet.rows[1])] == [
        "chung", "hai phần", "0.45", "45473", "1", "#N/A", "", "2", "a\rb", "7"
    ]  # fmt: skip
    assert (sheet.rows[1][4].percent, sheet.rows[1][5].dated) == (True, True)
    assert sheet.rows[1][8] == Cell("", CellKind.UNCOMPUTED)
    assert sheet.seen(1, 3) is None


def test_what_openpyxl_writes_is_read() -> None:
    written, workbook = BytesIO(), Workbook()
    first = workbook.active
    assert first is not None
    first.append(["Nhiệm vụ", 0.45, True])
    first["B1"].number_format = "0.0%"
    first.merge_cells("A2:B3")
    first["A2"] = "gộp"
    workbook.create_sheet("Trống")
    workbook.save(written)
    one, two = sheets(written.getvalue())
    assert [(cell.text, cell.kind) for cell in one.rows[1].values()] == [
        ("Nhiệm vụ", CellKind.TEXT), ("0.45", CellKind.NUMBER), ("1", CellKind.FLAG)
    ]  # fmt: skip
    assert (one.rows[1][2].percent, one.seen(3, 2)) == (True, Cell("gộp", CellKind.TEXT))
    assert (one.spread(2, 1), one.spread(1, 1)) == (True, False)
    assert (two.name, two.rows) == ("Trống", {})


def cells(content: bytes) -> list[object]:
    """Everything that is read of a file; nothing of one that is refused in a sentence."""
    try:
        return [cell for sheet in sheets(content) for row in sheet.rows.values() for cell in row.values()]
    except UnusableFileError:
        return []


@given(st.binary(max_size=60), st.integers(0, len(PLAIN)))
def test_no_bytes_raise_anything_but_a_sentence(noise: bytes, at: int) -> None:
    for content in (noise, PLAIN[:at] + noise + PLAIN[at:], PLAIN[:at] + noise + PLAIN[at + len(noise) :]):
        assert all(isinstance(cell, Cell) for cell in cells(content))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_no_xml_raises_anything_but_a_sentence(noise: str) -> None:
    parts = unpacked(PLAIN)
    for part in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"):
        text = parts[part].decode()
        spoilt = text.replace('r="', f'r="{noise}', 1).replace('s="', f's="{noise}', 1)
        assert all(isinstance(cell, Cell) for cell in cells(packed({**parts, part: spoilt})))


def test_a_directory_that_lists_a_part_a_thousand_times_counts_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "MEMBERS", 3)
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(ZipInfo(f"xl/{number}"), "x")
    with pytest.raises(UnusableFileError, match="bung ra quá lớn"):
        opened(written.getvalue())
