"""`plan --diff` and `adopt`: what would change is told before it does, and a person at a terminal is asked."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Desk, Dondoc
from tests.config.poisoning import DIRECTIVES, FOOTNOTE_8, KEPT

PROGRAM = Path(sys.executable).parent / "dondoc"
ADOPTED = "2024-06-12T10:00:00+07:00"
LETTER = """days:
  - {day: 2024-07-11, works: false, name: Nghỉ hoán đổi, source: "1999/VPCP-KGVX"}
  - {day: 2024-07-13, works: true, name: Làm bù, source: "1999/VPCP-KGVX"}
"""
"""The clock of the tests stands on 4/7/2024 and the projects are late: their ninth working day late is 11/7."""
KEYS = {"as_of", "first", "calendar", "policy", "directives", "people", "messages", "findings"}
MILESTONE = {"id", "name", "occurrence", "subjects", "change", "due", "reasons", "rungs"}


@pytest.fixture
def office(dondoc: Dondoc) -> Dondoc:
    assert dondoc("adopt", "--as-of", ADOPTED).code == 0
    return dondoc


def edit(desk: Desk, file: str, before: str, after: str) -> None:
    text = (desk.config / file).read_text(encoding="utf-8")
    assert before in text
    (desk.config / file).write_text(text.replace(before, after, 1), encoding="utf-8")


def move_a_due(desk: Desk) -> None:
    edit(desk, DIRECTIVES, "date: 2024-09-30}", "date: 2024-10-15}")


def test_before_the_first_adoption_everything_is_new_and_nothing_is_made(dondoc: Dondoc, desk: Desk) -> None:
    answer = dondoc("plan", "--diff", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    found = answer.json
    assert found.keys() == KEYS
    assert found["first"]
    assert {one["directive"] for one in found["directives"]} == KEPT
    assert {one["change"] for one in found["directives"]} == {"added"}
    assert (found["calendar"]["before"], found["messages"]["before"]) == (None, 0)
    assert found["messages"]["after"] > 0
    assert not desk.home.exists()
    assert "Chưa có cấu hình nào có hiệu lực: mọi thứ đều mới." in dondoc("plan", "--diff").out


def test_without_a_change_there_is_none(office: Dondoc) -> None:
    found = office("plan", "--diff", "--format", "json").json
    assert (found["first"], found["directives"], found["people"], found["calendar"]["days"]) == (False, [], [], [])
    assert found["messages"]["before"] == found["messages"]["after"]
    assert office("plan", "--diff").out == "Không nhiệm vụ nào thay đổi, không ai được nhắc khác đi.\n"


def test_a_letter_moves_rungs_and_is_the_reason(office: Dondoc, desk: Desk) -> None:
    edit(desk, "calendar.yaml", "days:\n", LETTER)
    found = office("plan", "--diff", "--format", "json").json
    assert [(day["day"], day["works"], day["source"]) for day in found["calendar"]["days"]] == [
        ("2024-07-11", False, "1999/VPCP-KGVX"),
        ("2024-07-13", True, "1999/VPCP-KGVX"),
    ]
    by_code = {one["directive"]: one for one in found["directives"]}
    assert by_code.keys() == {FOOTNOTE_8, "bac-son-don-doan-unesco"}
    (moved,) = by_code[FOOTNOTE_8]["milestones"]
    assert (by_code[FOOTNOTE_8]["change"], by_code[FOOTNOTE_8]["fields"]) == ("changed", [])
    assert moved.keys() == MILESTONE
    assert (moved["id"], moved["change"]) == ("khoi-cong", "moved")
    assert moved["due"]["before"]["nominal"] == moved["due"]["after"]["nominal"] == "2024-06-30"
    assert {"rung": "overdue-9", "before": "2024-07-11T07:30:00+07:00", "after": "2024-07-12T07:30:00+07:00"} in moved[
        "rungs"
    ]
    assert "11/7/2024 thành ngày nghỉ (1999/VPCP-KGVX)" in moved["reasons"][0]
    told = next(one for one in found["people"] if one["person"] == "dau-moi-ubnd-huyen-bac-son")
    assert (told["days"]["dropped"], told["days"]["added"]) == (["2024-07-11"], ["2024-07-12"])


def test_for_people_it_is_told_in_tables(office: Dondoc, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "320")
    edit(desk, "calendar.yaml", "days:\n", LETTER)
    move_a_due(desk)
    answer = office("plan", "--diff")
    assert (answer.code, answer.err) == (0, "")
    assert "11/7/2024 thành ngày nghỉ (1999/VPCP-KGVX); 13/7/2024 thành ngày làm việc (1999/VPCP-KGVX)." in answer.out
    assert "quá hạn 9 ngày làm việc: 11/7/2024 → 12/7/2024" in answer.out
    assert "30/9/2024 → 15/10/2024" in answer.out
    assert ": sửa" in answer.out
    assert "Người được nhắc khác đi trong 30 ngày tới" in answer.out
    assert "Số thư trong 30 ngày tới: " in answer.out


def test_a_directive_that_comes_goes_or_is_reworded(office: Dondoc, desk: Desk) -> None:
    text = (desk.config / DIRECTIVES).read_text(encoding="utf-8")
    head, gone = text.split("  - code: bac-son-don-doan-unesco", 1)
    rest = gone[gone.index("\n  - code: ") + 1 :]
    (desk.config / DIRECTIVES).write_text(head + rest, encoding="utf-8")
    edit(desk, DIRECTIVES, "title: Khởi công và", "title: Khởi công, ")
    by_code = {one["directive"]: one for one in office("plan", "--diff", "--format", "json").json["directives"]}
    assert by_code["bac-son-don-doan-unesco"]["change"] == "removed"
    assert {one["due"]["after"] for one in by_code["bac-son-don-doan-unesco"]["milestones"]} == {None}
    assert (by_code[FOOTNOTE_8]["change"], by_code[FOOTNOTE_8]["fields"]) == ("changed", ["title"])
    assert by_code[FOOTNOTE_8]["milestones"] == []
    said = office("plan", "--diff").out
    assert "bỏ: " in said
    assert "sửa tên" in said


def test_one_directive_is_shown_alone_and_an_unknown_one_refused(office: Dondoc, desk: Desk) -> None:
    edit(desk, "calendar.yaml", "days:\n", LETTER)
    found = office("plan", FOOTNOTE_8, "--diff", "--format", "json").json
    assert [one["directive"] for one in found["directives"]] == [FOOTNOTE_8]
    answer = office("plan", "khong-co", "--diff")
    assert (answer.code, answer.out) == (2, "")
    assert "không có nhiệm vụ “khong-co”" in answer.err


def test_what_would_not_come_into_force_is_an_error(office: Dondoc, desk: Desk) -> None:
    edit(desk, DIRECTIVES, "date: 2024-09-30}", "date: 30/0/2021}")
    answer = office("plan", "--diff", "--format", "json")
    assert answer.code == 1
    assert {finding["severity"] for finding in answer.json["findings"]} >= {"error"}
    assert f"LỖI: {DIRECTIVES}:" in office("plan", "--diff").err


def test_plan_and_adopt_take_another_folder(office: Dondoc, desk: Desk) -> None:
    elsewhere = desk.config.rename(desk.config.parent / "thu-nghiem")
    move_a_due(Desk(desk.home, elsewhere))
    answer = office("plan", FOOTNOTE_8, "--diff", "--config", str(elsewhere), "--format", "json")
    assert [one["directive"] for one in answer.json["directives"]] == [FOOTNOTE_8]
    (row,) = office("plan", FOOTNOTE_8, "--config", str(elsewhere), "--format", "json").json
    assert row["milestones"][1]["due"]["nominal"] == "2024-10-15"
    assert office("adopt", str(elsewhere), "--format", "json").json["adopted"] == [FOOTNOTE_8]


def test_adopt_in_a_script_asks_nothing_and_counts_what_moved(office: Dondoc, desk: Desk) -> None:
    move_a_due(desk)
    answer = office("adopt")
    assert (answer.code, answer.out) == (0, "")
    assert "Đã đưa vào hiệu lực 1 phần" in answer.err
    assert "1 mốc đang chạy được tính lại kế hoạch, đã ghi sổ từng mốc." in answer.err


def at_a_terminal(desk: Desk, answer: str, *words: str) -> tuple[int, str]:
    """`dondoc adopt` with a person at the keyboard who types the answer; the exit code and standard output."""
    keyboard, terminal = pty.openpty()
    os.write(keyboard, answer.encode())
    given = {**os.environ, **desk.environment()}
    command: list[str | Path] = [PROGRAM, "adopt", "--format", "json", *words]
    ended = subprocess.run(
        command, env=given, stdin=terminal, stdout=subprocess.PIPE, stderr=terminal, check=False, timeout=60
    )
    os.close(terminal)
    os.close(keyboard)
    return ended.returncode, ended.stdout.decode()


def test_a_person_at_a_terminal_is_asked_where_running_dues_move(office: Dondoc, desk: Desk) -> None:
    move_a_due(desk)
    assert at_a_terminal(desk, "\n") == (1, "")
    assert office("plan", "--diff", "--format", "json").json["directives"] != []
    code, out = at_a_terminal(desk, "c\n")
    assert code == 0
    assert f'"{FOOTNOTE_8}"' in out
    assert office("plan", "--diff", "--format", "json").json["directives"] == []


def test_a_yes_on_the_command_line_and_a_change_that_moves_no_due_ask_nothing(office: Dondoc, desk: Desk) -> None:
    move_a_due(desk)
    assert at_a_terminal(desk, "", "--yes")[0] == 0
    edit(desk, DIRECTIVES, "title: Khởi công và", "title: Khởi công, ")
    assert at_a_terminal(desk, "")[0] == 0
    assert office("plan", "--diff", "--format", "json").json["directives"] == []
