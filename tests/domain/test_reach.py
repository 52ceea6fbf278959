"""Whether an urging would arrive: owner, person, channel, dates."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from domain.directive import Directive
from domain.due import DueSpec
from domain.findings import Severity
from domain.ledger import Entry, EntryKind
from domain.office import Interval, Role
from domain.reach import reach
from domain.situation import Rules
from tests.world import (
    CAU,
    FOOTNOTE_8,
    FORTY,
    HUYEN,
    PEOPLE,
    PROJECTS,
    RULES,
    START,
    UNITS,
    VU_LE,
    changed,
    day,
    enrol,
    entry,
    on,
    person,
    rules,
    started,
    unit,
    variant,
)

ON_A_MONDAY = variant(changed(START, due=DueSpec(phrase="", date=day("30/9/2024"))))


def said(
    *known: Entry,
    given: Rules = RULES,
    when: str = "22/4/2024 08:00",
    channels: Iterable[str] = ("email",),
    **fields: tuple[str, ...],
) -> list[tuple[Severity, str]]:
    directive = Directive.model_validate(dict(ON_A_MONDAY) | fields)
    found = reach(on(when, known, directive, given), set(channels))
    assert {one.field for one in found} <= {FOOTNOTE_8.code}
    return [(one.severity, one.message.removeprefix("Dự án khởi công mới năm 2024: ")) for one in found]


def without(*codes: str) -> Rules:
    return rules(people=[one for one in PEOPLE if one.code not in codes])


def test_where_all_is_well_nothing_is_said() -> None:
    assert said(*PROJECTS) == []


def test_a_head_who_stands_in_for_a_focal_person_is_noted() -> None:
    (one,) = said(given=without("dau-moi-huyen"))
    assert one == (Severity.NOTE, "đơn vị chủ trì UBND huyện Bắc Sơn không có đầu mối, thủ trưởng nhận tin thay")


@pytest.mark.parametrize(
    ("missing", "role"),
    [
        (("dau-moi-huyen", "chu-tich-huyen"), "chủ trì UBND huyện Bắc Sơn"),
        (("tai-chinh",), "phối hợp Phòng Tài chính - Kế hoạch"),
        (("theo-doi",), "theo dõi Văn phòng UBND tỉnh"),
        (("dau-moi-vu-le", "chu-tich-vu-le"), "thực hiện UBND xã Vũ Lễ"),
    ],
)
def test_a_unit_with_nobody_is_a_warning_whatever_its_part(missing: tuple[str, ...], role: str) -> None:
    (one,) = said(*PROJECTS, given=without(*missing))
    assert one == (Severity.WARNING, f"đơn vị {role} không có đầu mối hay thủ trưởng nào nhận tin")


def test_only_units_with_work_left_are_asked_after() -> None:
    given = without("dau-moi-vu-le", "chu-tich-vu-le")
    assert said(*PROJECTS, started("22/4/2024 07:00", "duong"), given=given) == []
    assert said(enrol("cau", None, "19/4/2024")) == []


def test_a_group_of_nobody_is_found_beside_one_that_has_members() -> None:
    ended = [unit(one.code, one.name, Interval(to=day("1/4/2024"))) if "xa-" in one.code else one for one in UNITS]
    (one,) = said(given=rules(units=ended), lead=(HUYEN, "cac-xa"))
    assert one == (Severity.WARNING, "nhóm đơn vị chủ trì UBND các xã không còn hoạt động ngày 22/4/2024")


def test_a_unit_that_has_ended_is_found() -> None:
    ended = [unit(one.code, one.name, Interval(to=day("1/4/2024"))) if one.code == HUYEN else one for one in UNITS]
    (one,) = said(given=rules(units=ended))
    assert one == (Severity.WARNING, "đơn vị chủ trì UBND huyện Bắc Sơn không còn hoạt động ngày 22/4/2024")


def test_who_took_the_work_over_is_asked_after() -> None:
    handed = entry(EntryKind.HAND_OVER, "22/4/2024 07:00", unit=VU_LE)
    (one,) = said(handed, given=without("dau-moi-vu-le"))
    assert "đơn vị chủ trì UBND xã Vũ Lễ không có đầu mối" in one[1]


def test_a_person_without_a_working_channel_is_found_once() -> None:
    others = [one for one in PEOPLE if one.code != "dau-moi-huyen"]
    on_zalo = person("dau-moi-huyen", (HUYEN, Role.FOCAL), channels=("zalo",))
    (one,) = said(given=rules(people=[*others, on_zalo]), coordinating=(HUYEN,))
    assert one == (Severity.WARNING, "dau moi huyen không có kênh nhận tin nào dùng được")
    assert said(given=rules(people=[*others, on_zalo]), channels=("email", "zalo")) == []


def due(**fields: object) -> list[tuple[Severity, str]]:
    directive = variant(changed(START, due={"phrase": "", **fields}))
    found = reach(on("22/4/2024 08:00", (), directive), {"email"})
    return [(one.severity, one.message.removeprefix("Dự án khởi công mới năm 2024: Khởi công: ")) for one in found]


def test_a_due_on_a_day_off_is_noted_with_the_day_to_aim_at() -> None:
    assert due(end_of={"month": "2024-06"}) == [
        (Severity.NOTE, "ngày cuối trong hạn 30/6/2024 là ngày nghỉ, nên hoàn thành trước 17:00 ngày 28/6/2024")
    ]
    assert due(date="2024-07-01", bound="exclusive") == [
        (Severity.NOTE, "ngày cuối trong hạn 30/6/2024 là ngày nghỉ, nên hoàn thành trước 17:00 ngày 28/6/2024")
    ]


def test_a_due_beyond_the_confirmed_calendar_is_a_warning() -> None:
    unconfirmed = "hạn 24/11/2026 nằm ngoài khoảng thời gian lịch làm việc được xác nhận"
    assert due(date="2026-11-24") == [(Severity.WARNING, unconfirmed)]


def test_a_due_settled_by_an_admin_is_noted() -> None:
    assert due(date="2024-09-30", chosen_by="quản trị viên") == [(Severity.NOTE, "hạn 30/9/2024 do quản trị viên chọn")]


def test_a_due_that_had_passed_before_the_start() -> None:
    assert due(date="2024-04-19") == [
        (Severity.WARNING, "hạn đã qua trước khi nhiệm vụ bắt đầu"),
        (Severity.NOTE, "mọi lần nhắc trước hạn đều đã qua khi bắt đầu"),
    ]


def test_a_due_that_waits_for_a_day_is_noted() -> None:
    assert due(within={"days": 5, "of": "issued"}) == [(Severity.NOTE, "hạn chờ một ngày chưa được ghi nhận")]


def test_a_due_that_waits_long_for_its_day_is_a_warning_that_names_whose_it_is() -> None:
    within = DueSpec.model_validate({"phrase": "", "within": {"days": 10, "event": "khoi-cong"}})
    waits = variant(changed(FORTY, due=within, follows=()))
    for when, severity in (("21/5/2024", Severity.NOTE), ("23/5/2024", Severity.WARNING)):
        found = reach(on(when, (*PROJECTS, started("10/5/2024", CAU)), waits), {"email"})
        (waiting,) = [one for one in found if "hạn chờ một ngày" in one.message]
        assert waiting.severity is severity
        assert "Giải ngân 40% (Dự án duong): hạn chờ một ngày chưa được ghi nhận" in waiting.message
    assert waiting.message.endswith("đã 31 ngày; ghi nhận ngày đó (dondoc record, dondoc schedule) hoặc ghi hạn cụ thể")


def test_many_subjects_that_wait_are_counted_and_waiting_for_a_milestone_is_no_fault() -> None:
    within = DueSpec.model_validate({"phrase": "", "within": {"days": 10, "milestone": "khoi-cong"}})
    waits = variant(START, changed(FORTY, due=within, follows=()))
    more = tuple(enrol(f"da-{n}", None, "19/4/2024") for n in range(3))
    found = reach(on("30/7/2024", (*PROJECTS, *more), waits), {"email"})
    assert [one.severity for one in found if "hạn chờ" in one.message] == [Severity.NOTE]
    assert "và 2 nữa): hạn chờ" in " ".join(one.message for one in found)


def test_what_is_met_is_not_spoken_of_again() -> None:
    monthly = DueSpec.model_validate({"phrase": "", "chosen_by": "quản trị", "every": {"every": "month", "days": [20]}})
    directive = variant(changed(START, due=monthly))
    known = [started(f"{month}/2024") for month in ("19/5", "19/6", "19/7")]
    notes = [one.message for one in reach(on("25/7/2024", known, directive), {"email"}) if "chọn" in one.message]
    assert len(notes) == 1  # the open one alone


def test_undated_and_finished_work_need_nothing() -> None:
    assert reach(on("22/4/2024 08:00", (), variant(changed(START, due=None))), {"email"}) == ()
    done = on("22/4/2024 08:00", (started("22/4/2024 07:00"),), ON_A_MONDAY, without("dau-moi-huyen"))
    assert reach(done, set()) == ()
