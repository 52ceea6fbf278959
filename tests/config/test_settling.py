"""What comes into force together fits together, and what leaves does so on somebody's wish."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.scenario import read_scenario
from store import reading
from store.ledger import entries
from tests.config.notice_text import CONFIG
from tests.config.poisoning import DIRECTIVES, FOOTNOTE_8, KEPT, Office, errors, office_in

FACT = "bs-2024-i-giai-ngan-dtc"
"""The figure of part I on disbursement: 13,7%."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The shipped configuration, adopted."""
    with office_in(tmp_path) as opened:
        assert set(opened.adopt().adopted) > KEPT
        yield opened


def without(text: str, directive: str) -> str:
    """The file of directives without one of them and the facts about it."""
    for separator, mark in (("\n  - id: ", f"directive: {directive}\n"), ("\n  - code: ", f"{directive}\n")):
        head, *parts = text.split(separator)
        text = separator.join([head, *(part for part in parts if mark not in part)])
    return text


# -------------------------------------------------------------------------------------------------- parts fit together


def test_a_channel_people_use_cannot_be_taken_from_them(office: Office) -> None:
    office.change("channels.yaml", "code: email", "code: thu-dien-tu")
    found = errors(office.adopt().findings)
    assert {finding.file for finding in found} == {"people.yaml", "channels.yaml"}
    assert "giữ bản trước: không có kênh “email” trong channels.yaml, mà people.yaml" in found[-1].message
    assert [channel.code for channel in office.configuration().channels] == ["email", "preview"]


def test_a_channel_is_renamed_in_both_files_at_once(office: Office) -> None:
    office.change("channels.yaml", "code: email", "code: thu-dien-tu")
    office.write("people.yaml", office.text("people.yaml").replace("[email]", "[thu-dien-tu]"))
    assert set(office.adopt().adopted) == {"channels.yaml", "people.yaml"}
    assert {channel for person in office.configuration().rules.office.people for channel in person.channels} == {
        "thu-dien-tu"
    }


def test_a_unit_that_a_directive_in_force_names_cannot_be_deleted(office: Office) -> None:
    units, groups = office.text("units.yaml").split("\ngroups:", 1)
    office.write("units.yaml", units + "\ngroups:" + groups.replace("code: cac-so-nganh", "code: cac-so-nganh-tinh"))
    found = errors(office.adopt().findings)
    assert {finding.file for finding in found} == {DIRECTIVES, "units.yaml"}
    kept = office.configuration()
    assert kept.rules.office.name_of("cac-so-nganh") == "Các sở, ngành của tỉnh"
    assert kept.directives.keys() == KEPT


def test_a_new_directive_waits_for_the_unit_that_stands_in_a_broken_file(office: Office) -> None:
    office.change("units.yaml", "units:\n", "units:\n  - {code: so-y-te, name: Sở Y tế}\n  - {code: Sở}\n")
    office.change(DIRECTIVES, "lead: [ubnd-huyen-bac-son]", "lead: [so-y-te]", behind=f"code: {FOOTNOTE_8}")
    found = errors(office.adopt().findings)
    assert [finding.message for finding in found if finding.file == FOOTNOTE_8] == [
        "chưa đưa vào hiệu lực, giữ bản trước: không có đơn vị hoặc nhóm “so-y-te” trong units.yaml"
    ]
    assert office.configuration().directives[FOOTNOTE_8].lead == ("ubnd-huyen-bac-son",)
    office.change("units.yaml", "  - {code: Sở}\n", "")
    assert errors(office.adopt().findings) == []
    assert office.configuration().directives[FOOTNOTE_8].lead == ("so-y-te",)


def test_people_wait_for_the_unit_that_stands_in_a_broken_file(office: Office) -> None:
    office.change("units.yaml", "units:\n", "units:\n  - {code: so-y-te, name: Sở Y tế}\n  - {code: Sở}\n")
    office.change("people.yaml", "unit: van-phong-ubnd-tinh", "unit: so-y-te")
    assert {finding.file for finding in errors(office.adopt().findings)} == {"units.yaml", "people.yaml"}
    head = office.configuration().rules.office.person("lanh-dao-van-phong-ubnd-tinh")
    assert head
    assert head.posts[0].unit == "van-phong-ubnd-tinh"


def test_a_calendar_that_no_longer_reaches_the_dues_is_not_taken(office: Office) -> None:
    head, days = office.text("calendar.yaml").split("days:\n")
    office.write("calendar.yaml", head.replace("last: 2035-12-31", "last: 2023-12-31") + "days: []\n")
    found = errors(office.adopt().findings)
    assert {finding.file for finding in found} == {DIRECTIVES, "calendar.yaml"}
    assert office.configuration().rules.calendar.last.year == 2035
    office.write("calendar.yaml", head + "days:\n" + days)
    assert errors(office.adopt().findings) == []


# --------------------------------------------------------------------------------------------- what leaves, on a wish


def test_a_directive_left_out_of_a_whole_file_is_removed_and_comes_back(office: Office) -> None:
    written = office.text(DIRECTIVES)
    office.write(DIRECTIVES, without(written, "bac-son-don-doan-unesco"))
    assert office.adopt().removed == ("bac-son-don-doan-unesco",)
    assert office.configuration().directives.keys() == KEPT - {"bac-son-don-doan-unesco"}
    office.write(DIRECTIVES, written)
    assert office.adopt().adopted == ("bac-son-don-doan-unesco",)


