"""Reports and corrections at the keyboard: odd figures are asked about, files are brought, estimates say so."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Desk, Dondoc
from tests.domain.files import PDF

PLAN_2024, LEAD = "bac-son-giai-ngan-dau-tu-cong-2024", "dau-moi-ubnd-huyen-bac-son"
JSON = ("--format", "json")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test leaves its office for the others."""
    return tmp_path_factory.mktemp("prepared") / "office"


@pytest.fixture
def office(dondoc: Dondoc, desk: Desk, prepared: Path) -> Dondoc:
    """The program, in an office that adopted its configuration on the day of the inspection."""
    if not prepared.exists():
        assert dondoc("adopt", "--as-of", "2024-04-22T08:00:00+07:00").code == 0
        shutil.copytree(desk.home, prepared)
    else:
        shutil.copytree(prepared, desk.home)
    return dondoc


def reported(office: Dondoc, value: str, *more: str, as_of: str = "2024-06-30") -> Answer:
    return office("record", PLAN_2024, "giai-ngan", value, "--as-of", as_of, "--by", LEAD, *more)


def shown(office: Dondoc) -> set[object]:
    return {row["value"] for row in office("status", *JSON).json if row["directive"] == PLAN_2024}


class Keyboard(io.StringIO):
    """A terminal at which somebody typed."""

    def isatty(self) -> bool:
        return True


