"""Units with years of life, groups, people in posts; nobody is known by name."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.office import Interval, Office, Post, Role
from tests.world import HUYEN, OFFICE, PEOPLE, SO_Y_TE, TAN_THANH, UNITS, VAN_PHONG, VU_LE, day, person, unit

BEFORE, AFTER = day("30/6/2025"), day("1/7/2025")
ENDED = unit(TAN_THANH, "UBND xã Tân Thành", Interval(to=BEFORE))
NEW = unit("xa-tan-thanh-huu-lung", "UBND xã Tân Thành", Interval.model_validate({"from": AFTER}))
LATER = Office(
    units=(ENDED, NEW, *(one for one in UNITS if one.code != TAN_THANH)), groups=OFFICE.groups, people=PEOPLE
)


def test_an_interval_includes_both_its_ends() -> None:
    june = Interval.model_validate({"from": day("1/6/2025"), "to": BEFORE})
    assert [june.holds(one) for one in (day("31/5/2025"), day("1/6/2025"), BEFORE, AFTER)] == [False, True, True, False]
    assert Interval().holds(BEFORE)


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValidationError, match="phải trước ngày kết thúc"):
        Interval.model_validate({"from": AFTER, "to": BEFORE})
    assert Interval.model_validate({"from": AFTER, "to": AFTER}).holds(AFTER)


def test_two_communes_of_one_name_are_told_apart_by_code() -> None:
    assert LATER.name_of(TAN_THANH) == LATER.name_of(NEW.code)
    assert LATER.unit(NEW.code) is NEW
    with pytest.raises(KeyError):
        LATER.unit("xa-khong-co")


def test_a_group_means_its_units_alive_on_the_day_each_once() -> None:
    asked = ("cac-xa", VU_LE, HUYEN)
    assert LATER.expand(asked, BEFORE) == (TAN_THANH, VU_LE, HUYEN)
    assert LATER.expand(asked, AFTER) == (VU_LE, HUYEN)
    assert LATER.expand(("xa-khong-co",), BEFORE) == ()


def test_names_of_units_and_groups_are_for_display_only() -> None:
    assert OFFICE.name_of("cac-xa") == "UBND các xã"
    assert OFFICE.name_of("xa-khong-co") == "xa-khong-co"
    found = OFFICE.person("theo-doi")
    assert found is not None
    assert found.posts[0].unit == VAN_PHONG
    assert OFFICE.person("khong-co") is None


def test_the_focal_person_is_told_and_the_head_where_there_is_none() -> None:
    assert [one.code for one in OFFICE.responsible(HUYEN, BEFORE)] == ["dau-moi-huyen"]
    headed = Office(units=UNITS, groups=(), people=(person("chu-tich", (HUYEN, Role.HEAD)),))
    assert [one.code for one in headed.responsible(HUYEN, BEFORE)] == ["chu-tich"]


def test_a_leader_is_never_told_automatically() -> None:
    led = Office(units=UNITS, groups=(), people=(person("lanh-dao", (VAN_PHONG, Role.LEADER)),))
    assert led.responsible(VAN_PHONG, BEFORE) == ()


def test_a_post_is_held_for_an_interval() -> None:
    leaving = Post(unit=SO_Y_TE, role=Role.FOCAL, valid=Interval(to=BEFORE))
    coming = Post(unit=SO_Y_TE, role=Role.FOCAL, valid=Interval.model_validate({"from": AFTER}))
    office = Office(units=UNITS, groups=(), people=(person("nguoi-cu", leaving), person("nguoi-moi", coming)))
    assert [one.code for one in office.holders(SO_Y_TE, Role.FOCAL, BEFORE)] == ["nguoi-cu"]
    assert [one.code for one in office.holders(SO_Y_TE, Role.FOCAL, AFTER)] == ["nguoi-moi"]


def test_a_copy_of_an_office_that_was_asked_answers_for_its_own_people_and_equals_one_that_was_not() -> None:
    asked = Office(units=UNITS, groups=OFFICE.groups, people=PEOPLE)
    assert asked.responsible(HUYEN, BEFORE)
    changed = asked.model_copy(update={"people": (person("chu-tich", (HUYEN, Role.HEAD)),), "groups": ()})
    assert [one.code for one in changed.responsible(HUYEN, BEFORE)] == ["chu-tich"]
    assert changed.person("dau-moi-huyen") is None
    assert changed.name_of("cac-xa") == "cac-xa"
    assert asked == Office(units=UNITS, groups=OFFICE.groups, people=PEOPLE)
    assert asked.model_dump() == OFFICE.model_dump()


def test_who_holds_a_post_twice_is_named_once() -> None:
    again = Post(unit=HUYEN, role=Role.FOCAL, valid=Interval.model_validate({"from": AFTER}))
    back = person("di-roi-ve", Post(unit=HUYEN, role=Role.FOCAL, valid=Interval(to=BEFORE)), again)
    office = Office(units=UNITS, groups=(), people=(back,))
    assert [office.holders(HUYEN, Role.FOCAL, one) for one in (BEFORE, AFTER)] == [(back,), (back,)]
    both = person("hai-lan", (HUYEN, Role.FOCAL), (HUYEN, Role.FOCAL))
    assert Office(units=UNITS, groups=(), people=(both,)).holders(HUYEN, Role.FOCAL, BEFORE) == (both,)
