"""`check`, `plan` and `rehearse` read the files: no home, no server, nothing written."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.cli.conftest import Desk, Dondoc
from tests.config.poisoning import DIRECTIVES, FOOTNOTE_8, KEPT

FINDING = {"severity", "file", "line", "field", "message"}
DIRECTIVE = {
    "directive",
    "title",
    "section",
    "quote",
    "footnotes",
    "lead",
    "coordinating",
    "monitor",
    "subjects",
    "milestones",
    "findings",
}
MILESTONE = {"id", "name", "metric", "quantifier", "target", "follows", "due", "rungs"}
DUE = {"phrase", "nominal", "bound", "overdue_after", "safe_due", "original"}
REHEARSED = {
    "at",
    "message",
    "directive",
    "milestone",
    "rung",
    "person",
    "unit",
    "channel",
    "subjects",
    "standing",
    "subject_line",
    "text",
}


def break_a_due(desk: Desk) -> int:
    """Write a date that does not exist; its line."""
    text = (desk.config / DIRECTIVES).read_text(encoding="utf-8")
    head, tail = text.split("date: 2024-09-30}", 1)
    (desk.config / DIRECTIVES).write_text(f"{head}date: 30/0/2021}}{tail}", encoding="utf-8")
    return head.count("\n") + 1


# ---------------------------------------------------------------------------------------------------------------- check


def test_check_finds_nothing_to_mend_in_the_shipped_configuration(dondoc: Dondoc, desk: Desk) -> None:
    answer = dondoc("check")
    assert (answer.code, answer.out) == (0, "")
    assert f"Đã kiểm tra {len(KEPT)} nhiệm vụ" in answer.err
    assert "không có lỗi." in answer.err
    assert "Ghi chú: directives/2024-bac-son.yaml:" in answer.err
    assert not desk.home.exists()


def test_check_names_the_line_of_a_fault_and_exits_with_1(dondoc: Dondoc, desk: Desk) -> None:
    line = break_a_due(desk)
    answer = dondoc("check")
    assert answer.code == 1
    assert answer.out == ""
    told = f"LỖI: {DIRECTIVES}:{line}:directives.2.milestones.1.due.date: giá trị “30/0/2021” không hợp lệ"
    assert [said for said in answer.err.splitlines() if said.startswith(told)]
    assert "có lỗi phải sửa." in answer.err


def test_check_as_json_is_json_alone(dondoc: Dondoc, desk: Desk) -> None:
    line = break_a_due(desk)
    answer = dondoc("check", "--format", "json")
    assert (answer.code, answer.err) == (1, "")
    assert {frozenset(finding) for finding in answer.json} == {frozenset(FINDING)}
    first = answer.json[0]
    assert (first["severity"], first["file"], first["line"]) == ("error", DIRECTIVES, line)
    assert "ngày có thật" in answer.out  # letters as they are, no escapes


def test_check_takes_another_folder(dondoc: Dondoc, desk: Desk) -> None:
    answer = dondoc("check", str(desk.config / "khong-co"), "--format", "json")
    assert answer.code == 1
    assert {finding["file"] for finding in answer.json} >= {"units.yaml", "people.yaml", "policy.yaml"}
    assert {finding["message"] for finding in answer.json} == {"không đọc được tệp: không có tệp này"}


# ----------------------------------------------------------------------------------------------------------------- plan


def test_plan_as_json_has_the_keys_of_the_contract(dondoc: Dondoc, desk: Desk) -> None:
    answer = dondoc("plan", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    assert {row["directive"] for row in answer.json} == KEPT
    for row in answer.json:
        assert row.keys() == DIRECTIVE
        for milestone in row["milestones"]:
            assert milestone.keys() == MILESTONE
            assert milestone["due"] is None or milestone["due"].keys() >= DUE
            assert all(rung.keys() == {"rung", "at"} for rung in milestone["rungs"])
    assert not desk.home.exists()


def test_plan_of_one_directive_gives_its_dues_and_rungs(dondoc: Dondoc) -> None:
    (row,) = dondoc("plan", FOOTNOTE_8, "--format", "json").json
    due = row["milestones"][0]["due"]
    assert (due["nominal"], due["bound"]) == ("2024-06-30", "inclusive")
    assert due["overdue_after"] == "2024-07-01T00:00:00+07:00"
    assert due["safe_due"] == "2024-06-28T17:00:00+07:00"
    before = [rung for rung in row["milestones"][0]["rungs"] if rung["rung"].startswith("before-")]
    assert [(rung["rung"], rung["at"]) for rung in before] == [
        ("before-30", "2024-05-31T07:30:00+07:00"),
        ("before-14", "2024-06-14T07:30:00+07:00"),
        ("before-7", "2024-06-21T07:30:00+07:00"),
        ("before-3", "2024-06-27T07:30:00+07:00"),
        ("before-1", "2024-06-28T07:30:00+07:00"),
        ("before-0", "2024-06-28T07:30:00+07:00"),
    ]


def test_plan_for_people_is_a_table_on_stdout(dondoc: Dondoc) -> None:
    answer = dondoc("plan", FOOTNOTE_8)
    assert (answer.code, answer.err) == (0, "")
    assert "Kế hoạch nhắc việc" in answer.out
    assert "31/12/2024" in answer.out


@pytest.mark.parametrize("command", ["plan", "check", "rehearse"])
def test_a_broken_file_that_all_depends_on_is_named(dondoc: Dondoc, desk: Desk, command: str) -> None:
    (desk.config / "policy.yaml").write_text("ladder: x\n", encoding="utf-8")
    period = ["--from", "2024-06-01", "--to", "2024-06-02"] if command == "rehearse" else []
    answer = dondoc(command, *period)
    assert (answer.code, answer.out) == (1, "")
    assert "policy.yaml:1:ladder: giá trị “x” không hợp lệ; cần một bảng khoá: giá trị" in answer.err


# ------------------------------------------------------------------------------------------------------------- rehearse

SCENARIO = """entries:
  - {id: a, kind: enrol, directive: bac-son-khoi-cong-moi, subject: cau-vu-le, name: Cầu dân sinh xã Vũ Lễ,
     unit: ban-qlda-bac-son, as_of: 2024-05-30, recorded_at: "2024-05-30T09:00:00+07:00",
     actor: dau-moi-dau-tu-cong-bac-son, source: minh hoạ}
