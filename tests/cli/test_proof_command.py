"""`dondoc proof` and `dondoc verify` at the keyboard."""

from __future__ import annotations

import csv
import json
import os
from io import StringIO

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Desk, Dondoc
from tests.cli.test_ledger_commands import PLAN_2024, REPORT

LEAD = "dau-moi-ubnd-huyen-bac-son"
PROOF = ("proof", "--directive", PLAN_2024)


@pytest.fixture
def office(dondoc: Dondoc) -> Dondoc:
    """The program, in an office that has previewed its first letters and one urging."""
    for words in (
        ("adopt", "--as-of", "2024-04-22T08:00:00+07:00"),
        ("tick", "--as-of", "2024-04-22T08:00:00+07:00"),
        REPORT,
        ("acknowledge", PLAN_2024, "--by", LEAD, "--id", "da-nhan"),
    ):
        assert dondoc(*words).code == 0
    return dondoc


# ---------------------------------------------------------------------------------------------------------------- proof


def test_json_is_the_whole_pack_alone_on_standard_output(office: Dondoc) -> None:
    answer = office(*PROOF, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    pack = answer.json
    assert pack["illustrative"] is True
    assert {one["person"] for one in pack["urgings"]} == {LEAD}
    assert [one["kind"] for one in pack["entries"]][-2:] == ["report", "acknowledge"]
    (message,) = pack["messages"]
    assert "http://127.0.0.1:8480/vao" in message["text"]  # to no form: no key to mask
    assert not message["masked"]


def test_the_table_is_for_people(office: Dondoc) -> None:
    answer = office(*PROOF)
    assert answer.code == 0
    assert "Hồ sơ đôn đốc tính đến 08:00 ngày 04/7/2024" in answer.out
    assert "khi giao" in answer.out
    assert answer.err.startswith("Đầu sổ: ")


def test_files_are_written_and_counted(office: Dondoc, desk: Desk) -> None:
    for kind in ("xlsx", "csv", "html", "json"):
        file = desk.home / f"ho-so.{kind}"
        answer = office(*PROOF, "--format", kind, "--out", str(file))
        assert (answer.code, answer.out) == (0, "")
        assert f"Đã ghi 1 lượt nhắc, 1 thông điệp vào {file}." in answer.err
    digest = json.loads((desk.home / "ho-so.json").read_text(encoding="utf-8"))["digest"]
    assert f"Mã băm số liệu: {digest}" in answer.err
    assert load_workbook(desk.home / "ho-so.xlsx")["Bìa"]["A3"].value == "MINH HOẠ"
    page = (desk.home / "ho-so.html").read_text(encoding="utf-8")
    assert digest in page
    assert "MINH HOẠ" in page
    (row,) = csv.DictReader(StringIO((desk.home / "ho-so.csv").read_bytes().decode("utf-8-sig"), newline=""))
    assert row["Kết quả"] == "chỉ xem trước, không gửi"


def test_csv_and_html_also_go_to_standard_output(office: Dondoc) -> None:
    assert office(*PROOF, "--format", "csv").out.startswith("\ufeffSố,Thời điểm nhắc theo kế hoạch,")
    assert office("proof", "--person", LEAD, "--format", "html").out.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "nêu --directive (nhiệm vụ), --person (cán bộ), hoặc cả hai"),
        (("--person", LEAD, "--milestone", "giai-ngan"), "--milestone đi cùng --directive"),
        (("--directive", "khong-co"), "không có nhiệm vụ “khong-co”; xem danh sách bằng dondoc plan"),
        (("--directive", PLAN_2024, "--milestone", "x"), "không có mốc “x”"),
        (("--person", "khong-ai"), "không có cán bộ “khong-ai” trong people.yaml"),
        (("--person", LEAD, "--from", "2024-07-02", "--to", "2024-07-01"), "hãy đổi chỗ hai ngày"),
        (("--person", LEAD, "--from", "1/7/2024"), "cần ngày có thật, ví dụ 2024-12-31"),
        (("--person", LEAD, "--out", "x"), "--out đi cùng --format json, csv, xlsx hoặc html"),
        (("--person", LEAD, "--format", "xlsx"), "--format xlsx cần --out TỆP"),
        (("--person", LEAD, "--format", "csv", "--out", "/dev/null/x"), "không ghi được tệp /dev/null/x"),
    ],
)
def test_wrong_use_is_told_with_the_way_out(office: Dondoc, words: tuple[str, ...], says: str) -> None:
    answer = office("proof", *words)
    assert (answer.code, answer.out) == (2, "")
    assert says in " ".join(answer.err.split())


# --------------------------------------------------------------------------------------------------------------- verify


def test_verify_says_the_end_of_a_whole_ledger(office: Dondoc) -> None:
    found = office("verify", "--format", "json").json
    assert found.keys() == {"count", "hash", "last_entry_at", "whole", "head", "findings"}
    assert (found["whole"], found["head"], found["findings"]) == (True, None, [])
    assert found["last_entry_at"] == "2024-07-04T08:00:00+07:00"
    answer = office("verify")
    assert (answer.code, answer.err) == (0, "")
    assert f"Số bút toán: {found['count']}\nMã băm cuối sổ: {found['hash']}\n" in answer.out
    assert answer.out.endswith("Bút toán cuối ghi lúc: 08:00 ngày 04/7/2024\nSổ nguyên vẹn.\n")


def test_verify_follows_a_printed_end_through_what_came_later(office: Dondoc) -> None:
    printed = office(*PROOF, "--format", "json").json["ledger"]
    assert office(*REPORT[:3], "30%", *REPORT[4:]).code == 0
    answer = office("verify", "--head", f"{printed['count']} {printed['hash'][:8]}")
    assert (answer.code, answer.err) == (0, "")
    assert f"Sổ nguyên vẹn, và còn đi qua bút toán số {printed['count']} đã in." in answer.out


def test_verify_finds_another_ledger_than_the_printed_one(office: Dondoc) -> None:
    answer = office("verify", "--head", "999 3f9a0c41", "--format", "json")
    assert answer.code == 1
    assert answer.json["whole"] is False
    assert "đầu sổ đã in ghi 999 bút toán" in answer.json["findings"][0]["message"]
    assert answer.json["head"] == {"count": 999, "hash": "3f9a0c41"}


def test_verify_for_people_says_what_is_wrong(office: Dondoc, desk: Desk) -> None:
    os.truncate(desk.home / "ledger.head", 5)
    answer = office("verify")
    assert answer.code == 1
    assert "LỖI: ledger.head: không đọc được tệp giữ đầu sổ" in answer.err
    assert "Sổ nguyên vẹn" not in answer.out


def test_verify_refuses_what_is_no_end(office: Dondoc) -> None:
    answer = office("verify", "--head", "abc")
    assert answer.code == 2
    assert "không đọc được đầu sổ “abc”" in answer.err
