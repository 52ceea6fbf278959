"""The shipped office: whoever is ordered, asked or told exists, is reachable, and outlives the reorganisations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from config.areas import Area, CalendarFile
from config.reading import configuration, read
from domain.office import Interval, Role
from tests.config.notice_text import CONFIG

DRAFT = read(CONFIG)
CONFIGURATION = configuration(DRAFT.areas, {placed.directive.code: placed.directive for placed in DRAFT.placed})
DIRECTIVES = CONFIGURATION.directives
OFFICE = CONFIGURATION.rules.office
UNITS = {unit.code: unit for unit in OFFICE.units}
GROUPS = {group.code: group for group in OFFICE.groups}
LEADS = {code for directive in DIRECTIVES.values() for code in directive.lead}
HELPERS = {code for directive in DIRECTIVES.values() for code in directive.coordinating}
MONITORS = {directive.monitor for directive in DIRECTIVES.values()}
TURNING_POINTS = [
    date(2024, 1, 1),
    date(2024, 4, 22),
    date(2024, 12, 31),
    date(2025, 2, 28),
    date(2025, 3, 1),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2026, 11, 1),
]


def test_every_code_a_directive_names_is_a_unit_or_a_group() -> None:
    assert (LEADS | HELPERS | MONITORS).issubset(UNITS.keys() | GROUPS.keys())
    assert not UNITS.keys() & GROUPS.keys()


def test_units_and_groups_name_units_that_exist() -> None:
    named = {unit.within for unit in OFFICE.units if unit.within}
    named |= {successor for unit in OFFICE.units for successor in unit.successors}
    named |= {member for group in OFFICE.groups for member in group.members}
    assert named <= UNITS.keys()
    assert all(group.members for group in OFFICE.groups)


def test_a_successor_begins_on_the_day_after_its_predecessor_ends() -> None:
    for unit in OFFICE.units:
        for code in unit.successors:
            assert unit.valid.to
            assert UNITS[code].valid.from_ == unit.valid.to + timedelta(days=1), (unit.code, code)


@pytest.mark.parametrize("day", TURNING_POINTS, ids=str)
def test_every_unit_ordered_asked_or_monitoring_has_somebody_responsible(day: date) -> None:
    for code in OFFICE.expand(tuple(sorted(LEADS | HELPERS | MONITORS)), day):
        assert OFFICE.responsible(code, day), code


@pytest.mark.parametrize("day", TURNING_POINTS[:6], ids=str)
def test_no_lead_means_nobody_while_the_district_lives(day: date) -> None:
    assert all(OFFICE.expand((code,), day) for code in LEADS | MONITORS)


def test_a_lead_of_a_dated_milestone_has_a_head_to_escalate_to() -> None:
    dated = {code for directive in DIRECTIVES.values() if directive.has_dates() for code in directive.lead}
    assert dated == {"ubnd-huyen-bac-son", "ubnd-xa-tan-thanh-bac-son"}
    assert all(OFFICE.holders(code, Role.HEAD, date(2024, 7, 1)) for code in dated | MONITORS)


def test_the_district_ends_and_six_communes_with_heads_follow() -> None:
    district = UNITS["ubnd-huyen-bac-son"]
    assert district.valid.to == date(2025, 6, 30)
    assert len(district.successors) == 6
    for code in district.successors:
        assert OFFICE.holders(code, Role.HEAD, date(2025, 7, 1))
        assert OFFICE.responsible(code, date(2025, 7, 1))


def test_the_commune_of_the_notice_is_not_the_one_that_bears_its_name_today() -> None:
    ordered, bearer = UNITS["ubnd-xa-tan-thanh-bac-son"], UNITS["ubnd-xa-tan-thanh-2025"]
    assert ordered.successors == ("ubnd-xa-nhat-hoa-2025",)
    assert [unit.code for unit in OFFICE.units if bearer.code in unit.successors] == ["ubnd-xa-tan-thanh-huu-lung"]
    assert bearer.code not in OFFICE.expand(tuple(GROUPS), date(2026, 1, 5))


def test_posts_are_held_within_the_life_of_their_unit() -> None:
    for person in OFFICE.people:
        for post in person.posts:
            assert _within(post.valid, UNITS[post.unit].valid), (person.code, post.unit)


def test_nobody_real_can_be_reached() -> None:
    for person in OFFICE.people:
        assert person.name.endswith("(minh hoạ)")
        assert (person.email or "").endswith(".example")
        assert (person.phone or "").startswith("8400000000")
        assert person.channels == ("email",)
    addresses = {person.email for person in OFFICE.people} | {person.phone for person in OFFICE.people}
    assert len(addresses) == 2 * len(OFFICE.people)
    assert not any(channel.sending for channel in CONFIGURATION.channels)


def test_a_leader_is_never_responsible_for_a_unit() -> None:
    leaders = [person for person in OFFICE.people if any(post.role is Role.LEADER for post in person.posts)]
    assert leaders
    assert all(len(person.posts) == 1 for person in leaders)


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
    ids=str,
)
def test_days_swapped_by_letter_come_out_swapped(off: date, worked: date) -> None:
    calendar = CONFIGURATION.rules.calendar
    assert (calendar.is_working(off), calendar.is_working(worked)) == (False, True)


def test_a_day_off_without_a_letter_is_worked_and_unconfirmed() -> None:
    calendar = CONFIGURATION.rules.calendar
    assert calendar.is_working(date(2026, 11, 24))
    assert not calendar.confirms(date(2026, 11, 24))


def test_every_line_of_the_calendar_until_then_says_who_decided_it() -> None:
    calendar = DRAFT.areas[Area.CALENDAR]
    assert isinstance(calendar, CalendarFile)
    assert all(line.source for line in calendar.days if line.day <= calendar.confirmed_through)


def _within(inner: Interval, outer: Interval) -> bool:
    begins = outer.from_ is None or (inner.from_ is not None and inner.from_ >= outer.from_)
    ends = outer.to is None or (inner.to is not None and inner.to <= outer.to)
    return begins and ends