"""


def test_rehearse_lists_each_delivery_with_its_whole_message(dondoc: Dondoc, desk: Desk) -> None:
    (desk.config / "mot-du-an.yaml").write_text(SCENARIO, encoding="utf-8")
    period = ["--from", "2024-05-29", "--to", "2024-06-03"]
    answer = dondoc("rehearse", *period, "--scenario", str(desk.config / "mot-du-an.yaml"), "--format", "json")
    assert answer.code == 0
    assert all(row.keys() == REHEARSED for row in answer.json)
    order = [(row["at"], row["person"], row["message"]) for row in answer.json]
    assert order == sorted(order)
    days = {datetime.fromisoformat(row["at"]).date().isoformat() for row in answer.json}
    assert days == {"2024-05-29", "2024-05-31"}
    urged = [row for row in answer.json if row["rung"] == "before-30" and row["person"] == "dau-moi-ban-qlda-bac-son"]
    assert [(row["at"], row["unit"], row["subjects"], row["standing"]) for row in urged] == [
        ("2024-05-31T07:30:00+07:00", "ban-qlda-bac-son", ["cau-vu-le"], "open_in_time")
    ]
    assert "Cầu dân sinh xã Vũ Lễ" in urged[0]["text"]
    assert urged[0]["subject_line"].startswith("[MINH HOẠ] [Đôn đốc]")
    assert not desk.home.exists()


def test_rehearse_for_people_counts_messages_and_deliveries(dondoc: Dondoc) -> None:
    answer = dondoc("rehearse", "--from", "2024-05-31", "--to", "2024-05-31")
    assert answer.code == 0
    assert "thông điệp" in answer.out
    assert "07:30 ngày 31/5/2024" in answer.out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "kich-ban.yaml:1: không đọc được tệp: không có tệp này"),
        ("entries: [{directive: khong-co}]\n", "kich-ban.yaml:1:entries.0.directive: không có nhiệm vụ “khong-co”"),
    ],
    ids=["missing", "unknown-directive"],
)
def test_rehearse_refuses_a_scenario_it_cannot_read(dondoc: Dondoc, desk: Desk, content: str | None, says: str) -> None:
    file = desk.config / "kich-ban.yaml"
    if content:
        file.write_text(content, encoding="utf-8")
    answer = dondoc("rehearse", "--from", "2024-06-01", "--to", "2024-06-02", "--scenario", str(file))
    assert (answer.code, answer.out) == (1, "")
    assert says in answer.err
