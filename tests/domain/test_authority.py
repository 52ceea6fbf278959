"""Who may ask and who may decide."""

from __future__ import annotations

import pytest

from domain.authority import (
    is_admin,
    not_monitor,
    not_responsible,
    not_told,
    nothing_open,
    responsible_units,
    unknown_subject,
)
from domain.directive import LeadMode
from domain.ledger import EntryKind
from domain.office import Interval, Post, Role
from domain.state import WHOLE
from tests.world import (
    CAU,
    DUONG,
    HUYEN,
    PEOPLE,
    PROJECTS,
    SO_Y_TE,
    TAN_THANH,
    UNITS,
    VAN_PHONG,
    VU_LE,
    day,
    entry,
    on,
    person,
    rules,
    variant,
)

NOW = on("20/6/2024 09:00", PROJECTS)
EACH = on("20/6/2024 09:00", (), variant(lead=(HUYEN, SO_Y_TE), lead_mode=LeadMode.EACH))


@pytest.mark.parametrize("who", ["theo-doi", "lanh-dao-tinh"])
def test_whoever_holds_a_post_in_the_monitoring_unit_decides(who: str) -> None:
    assert not_monitor(NOW, who) is None


@pytest.mark.parametrize("who", ["dau-moi-huyen", "chu-tich-huyen", "nguoi-ngoai", "khong-co"])
def test_nobody_else_decides_and_is_told_who_does(who: str) -> None:
    said = "chỉ cán bộ của đơn vị theo dõi (Văn phòng UBND tỉnh) được quyết định; hiện là: theo doi (theo-doi), "
    assert not_monitor(NOW, who) == f"{said}lanh dao tinh (lanh-dao-tinh)"


def test_a_post_that_has_ended_decides_nothing() -> None:
    former = Post(unit=VAN_PHONG, role=Role.FOCAL, valid=Interval(to=day("19/6/2024")))
    people = [one for one in PEOPLE if one.code not in ("theo-doi", "lanh-dao-tinh")]
    given = rules(people=[*people, person("theo-doi", former)])
    said = not_monitor(on("20/6/2024 09:00", (), given=given), "theo-doi")
    assert said is not None
    assert said.endswith("hiện không ai giữ vị trí ấy: đề nghị quản trị viên bổ sung people.yaml")
    assert not_monitor(on("19/6/2024 09:00", (), given=given), "theo-doi") is None


def test_each_unit_of_a_group_that_monitors_decides() -> None:
    now = on("20/6/2024 09:00", (), variant(monitor="cac-xa"))
    assert not_monitor(now, "dau-moi-tan-thanh") is None
    assert not_monitor(now, "chu-tich-vu-le") is None
    assert "đơn vị theo dõi (UBND các xã)" in str(not_monitor(now, "theo-doi"))
    assert not_told(now, "chu-tich-vu-le") is None


def test_a_monitoring_unit_that_has_ended_keeps_who_still_holds_a_post() -> None:
    ended = [
        one.model_copy(update={"valid": Interval(to=day("1/6/2024"))}) if one.code == VAN_PHONG else one
        for one in UNITS
    ]
    assert not_monitor(on("20/6/2024 09:00", (), given=rules(units=ended)), "theo-doi") is None


@pytest.mark.parametrize("who", ["dau-moi-huyen", "chu-tich-huyen", "dau-moi-tan-thanh", "chu-tich-tan-thanh"])
def test_the_lead_and_the_subjects_own_unit_speak_for_the_subject(who: str) -> None:
    assert not_responsible(NOW, who, CAU) is None


@pytest.mark.parametrize("who", ["dau-moi-vu-le", "theo-doi", "tai-chinh", "nguoi-ngoai"])
def test_others_do_not_speak_for_the_subject(who: str) -> None:
    said = str(not_responsible(NOW, who, CAU))
    assert said.startswith(
        "chỉ đầu mối hoặc thủ trưởng của đơn vị phải thực hiện (UBND huyện Bắc Sơn, UBND xã Tân Thành)"
    )
    assert "dau moi tan thanh (dau-moi-tan-thanh)" in said


def test_only_the_lead_speaks_for_all() -> None:
    assert not_responsible(NOW, "dau-moi-huyen", WHOLE) is None
    assert not_responsible(NOW, "dau-moi-tan-thanh", WHOLE) is not None


def test_a_directive_that_nobody_leads_any_more_says_so() -> None:
    nobody = on("20/6/2024 09:00", (), variant(lead=("da-giai-the",)))
    assert "đơn vị phải thực hiện (chưa có)" in str(not_responsible(nobody, "dau-moi-huyen", WHOLE))


def test_where_each_lead_counts_by_itself_it_speaks_for_itself() -> None:
    assert responsible_units(EACH, SO_Y_TE) == (SO_Y_TE,)
    assert not_responsible(EACH, "nguoi-ngoai", SO_Y_TE) is None
    assert not_responsible(EACH, "dau-moi-huyen", SO_Y_TE) is not None


def test_who_took_over_speaks() -> None:
    handed = entry(EntryKind.HAND_OVER, "10/6/2024", unit=VU_LE)
    subject = entry(EntryKind.HAND_OVER, "10/6/2024", unit=SO_Y_TE, subject=DUONG)
    now = on("20/6/2024 09:00", (*PROJECTS, handed, subject))
    assert responsible_units(now, WHOLE) == (VU_LE,)
    assert responsible_units(now, DUONG) == (VU_LE, SO_Y_TE)
    assert responsible_units(now, CAU) == (VU_LE, TAN_THANH)


@pytest.mark.parametrize("who", ["dau-moi-huyen", "chu-tich-vu-le", "tai-chinh", "theo-doi"])
def test_whoever_may_be_urged_may_say_that_it_was_read(who: str) -> None:
    assert not_told(NOW, who) is None


@pytest.mark.parametrize("who", ["nguoi-ngoai", "lanh-dao-tinh"])
def test_who_is_never_urged_has_nothing_to_acknowledge(who: str) -> None:
    assert "không thuộc diện được nhắc về nhiệm vụ khoi-cong-moi" in str(not_told(NOW, who))


def test_where_nothing_is_open_there_is_nothing_to_acknowledge() -> None:
    assert nothing_open(NOW) is None
    stopped = on("20/6/2024 09:00", (*PROJECTS, entry(EntryKind.CANCEL, "10/6/2024")))
    assert "không còn mốc nào phải nhắc" in str(nothing_open(stopped))


def test_a_subject_that_is_named_has_been_enrolled() -> None:
    assert unknown_subject(NOW, WHOLE) is None
    assert unknown_subject(NOW, CAU) is None
    assert unknown_subject(NOW, "nha-may") == "không có dự án “nha-may”; đã ghi danh: cau, duong"
    assert str(unknown_subject(on("20/6/2024"), "cau")).endswith("đã ghi danh: chưa có")


def test_an_admin_is_one_on_the_days_of_the_post() -> None:
    post = Post(unit=VAN_PHONG, role=Role.ADMIN, valid=Interval(to=day("30/6/2024")))
    office = rules(people=(*PEOPLE, person("quan-tri", post))).office
    assert is_admin(office, "quan-tri", day("30/6/2024"))
    assert not is_admin(office, "quan-tri", day("1/7/2024"))
    assert not is_admin(office, "theo-doi", day("30/6/2024"))
    assert not is_admin(office, "khong-co", day("30/6/2024"))