def test_all_directives_of_a_notice_are_removed_by_an_empty_list(office: Office) -> None:
    head = office.text(DIRECTIVES).split("\ndirectives:")[0]
    office.write(DIRECTIVES, f"{head}\ndirectives: []\nfacts: []\n")
    assert set(office.adopt().removed) == KEPT
    assert office.configuration().directives == {}


def test_a_lost_file_of_directives_removes_nothing_and_is_named(office: Office) -> None:
    (office.folder / DIRECTIVES).unlink()
    adopted = office.adopt()
    found = errors(adopted.findings)
    assert [finding.file for finding in found] == ["directives"]
    assert "không còn tệp của văn bản 2024-bac-son" in found[0].message
    assert adopted.removed == ()
    assert office.configuration().directives.keys() == KEPT


def test_while_any_file_of_directives_is_broken_nothing_is_removed(office: Office) -> None:
    office.write("directives/2025-moi.yaml", "notice: [\n")
    office.write(DIRECTIVES, without(office.text(DIRECTIVES), "bac-son-don-doan-unesco"))
    assert office.adopt().removed == ()
    (office.folder / "directives/2025-moi.yaml").unlink()
    assert office.adopt().removed == ("bac-son-don-doan-unesco",)


def test_a_directive_code_of_another_file_is_told_in_both_places(office: Office) -> None:
    text = office.text(DIRECTIVES)
    other = text.split("\ndirectives:")[0].replace("code: 2024-bac-son", "code: 2024-bac-son-2")
    footnote_8 = next(part for part in text.split("\n  - code: ") if part.startswith(FOOTNOTE_8)).rstrip()
    office.write("directives/2025-moi.yaml", f"{other}\ndirectives:\n  - code: {footnote_8}\nfacts: []\n")
    line = text[: text.index(f"code: {FOOTNOTE_8}")].count("\n") + 1
    found = errors(office.adopt().findings)
    assert [(finding.file, finding.field) for finding in found] == [("directives/2025-moi.yaml", "directives.0.code")]
    assert f"đã có ở {DIRECTIVES}:{line}" in found[0].message
    assert office.configuration().directives.keys() == KEPT


# ------------------------------------------------------------------------------------------------------ stated figures


def test_a_figure_stated_otherwise_later_is_a_fault_and_the_ledger_keeps_the_first(office: Office) -> None:
    line = office.change(DIRECTIVES, 'value: "13,7%"', 'value: "13,9%"', behind=FACT) - 4
    found = errors(office.adopt().findings)
    assert [(finding.file, finding.line, finding.field) for finding in found] == [(DIRECTIVES, line, "facts.0.id")]
    assert "sổ chỉ ghi thêm, hãy dùng mã mới" in found[0].message
    with reading(office.store) as opened:
        stated = [entry for entry in entries(opened) if entry.id == FACT]
    assert [str(entry.value.number) for entry in stated if entry.value] == ["13.7"]


# ------------------------------------------------------------------------------------------------------- a scenario


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ("entries:\n", "entries: chữ\nentriez:\n", 0, "entries", "thiếu danh sách entries"),
        ("entries:\n", "entries:\n  - chữ\n", 1, "entries.0.directive", "không có nhiệm vụ"),
        ("id: mh-002,", "id: mh-001,", 0, "entries.1.id", "trùng mã bút toán “mh-001”"),
        ("directive: bac-son-khoi-cong-moi", "directive: khong-co", 0, "entries.0.directive", "“khong-co”"),
        ("metric: giai-ngan", "metric: dong-tho", 0, "entries.1.metric", "“dong-tho”"),
        ('value: "14,6 tỷ đồng"', 'value: "14,6 chai"', 0, "entries.1.value", "không đọc được số tiền"),
        ("T08:05:00+07:00", "T08:05:00", 0, "entries.0.recorded_at", "phải có múi giờ"),
        ("kind: enrol", "kind: ghi-danh", 0, "entries.0.kind", "“ghi-danh”"),
    ],
    ids=["no-list", "text", "twice", "directive", "metric", "value", "naive", "kind"],
)
def test_a_fault_of_a_scenario_is_told_at_its_line(
    office: Office, old: str, new: str, line: int, field: str, says: str
) -> None:
    directives = office.configuration().directives
    _, before = read_scenario(CONFIG / "scenarios/2024-bac-son.yaml", directives)
    line += office.change("scenarios/2024-bac-son.yaml", old, new)
    entries, found = read_scenario(office.folder / "scenarios/2024-bac-son.yaml", directives)
    fault = next(fault for fault in found if says in fault.message and fault not in before)
    assert (fault.file, fault.line, fault.field) == ("2024-bac-son.yaml", line, field)
    assert len(entries) < 140


def test_a_scenario_that_is_not_there(office: Office) -> None:
    entries, found = read_scenario(office.folder / "scenarios/khong-co.yaml", {})
    assert entries == ()
    assert [str(finding) for finding in found] == ["khong-co.yaml:1: không đọc được tệp: không có tệp này"]
