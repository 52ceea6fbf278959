"""`calendar`: a year in the terminal, as JSON, as a picture; from the calendar's file alone."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Desk, Dondoc


def test_the_year_as_json_has_the_keys_of_the_contract(dondoc: Dondoc, desk: Desk) -> None:
    answer = dondoc("calendar", "2026", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    row = answer.json
    assert row.keys() == {
        *("year", "version", "confirmed_from", "confirmed_through", "lunar_new_year"),
        *("working_days", "months", "specials"),
    }
    assert (row["year"], row["confirmed_from"], row["confirmed_through"]) == (2026, "2024-01-01", "2026-11-23")
    assert row["lunar_new_year"] == "2026-02-17"
    assert row["version"].startswith("2026-11-22+")
    assert row["working_days"] == sum(month["working_days"] for month in row["months"]) == 250
    assert [month["month"] for month in row["months"]] == list(range(1, 13))
    assert {frozenset(special) for special in row["specials"]} == {
        frozenset({"day", "works", "name", "source", "confirmed"})
    }
    by_day = {special["day"]: special for special in row["specials"]}
    assert (by_day["2026-08-31"]["works"], by_day["2026-08-22"]["works"]) == (False, True)
    assert by_day["2026-08-22"]["source"] == "9859/VPCP-KGVX"
    assert (by_day["2026-11-24"]["works"], by_day["2026-11-24"]["confirmed"]) == (True, False)
    assert not desk.home.exists()


@pytest.mark.parametrize(("columns", "beside"), [("60", 1), ("80", 2), ("100", 3), ("140", 4)])
def test_the_year_for_people_fits_the_terminal(
    dondoc: Dondoc, monkeypatch: pytest.MonkeyPatch, columns: str, beside: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    answer = dondoc("calendar", "2026")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("LỊCH LÀM VIỆC NĂM 2026 (năm Bính Ngọ, mùng 1 Tết")
    assert max(line.count(" T2 ") for line in lines) == beside
    assert max(len(line) for line in lines) <= int(columns)


def test_marks_say_without_colour_what_a_day_is(dondoc: Dondoc) -> None:
    answer = dondoc("calendar", "2026")
    assert " 9  10B 11 " in answer.out  # Saturday 10/01, worked
    assert " 16N 17N 18N 19N 20N 21  22 " in answer.out  # Tết
    assert " 23  24? 25? 26? 27? 28? 29?" in answer.out  # beyond the letters
    assert "quý I 58 · quý II 62 · quý III 64 · quý IV 66" in answer.out
    assert "12729/VPCP-KGVX ngày 25/12/2025" in answer.out
    assert "chưa xác nhận" in answer.out
    assert answer.err.startswith("Văn bản đã nhập đến 23/11/2026; phiên bản lịch 2026-11-22+")


def test_the_picture_is_written_where_the_person_says(dondoc: Dondoc, desk: Desk) -> None:
    file = desk.config / "lich.svg"
    answer = dondoc("calendar", "2024", "--svg", str(file))
    assert (answer.code, answer.out) == (0, "")
    assert f"Đã vẽ lịch năm 2024 vào {file}" in answer.err
    assert "<title id=" in file.read_text(encoding="utf-8")
    both = dondoc("calendar", "2024", "--svg", str(file), "--format", "json")
    assert both.json["year"] == 2024


def test_a_letter_entered_is_shown_at_once(dondoc: Dondoc, desk: Desk) -> None:
    file = desk.config / "calendar.yaml"
    line = '  - {day: 2024-06-14, works: false, name: Nghỉ, source: "1999/VPCP-KGVX"}\n'
    file.write_text(file.read_text(encoding="utf-8").replace("days:\n", f"days:\n{line}", 1), encoding="utf-8")
    assert dondoc("calendar", "2024", "--format", "json").json["working_days"] == 250


def test_other_files_need_not_be_sound(dondoc: Dondoc, desk: Desk) -> None:
    (desk.config / "people.yaml").write_text("people: x\n", encoding="utf-8")
    assert dondoc("calendar", "2024").code == 0


def test_a_broken_calendar_is_named_with_its_line(dondoc: Dondoc, desk: Desk) -> None:
    (desk.config / "calendar.yaml").write_text("version: x\ndays: 5\n", encoding="utf-8")
    answer = dondoc("calendar", "2024")
    assert (answer.code, answer.out) == (1, "")
    assert "LỖI: không dùng được cấu hình: calendar.yaml" in answer.err
    assert "calendar.yaml:2:days: giá trị “5” không hợp lệ" in answer.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["2042"], 1, "LỖI: ngày 01/01/2042 nằm ngoài lịch làm việc 2005-2035; hãy bổ sung năm này vào config/"),
        (["26"], 2, "LỖI: NĂM: không đọc được năm “26”; cần bốn chữ số, ví dụ 2026"),
        (["hai nghìn"], 2, "không đọc được năm “hai nghìn”"),
        (["0000"], 2, "không đọc được năm “0000”"),
        (["2024", "--svg", "khong-co/lich.svg"], 2, "không ghi được tệp khong-co/lich.svg"),
        ([], 2, "LỖI: thiếu tham số NĂM"),
    ],
    ids=["outside", "short", "words", "no-year", "no-folder", "nothing"],
)
def test_nonsense_is_refused_in_a_sentence(dondoc: Dondoc, words: list[str], code: int, says: str) -> None:
    answer = dondoc("calendar", *words)
    assert (answer.code, answer.out) == (code, "")
    assert says in answer.err
