"""The working calendar: days off by law, days swapped by official letter, and counting over them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.workdays import Calendar, OutsideCalendarError, Roll, Special, days, layered
from tests.world import CALENDAR, day

ONE_DAY = timedelta(days=1)


# ---------------------------------------------------------------------------------------- the letters of the Government


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        ("29/4/2024", "4/5/2024"),  # 2450/VPCP-KGVX
        ("2/5/2025", "26/4/2025"),  # 8726/VPCP-KGVX
        ("2/1/2026", "10/1/2026"),  # 12729/VPCP-KGVX; the swap stands near the year's end
        ("31/8/2026", "22/8/2026"),  # 9859/VPCP-KGVX
    ],
)
def test_a_working_day_swapped_for_a_saturday(off: str, worked: str) -> None:
    assert day(off).weekday() < 5
    assert not CALENDAR.is_working(day(off))
    assert day(worked).weekday() == 5
    assert CALENDAR.is_working(day(worked))
    reason = CALENDAR.special(day(worked))
    assert reason is not None
    assert reason.works
    assert "VPCP-KGVX" in reason.source


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("8/2/2024", "14/2/2024"),
        ("25/1/2025", "2/2/2025"),
        ("14/2/2026", "22/2/2026"),
    ],
)
def test_nobody_works_at_tet_as_announced(first: str, last: str) -> None:
    assert not any(CALENDAR.is_working(one) for one in days(day(first), day(last)))
    assert CALENDAR.is_working(CALENDAR.add(day(last), 1))


@pytest.mark.parametrize("new_year", ["6/2/2027", "26/1/2028", "13/2/2029", "2/2/2030"])
def test_tet_of_years_without_a_letter_is_off_and_unconfirmed(new_year: str) -> None:
    first = day(new_year)
    assert not any(CALENDAR.is_working(one) for one in days(first - ONE_DAY, first + 2 * ONE_DAY))
    assert not CALENDAR.confirms(first)


@pytest.mark.parametrize(
    "off",
    [
        *("1/1/2024", "18/4/2024", "30/4/2024", "1/5/2024", "2/9/2024", "3/9/2024"),
        *("1/1/2025", "7/4/2025", "30/4/2025", "1/5/2025", "1/9/2025", "2/9/2025"),
        *("1/1/2026", "27/4/2026", "30/4/2026", "1/5/2026", "1/9/2026", "2/9/2026"),
    ],
)
def test_public_holidays_of_the_labour_code(off: str) -> None:
    assert not CALENDAR.is_working(day(off))
    assert CALENDAR.special(day(off)) is not None


def test_24_11_2026_is_worked_until_a_letter_says_otherwise_and_unconfirmed() -> None:
    assert CALENDAR.is_working(day("24/11/2026"))
    assert CALENDAR.confirms(day("23/11/2026"))
    assert not CALENDAR.confirms(day("24/11/2026"))


def test_years_before_the_first_letter_entered_rest_on_the_library_and_are_unconfirmed() -> None:
    assert not CALENDAR.is_working(day("29/4/2019"))  # swapped for Saturday 4/5/2019
    assert CALENDAR.is_working(day("4/5/2019"))
    assert not CALENDAR.confirms(day("31/12/2023"))
    assert CALENDAR.confirms(day("1/1/2024"))


@pytest.mark.parametrize(
    ("new_year", "first", "last", "back"),
    [
        ("10/2/2024", "8/2/2024", "14/2/2024", "15/2/2024"),  # 8662/VPCP-KGVX
        ("29/1/2025", "25/1/2025", "2/2/2025", "3/2/2025"),  # 8726/VPCP-KGVX
        ("17/2/2026", "14/2/2026", "22/2/2026", "23/2/2026"),  # 9859/VPCP-KGVX
    ],
)
def test_the_break_around_the_lunar_new_year(new_year: str, first: str, last: str, back: str) -> None:
    tet = CALENDAR.lunar_new_year(day(new_year).year)
    assert tet == day(new_year)
    assert CALENDAR.break_around(tet) == (day(first), day(last))
    assert CALENDAR.add(day(last), 1) == day(back)


@pytest.mark.parametrize("vietnamese", ["17/2/2007", "2/2/2030"])
def test_the_lunar_new_year_is_that_of_vietnam_a_day_before_the_chinese_one(vietnamese: str) -> None:
    assert CALENDAR.lunar_new_year(day(vietnamese).year) == day(vietnamese)


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


# ------------------------------------------------------------------------------------------------------------- counting


@pytest.mark.parametrize(("through", "counted"), [("28/6/2024", 47), ("30/9/2024", 111), ("31/12/2024", 177)])
def test_working_days_after_the_inspection_of_22_4_2024(through: str, counted: int) -> None:
    assert CALENDAR.working_days(day("22/4/2024"), day(through)) == counted
    assert CALENDAR.working_days(day(through), day("22/4/2024")) == -counted
    assert CALENDAR.add(day("22/4/2024"), counted) == day(through)


def test_the_first_day_is_not_counted_also_when_it_is_a_weekend() -> None:
    assert CALENDAR.add(day("28/6/2024"), 1) == day("1/7/2024")  # Friday → Monday
    assert CALENDAR.add(day("29/6/2024"), 1) == day("1/7/2024")  # Saturday → Monday
    assert CALENDAR.add(day("30/6/2024"), 1) == day("1/7/2024")  # Sunday → Monday
    assert CALENDAR.add(day("30/6/2024"), -1) == day("28/6/2024")
    assert CALENDAR.add(day("30/6/2024"), 0) == day("30/6/2024")


def test_adding_across_a_swap_and_a_year() -> None:
    assert CALENDAR.add(day("26/4/2024"), 3) == day("4/5/2024")  # 2/5, 3/5, and Saturday 4/5
    assert CALENDAR.add(day("31/12/2025"), 1) == day("5/1/2026")  # 1/1 holiday, 2/1 swapped, weekend
    assert CALENDAR.add(day("5/1/2026"), 5) == day("10/1/2026")  # Saturday, worked for 2/1


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


@pytest.mark.parametrize(
    ("roll", "ended"), [(Roll.NONE, "30/6/2024"), (Roll.PREVIOUS, "28/6/2024"), (Roll.NEXT, "1/7/2024")]
)
def test_sunday_30_6_2024_rolled(roll: Roll, ended: str) -> None:
    assert CALENDAR.roll(day("30/6/2024"), roll) == day(ended)


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


# -------------------------------------------------------------------------- a second calendar, walked one day at a time

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
some_days = st.dates(FIRST, LAST)
a_day_inside = st.dates(date(2024, 7, 1), date(2026, 6, 30))
some_specials = st.dictionaries(some_days, st.booleans(), max_size=40)


def built(specials: dict[date, bool]) -> Calendar:
    known = tuple(Special(one, works=works, name="", source="") for one, works in specials.items())
    return Calendar("thử", FIRST, LAST, LAST, known)


def naive_works(specials: dict[date, bool], one: date) -> bool:
    return specials.get(one, one.weekday() not in (5, 6))


def naive_add(specials: dict[date, bool], start: date, number: int) -> date:
    step = ONE_DAY if number > 0 else -ONE_DAY
    left = abs(number)
    while left:
        start += step
        left -= naive_works(specials, start)
    return start


def naive_count(specials: dict[date, bool], after: date, through: date) -> int:
    if through < after:
        return -naive_count(specials, through, after)
    counted = 0
    while after < through:
        after += ONE_DAY
        counted += naive_works(specials, after)
    return counted


@settings(max_examples=300, deadline=None)
@given(some_specials, a_day_inside, st.integers(-90, 90))
def test_add_agrees_with_walking(specials: dict[date, bool], start: date, number: int) -> None:
    assert built(specials).add(start, number) == naive_add(specials, start, number)


@settings(max_examples=300, deadline=None)
@given(some_specials, some_days, some_days)
def test_counting_agrees_with_walking(specials: dict[date, bool], after: date, through: date) -> None:
    assert built(specials).working_days(after, through) == naive_count(specials, after, through)


@settings(max_examples=300, deadline=None)
@given(some_specials, a_day_inside)
def test_roll_agrees_with_walking_and_stays_where_it_ended(specials: dict[date, bool], start: date) -> None:
    calendar = built(specials)
    for how, step in ((Roll.NEXT, ONE_DAY), (Roll.PREVIOUS, -ONE_DAY)):
        expected = start
        while not naive_works(specials, expected):
            expected += step
        assert calendar.roll(start, how) == expected
        assert calendar.roll(expected, how) == expected


@settings(max_examples=1000, deadline=None)
@given(a_day_inside, st.integers(1, 60), st.integers(1, 60))
def test_there_and_back_and_further_is_later(start: date, number: int, more: int) -> None:
    there = CALENDAR.add(start, number)
    back = CALENDAR.add(there, -number)
    assert back <= start
    assert back == start or CALENDAR.is_working(back)
    assert CALENDAR.add(start, number + more) > there


@settings(max_examples=1000, deadline=None)
@given(some_days, some_days, some_days)
def test_spans_add_up(first: date, second: date, third: date) -> None:
    both = CALENDAR.working_days(first, second) + CALENDAR.working_days(second, third)
    assert CALENDAR.working_days(first, third) == both
