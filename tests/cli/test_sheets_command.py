"""`sheet` and `import` at the keyboard: a sheet goes out, comes back filled in, is looked at, then saved."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cli.main import main
from tests.cli.conftest import Desk, Dondoc
from tests.config.poisoning import FOOTNOTE_8, copy_config
from tests.xlsx_forge import book, filled

LEAD, UNIT = "dau-moi-ubnd-huyen-bac-son", "ubnd-huyen-bac-son"
PLAN_2024 = "bac-son-giai-ngan-dau-tu-cong-2024"
HEADING = ("Nhiệm vụ", "Chỉ tiêu", "Đối tượng", "Kết quả", "Tính đến ngày")
GOOD = (PLAN_2024, "giai-ngan", None, "28,6%", "30/6/2024")
BAD = (PLAN_2024, "giai-ngan", None, "28,6", "30/6/2024")
JSON = ("--format", "json")


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an office that adopted its configuration on the day of the inspection, to be copied."""
    folder = tmp_path_factory.mktemp("adopted")
    copy_config(folder / "config")
    made = Desk(folder / "office", folder / "config")
    with pytest.MonkeyPatch.context() as patched:
        for name, setting in made.environment().items():
            patched.setenv(name, setting)
        patched.setattr(sys, "argv", ["dondoc", "adopt", "--as-of", "2024-04-22T08:00:00+07:00"])
        with pytest.raises(SystemExit, match="0"):
            main()
    return made.home


@pytest.fixture
def office(adopted: Path, desk: Desk, dondoc: Dondoc) -> Dondoc:
    """The program, in an office of one's own."""
    shutil.copytree(adopted, desk.home)
    return dondoc


@pytest.fixture
def sent(desk: Desk) -> Callable[..., str]:
    """A file with these rows; its path."""

    def made(*rows: tuple[str | None, ...]) -> str:
        path = desk.home.parent / "bang.xlsx"
        path.write_bytes(book(HEADING, *rows))
        return str(path)

    return made


def value(office: Dondoc) -> object:
    rows = office("status", *JSON).json
    return next(row["value"] for row in rows if row["directive"] == PLAN_2024)


def test_a_sheet_goes_out_and_comes_back(office: Dondoc, tmp_path: Path) -> None:
    path = tmp_path / "ra.xlsx"
    told = office("sheet", UNIT, "--out", str(path))
    assert (told.code, told.out) == (0, "")
    sheet = load_workbook(path)["Số liệu"]
    keys = {str(row[16].value): row[0].row for row in sheet.iter_rows(min_row=2)}
    assert (sheet["Q1"].value, sheet.column_dimensions["Q"].hidden) == ("Mã dòng (không sửa)", True)
    row = keys[f"{PLAN_2024}/giai-ngan//"]
    path.write_bytes(filled(path.read_bytes(), {f"L{row}": "28,6%", f"M{row}": "30/6/2024"}))
    done = office("import", str(path), "--by", LEAD, "--yes", *JSON)
    assert (done.code, done.json["accepted"], done.json["saved"]) == (0, 1, True)
    assert str(value(office)).startswith("28,6%")


def test_a_person_gets_the_sheet_of_their_units(office: Dondoc, tmp_path: Path) -> None:
    for words, name in (((UNIT,), "u.xlsx"), (("--person", LEAD), "p.xlsx")):
        assert office("sheet", *words, "--out", str(tmp_path / name)).code == 0
    unit, person = (load_workbook(tmp_path / name)["Số liệu"] for name in ("u.xlsx", "p.xlsx"))
    assert list(unit.values) == list(person.values)
    assert unit.max_row > 1
    assert FOOTNOTE_8 in {str(row[16].value).split("/")[0] for row in person.iter_rows(min_row=2)}


def test_import_looks_first_and_saves_on_yes(office: Dondoc, sent: Callable[..., str]) -> None:
    looked = office("import", sent(GOOD), "--by", LEAD)
    assert looked.code == 0
    assert "28,6%, 30/6/2024" in looked.out
    assert "Chưa ghi gì. Ghi vào sổ: thêm --yes" in looked.err
    assert value(office) == "13,7%"  # what the notice itself reports
    assert office("import", sent(GOOD), "--by", LEAD, "--yes").code == 0
    assert str(value(office)).startswith("28,6%")
    again = office("import", sent(GOOD), "--by", LEAD, "--yes", *JSON)
    assert (again.json["accepted"], again.json["unchanged"], again.json["saved"]) == (0, 1, False)


def test_rejected_rows_are_named_by_cell_and_exit_with_1(office: Dondoc, sent: Callable[..., str]) -> None:
    done = office("import", sent(GOOD, BAD), "--by", LEAD, "--yes", *JSON)
    assert (done.code, done.json["rows"], done.json["accepted"]) == (1, 2, 1)
    (rejected,) = done.json["rejected"]
    assert rejected["cell"] == "D3"
    assert "ghi 45% hoặc 2,3 tỷ/5,1 tỷ" in rejected["message"]
    shown = office("import", sent(GOOD, BAD), "--by", LEAD)
    assert shown.code == 1
    assert "LỖI: ô D3: " in shown.err


def test_odd_figures_wait_for_unsure(office: Dondoc, sent: Callable[..., str]) -> None:
    assert office("import", sent(GOOD), "--by", LEAD, "--yes").code == 0
    falls = (PLAN_2024, "giai-ngan", None, "18,6%", "03/7/2024")
    asked = office("import", sent(falls), "--by", LEAD, "--yes")
    assert "Hỏi lại: ô D2: số lũy kế giảm" in asked.err
    assert str(value(office)).startswith("28,6%")
    assert office("import", sent(falls), "--by", LEAD, "--yes", "--unsure").code == 0
    assert str(value(office)).startswith("18,6%")


class Terminal(io.StringIO):
    """A person's keyboard or screen."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "saved"), [("c\n", True), ("\n", False), ("", False)])
def test_a_person_at_a_terminal_is_asked(
    office: Dondoc, sent: Callable[..., str], monkeypatch: pytest.MonkeyPatch, answer: str, saved: bool
) -> None:
    file = sent(GOOD)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdin", Terminal(answer))
        patched.setattr(sys, "stderr", Terminal())
        assert office("import", file, "--by", LEAD).code == 0
    assert str(value(office)).startswith("28,6%") == saved


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("sheet",), 2, "nêu đúng một trong hai"),
        (("sheet", UNIT, "--person", LEAD), 2, "nêu đúng một trong hai"),
        (("sheet", "xa-la"), 2, "không có đơn vị “xa-la” trong units.yaml"),
        (("sheet", "--person", "ai-do"), 2, "không có cán bộ “ai-do” trong people.yaml"),
        (("sheet", UNIT, "--out", "/khong/co/x.xlsx"), 2, "không ghi được tệp"),
        (("import", "khong-co.xlsx", "--by", LEAD), 2, "không đọc được tệp khong-co.xlsx"),
        (("import", "pyproject.toml", "--by", "ai-do"), 2, "không có cán bộ “ai-do”"),
        (("import", "pyproject.toml", "--by", LEAD), 1, "tệp không phải bảng tính .xlsx"),
    ],
)
def test_wrong_use_is_told(office: Dondoc, words: tuple[str, ...], code: int, why: str) -> None:
    told = office(*words)
    assert (told.code, told.out) == (code, "")
    assert why in " ".join(told.err.split())
