"""Who may open which part of the pages, and whose work they see there."""

from __future__ import annotations

from datetime import date

import pytest

from domain.access import Access, Part, access, concerned
from domain.office import Group, Interval, Office, Person, Post, Role, Unit
from domain.policy import Visibility
from domain.situation import Rules, Situation, look
from tests.world import CALENDAR, FOOTNOTE_8, HUYEN, POLICY, SO_Y_TE, TAN_THANH, VAN_PHONG, VU_LE, instant

DAY = date(2024, 6, 3)
TINH, THON = "ubnd-tinh", "thon-nam"
UNITS = (
    Unit(code=TINH, name="UBND tỉnh"),
    Unit(code=VAN_PHONG, name="Văn phòng", within=TINH),
    Unit(code=HUYEN, name="UBND huyện Bắc Sơn", within=TINH),
    Unit(code=TAN_THANH, name="UBND xã Tân Thành", within=HUYEN),
    Unit(code=VU_LE, name="UBND xã Vũ Lễ", within=HUYEN),
    Unit(code=SO_Y_TE, name="Sở Y tế", within=TINH),
    Unit(code=THON, name="Thôn Nam", within=THON),
)
ORDERED = FOOTNOTE_8.model_copy(update={"coordinating": (), "lead": (TAN_THANH,), "monitor": VAN_PHONG})


def somebody(*posts: tuple[str, Role], valid: Interval = Interval()) -> Person:  # noqa: B008 - frozen
    held = tuple(Post(unit=unit, role=role, valid=valid) for unit, role in posts)
    return Person(code="ai-do", name="Ai đó", posts=held, channels=("email",))


def seen_by(person: Person, visibility: Visibility = Visibility.OWN) -> tuple[Access | None, Situation]:
    office = Office(
        units=UNITS, groups=(Group(code="cac-van-phong", name="Các văn phòng", members=(VAN_PHONG,)),), people=()
    )
    rules = Rules(office, CALENDAR, POLICY.model_copy(update={"visibility": visibility}))
    found = look(ORDERED, (), rules, instant("3/6/2024 08:00"), instant("22/4/2024 07:30"))
    return access(rules, {ORDERED.monitor}, person, DAY), found


@pytest.mark.parametrize(
    ("role", "unit", "parts"),
    [
        (Role.FOCAL, TAN_THANH, {Part.OWN}),
        (Role.HEAD, TAN_THANH, {Part.OWN}),
        (Role.FOCAL, VAN_PHONG, {Part.OWN, Part.MONITOR}),
        (Role.VIEWER, VAN_PHONG, {Part.MONITOR}),
        (Role.LEADER, TINH, {Part.LEADER}),
        (Role.ADMIN, SO_Y_TE, {Part.ADMIN}),
        (Role.VIEWER, SO_Y_TE, set()),
    ],
)
def test_the_parts_follow_from_the_posts(role: Role, unit: str, parts: set[Part]) -> None:
    found, _ = seen_by(somebody((unit, role)))
    assert found is not None
    assert found.parts == {Part.LOOK, *parts}
    assert all(found.may(part) is (part in found.parts) for part in Part)


def test_somebody_without_a_post_that_day_has_no_access() -> None:
    ended = Interval.model_validate({"to": date(2024, 6, 2)})
    assert seen_by(somebody((VAN_PHONG, Role.ADMIN), valid=ended))[0] is None


@pytest.mark.parametrize(
    ("unit", "role", "sees"),
    [
        (TAN_THANH, Role.FOCAL, True),
        (HUYEN, Role.FOCAL, True),  # the commune belongs to it
        (VU_LE, Role.FOCAL, False),
        (SO_Y_TE, Role.HEAD, False),
        (SO_Y_TE, Role.VIEWER, True),
        (SO_Y_TE, Role.ADMIN, True),
        (SO_Y_TE, Role.LEADER, True),
        (VAN_PHONG, Role.FOCAL, True),  # it monitors
    ],
)
def test_a_directive_is_seen_by_the_units_it_names_and_what_they_belong_to(unit: str, role: Role, sees: bool) -> None:
    found, situation = seen_by(somebody((unit, role)))
    assert found is not None
    assert found.sees(situation) is sees


def test_the_office_may_let_everybody_see_everything() -> None:
    found, situation = seen_by(somebody((SO_Y_TE, Role.FOCAL)), Visibility.OFFICE)
    assert found is not None
    assert found.sees(situation)


def test_a_ring_of_units_ends() -> None:
    _, situation = seen_by(somebody((THON, Role.FOCAL)))
    assert situation.rules.office.upwards(THON) == (THON,)
    assert situation.rules.office.upwards("khong-co") == ("khong-co",)
    assert concerned(situation) == {TAN_THANH, HUYEN, TINH, VAN_PHONG}
