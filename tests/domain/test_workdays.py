"""The working calendar: what a day is, counting over days, and its ends; the days of the shipped one: tests/config."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.workdays import Calendar, OutsideCalendarError, Roll, Special, days, layered
from tests.domain.naive import Fingers
from tests.world import CALENDAR, day


def test_every_year_of_the_calendar_has_a_lunar_new_year_and_others_have_none() -> None:
    years = range(CALENDAR.first.year, CALENDAR.last.year + 1)
    assert [tet.year for year in years if (tet := CALENDAR.lunar_new_year(year))] == list(years)
    assert CALENDAR.lunar_new_year(CALENDAR.last.year + 1) is None


def test_a_weekend_is_a_break_and_a_worked_day_is_none() -> None:
    assert CALENDAR.break_around(day("15/6/2024")) == (day("15/6/2024"), day("16/6/2024"))
    assert CALENDAR.break_around(day("4/5/2024")) == (day("5/5/2024"), day("3/5/2024"))  # a Saturday, worked


def test_an_ordinary_week() -> None:
    week = [CALENDAR.is_working(one) for one in days(day("10/6/2024"), day("16/6/2024"))]
    assert week == [True] * 5 + [False] * 2
    assert CALENDAR.special(day("15/6/2024")) is None


def test_a_swap_may_cross_the_year_and_the_order_of_questions_does_not_matter() -> None:
    swap = (
        Special(date(2025, 12, 27), works=True, name="làm bù", source="thử"),
        Special(date(2026, 1, 1), works=False, name="Tết Dương lịch", source=""),
        Special(date(2026, 1, 2), works=False, name="hoán đổi", source="thử"),
    )
    calendar = Calendar("thử", date(2025, 1, 1), date(2026, 12, 31), date(2026, 12, 31), swap)
    asked = [day("2/1/2026"), day("27/12/2025"), day("29/12/2025")]
    assert [calendar.is_working(one) for one in asked] == [False, True, True]
    assert [calendar.is_working(one) for one in reversed(asked)] == [True, True, False]
    assert calendar.working_days(day("26/12/2025"), day("5/1/2026")) == 5  # 27, 29, 30, 31/12 and 5/1


# ------------------------------------------------------------------------------------------------------- the ends of it


@pytest.mark.parametrize("outside", ["31/12/2004", "1/1/2036"])
def test_a_year_that_nobody_entered_is_refused_by_name(outside: str) -> None:
    with pytest.raises(OutsideCalendarError, match=r"lịch làm việc 2005-2035; hãy bổ sung năm này"):
        CALENDAR.is_working(day(outside))
    with pytest.raises(OutsideCalendarError):
        CALENDAR.roll(day(outside), Roll.PREVIOUS)


def test_running_off_either_end_names_the_first_day_that_is_missing() -> None:
    with pytest.raises(OutsideCalendarError, match="ngày 01/01/2036 nằm ngoài"):
        CALENDAR.add(day("30/12/2035"), 3)
    with pytest.raises(OutsideCalendarError, match="ngày 31/12/2004 nằm ngoài"):
        CALENDAR.add(day("4/1/2005"), -1)


def test_the_first_and_last_days_belong_to_it() -> None:
    assert not CALENDAR.is_working(CALENDAR.first)
    assert CALENDAR.is_working(CALENDAR.last)


def test_the_offices_own_line_wins_over_the_library() -> None:
    saturday, monday = date(2024, 5, 4), date(2024, 4, 29)
    base = [
        Special(saturday, works=False, name="nghỉ", source=""),
        Special(monday, works=False, name="nghỉ", source=""),
    ]
    above = [Special(saturday, works=True, name="làm bù", source="2450/VPCP-KGVX")]
    merged = layered(base, above)
    assert [(one.day, one.works) for one in merged] == [(monday, False), (saturday, True)]


# -------------------------------------------------------------------------- any calendar, walked one day at a time

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
some_days = st.dates(FIRST, LAST)
a_day_inside = st.dates(date(2024, 7, 1), date(2026, 6, 30))
some_specials = st.dictionaries(some_days, st.booleans(), max_size=40)


def both(specials: dict[date, bool]) -> tuple[Calendar, Fingers]:
    known = tuple(Special(one, works=works, name="", source="") for one, works in specials.items())
    ticked = frozenset(one for one in days(FIRST, LAST) if specials.get(one, one.weekday() not in (5, 6)))
    return Calendar("thử", FIRST, LAST, LAST, known), Fingers(FIRST, LAST, ticked, FIRST, LAST)


@settings(max_examples=300, deadline=None)
@given(some_specials, a_day_inside, st.integers(-90, 90))
def test_add_agrees_with_walking(specials: dict[date, bool], start: date, number: int) -> None:
    calendar, fingers = both(specials)
    assert calendar.add(start, number) == fingers.added(start, number)


@settings(max_examples=300, deadline=None)
@given(some_specials, some_days, some_days)
def test_counting_agrees_with_walking(specials: dict[date, bool], after: date, through: date) -> None:
    calendar, fingers = both(specials)
    assert calendar.working_days(after, through) == fingers.counted(after, through)


@settings(max_examples=300, deadline=None)
@given(some_specials, a_day_inside, st.sampled_from(list(Roll)))
def test_roll_agrees_with_walking(specials: dict[date, bool], start: date, how: Roll) -> None:
    calendar, fingers = both(specials)
    assert calendar.roll(start, how) == fingers.rolled(start, how.value)