def test_an_odd_figure_is_saved_only_with_a_yes(office: Dondoc, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = reported(office, "3%", *JSON)
    assert (odd.code, odd.out) == (1, "")
    assert "Cảnh báo: số lũy kế giảm: đến hết ngày 22/4/2024 đã ghi 13,7%, nay ghi 3%" in odd.err
    assert "Chưa ghi gì. Kiểm tra lại; nếu số liệu đúng thì gõ lại lệnh, thêm --yes." in odd.err
    monkeypatch.setattr("sys.stdin", Keyboard("không\n"))
    assert reported(office, "3%").code == 1
    assert shown(office) == {"13,7%"}
    monkeypatch.setattr("sys.stdin", Keyboard("Có\n"))
    said = reported(office, "3%")
    assert (said.code, "Số liệu đúng và vẫn ghi? (có/không)" in said.err) == (0, True)
    assert shown(office) == {"3%"}
    assert reported(office, "2%", "--yes", *JSON).json.keys() == {"entry", "hash"}
    assert shown(office) == {"2%"}


def test_an_estimate_says_so_and_a_basis_that_differs_is_refused(office: Dondoc) -> None:
    assert reported(office, "28,6%", "--estimate", "--basis", "gom-keo-dai").code == 0
    assert shown(office) == {"28,6% (ước)"}
    other = reported(office, "30%", "--basis", "hdnd-giao")
    assert other.code == 1
    assert "số liệu tính trên kế hoạch HĐND giao không so sánh được" in other.err


def test_files_stand_beside_the_report_and_are_verified(office: Dondoc, tmp_path: Path) -> None:
    good, bad = tmp_path / "Biên bản.pdf", tmp_path / "trang.pdf"
    good.write_bytes(PDF)
    bad.write_bytes(b"<html></html>")
    refused = reported(office, "28,6%", "--file", str(good), "--file", str(bad))
    assert (refused.code, "tệp “trang.pdf” không đúng loại hoặc bị hỏng" in refused.err) == (1, True)
    assert shown(office) == {"13,7%"}
    assert reported(office, "28,6%", "--file", str(good)).code == 0
    assert office("verify").code == 0
    assert reported(office, "29%", "--file", str(tmp_path / "khong-co.pdf")).code == 2


def test_a_report_is_corrected_and_the_right_figure_counts(office: Dondoc) -> None:
    report = json.loads(reported(office, "28,6%", *JSON).out)["entry"]
    fix = ("correct", report, "26,8%", "--by", LEAD)
    assert "LỖI: cần nêu lý do (--reason)" in office(*fix).err
    done = office(*fix, "--reason", "Đảo số", "--id", "dinh-chinh-1", *JSON)
    assert (done.code, done.err, done.json["entry"]) == (0, "", "dinh-chinh-1")
    assert shown(office) == {"26,8%"}
    again = office("correct", report, "27%", "--by", LEAD, "--reason", "Nhầm", "--yes")
    assert (again.code, "hãy đính chính bút toán dinh-chinh-1" in again.err) == (1, True)
    odd = office("correct", "dinh-chinh-1", "2,7%", "--by", LEAD, "--reason", "Nhầm")
    assert (odd.code, "số lũy kế giảm" in odd.err) == (1, True)
    assert office("correct", "khong-co", "27%", "--by", LEAD, "--reason", "Nhầm").code == 1


# ------------------------------------------------------------------------------------------------------ hand-over

HUYEN, ADMIN = "ubnd-huyen-bac-son", "quan-tri-he-thong"


def test_a_hand_over_is_proposed_set_withdrawn_and_confirmed(office: Dondoc, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("hand-over", "propose", "ubnd-xa-tan-thanh-bac-son", "--day", "2025-07-01", "--by", ADMIN)
    assert "LỖI: cần nêu lý do" in office(*asked).err
    made = office(*asked, "--reason", "NQ 1672", "--id", "ban-giao-1", *JSON)
    assert (made.code, made.json["id"], made.json["outcome"]) == (0, "ban-giao-1", None)
    numbers = [row["number"] for row in made.json["rows"] if row["receivers"] == ["ubnd-xa-nhat-hoa-2025"]]
    assert numbers == [row["number"] for row in made.json["rows"]]
    assert office("hand-over", "set", "ban-giao-1", "1", "--by", ADMIN).code == 2
    left = office("hand-over", "set", "ban-giao-1", "1", "--leave", "--by", ADMIN, *JSON)
    assert left.json["rows"][0]["left_out"] is True
    chosen = office("hand-over", "set", "ban-giao-1", "1", "ubnd-xa-vu-le-2025", "--by", ADMIN)
    assert (chosen.code, "Xác nhận: dondoc hand-over confirm ban-giao-1" in chosen.err) == (0, True)
    assert office("hand-over", "set", "ban-giao-1", "0", "ubnd-xa-vu-le-2025", "--by", ADMIN).code == 0
    early = office("hand-over", "confirm", "ban-giao-1", "--by", ADMIN)
    assert (early.code, "chưa đến ngày bàn giao 01/7/2025" in early.err) == (1, True)
    monkeypatch.setenv("DONDOC_CLOCK", "2025-07-01T08:00:00+07:00")
    done = office("hand-over", "confirm", "ban-giao-1", "--by", ADMIN, *JSON)
    assert [one["entry"] for one in done.json] == [f"ban-giao-1-{number}" for number in numbers]
    assert "bút toán bàn giao vào sổ" in office("hand-over", "confirm", "ban-giao-1", "--by", ADMIN).err
    assert office(*asked, "--reason", "NQ 1672", "--id", "ban-giao-2").code == 1  # nothing of it is left


def test_proposals_are_listed_and_taken_back(office: Dondoc) -> None:
    office("hand-over", "propose", HUYEN, "--day", "2025-07-01", "--by", ADMIN, "--reason", "NQ 1672", "--id", "bg")
    table, rows = office("hand-over", "list"), office("hand-over", "list", "bg")
    assert (table.code, rows.code) == (0, 0)
    assert "đang xem lại" in table.out
    assert "ubnd-huyen-bac-son" in rows.out
    assert office("hand-over", "list", "khac").code == 2
    gone = office("hand-over", "withdraw", "bg", "--by", ADMIN, *JSON)
    assert (gone.json["outcome"], gone.json["decided_by"]) == ("withdrawn", ADMIN)
    assert office("hand-over", "list", *JSON).json[0]["outcome"] == "withdrawn"
    assert "đã được rút lại" in office("hand-over", "withdraw", "bg", "--by", ADMIN).err
