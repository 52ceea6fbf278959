"""The shipped working calendar against the letters of the Government and the sky: what must come out right."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import holidays
import pytest

from config.areas import CalendarDay, CalendarFile
from config.daysoff import days_off
from domain.due import Due, DueSpec, Reading, resolve
from domain.standing import Official
from domain.workdays import Calendar, OutsideCalendarError, Roll, days
from tests.config.moon import lunar_new_year
from tests.world import CALENDAR, day, instant, on, standing

READING = Reading(closing=time(17))
ONE_DAY = timedelta(days=1)


def due(written: dict[str, Any], received: str = "1/1/2024", calendar: Calendar = CALENDAR) -> Due:
    spec = DueSpec.model_validate({"phrase": "…", **written})
    found = resolve(spec, calendar, READING, {"received": day(received)})
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------------------- swapped days


@pytest.mark.parametrize(
    ("off", "worked", "letter"),
    [
        ("29/4/2024", "4/5/2024", "2450/VPCP-KGVX"),
        ("2/5/2025", "26/4/2025", "8726/VPCP-KGVX"),
        ("2/1/2026", "10/1/2026", "12729/VPCP-KGVX"),
        ("31/8/2026", "22/8/2026", "9859/VPCP-KGVX"),
    ],
)
def test_a_working_day_swapped_for_a_saturday_by_letter(off: str, worked: str, letter: str) -> None:
    assert (day(off).weekday() < 5, day(worked).weekday()) == (True, 5)
    assert (CALENDAR.is_working(day(off)), CALENDAR.is_working(day(worked))) == (False, True)
    for one in (off, worked):
        reason = CALENDAR.special(day(one))
        assert reason is not None
        assert reason.source.startswith(letter)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_of_those_years_no_other_weekend_day_is_worked(year: int) -> None:
    whole = days(date(year, 1, 1), date(year, 12, 31))
    worked = [f"{one.day}/{one.month}" for one in whole if one.weekday() > 4 and CALENDAR.is_working(one)]
    assert worked == {2024: ["4/5"], 2025: ["26/4"], 2026: ["10/1", "22/8"]}[year]


@pytest.mark.parametrize(
    ("year", "off"),
    [
        (2024, "1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9"),
        (2025, "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9"),
        (2026, "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9"),
    ],
)
def test_the_weekdays_off_are_those_announced_and_no_other(year: int, off: str) -> None:
    whole = days(date(year, 1, 1), date(year, 12, 31))
    found = [f"{one.day}/{one.month}" for one in whole if one.weekday() < 5 and not CALENDAR.is_working(one)]
    assert found == off.split()


def test_24_11_2026_is_worked_until_a_letter_says_otherwise_and_unconfirmed() -> None:
    assert CALENDAR.is_working(day("24/11/2026"))
    assert CALENDAR.confirms(day("23/11/2026"))
    assert not CALENDAR.confirms(day("24/11/2026"))


def test_years_before_the_first_letter_entered_rest_on_the_library_and_are_unconfirmed() -> None:
    assert not CALENDAR.is_working(day("29/4/2019"))  # swapped for Saturday 4/5/2019
    assert CALENDAR.is_working(day("4/5/2019"))
    assert not CALENDAR.confirms(day("31/12/2023"))
    assert CALENDAR.confirms(day("1/1/2024"))


# ---------------------------------------------------------------------------------------------------------------- Tết


@pytest.mark.parametrize(
    "new_year", ["10/2/2024", "29/1/2025", "17/2/2026", "6/2/2027", "26/1/2028", "13/2/2029", "2/2/2030"]
)
def test_mung_1_tet_from_2024_to_2030(new_year: str) -> None:
    first = day(new_year)
    named = holidays.country_holidays("VN", years=first.year, language="vi").get_named("Tết Nguyên Đán", lookup="exact")
    assert CALENDAR.lunar_new_year(first.year) == first
    assert named == [first]
    assert lunar_new_year(first.year) == first
    assert not any(CALENDAR.is_working(one) for one in days(first - ONE_DAY, first + 2 * ONE_DAY))
    assert CALENDAR.confirms(first) == (first.year <= 2026)


def test_every_tet_of_the_calendar_is_that_of_the_moon_over_ha_noi() -> None:
    years = range(CALENDAR.first.year, CALENDAR.last.year + 1)
    assert [CALENDAR.lunar_new_year(year) for year in years] == [lunar_new_year(year) for year in years]


@pytest.mark.parametrize(
    ("year", "hanoi"),
    [(1985, "21/1/1985"), (2007, "17/2/2007"), (2030, "2/2/2030"), (2034, "19/2/2034"), (2053, "18/2/2053")],
)
def test_the_reckoning_of_moons_knows_the_years_that_differ_from_beijing_and_the_leap_eleventh_month(
    year: int, hanoi: str
) -> None:
    assert lunar_new_year(year) == day(hanoi)


@pytest.mark.parametrize(
    ("new_year", "first", "last", "back"),
    [
        ("10/2/2024", "8/2/2024", "14/2/2024", "15/2/2024"),  # 8662/VPCP-KGVX
        ("29/1/2025", "25/1/2025", "2/2/2025", "3/2/2025"),  # 8726/VPCP-KGVX
        ("17/2/2026", "14/2/2026", "22/2/2026", "23/2/2026"),  # 9859/VPCP-KGVX
    ],
)
def test_the_break_around_tet_as_announced(new_year: str, first: str, last: str, back: str) -> None:
    assert CALENDAR.break_around(day(new_year)) == (day(first), day(last))
    assert CALENDAR.add(day(last), 1) == day(back)


# ------------------------------------------------------------------------------------------------------------ counting


@pytest.mark.parametrize(
    ("roll", "ended", "safe"),
    [
        (Roll.NONE, "30/6/2024", "28/6/2024 17:00"),
        (Roll.PREVIOUS, "28/6/2024", "28/6/2024 17:00"),
        (Roll.NEXT, "1/7/2024", "1/7/2024 17:00"),
    ],
)
def test_sunday_30_6_2024_rolled(roll: Roll, ended: str, safe: str) -> None:
    assert CALENDAR.roll(day("30/6/2024"), roll) == day(ended)
    found = due({"date": "2024-06-30", "roll": roll})
    assert (found.nominal, found.safe_due) == (day(ended), instant(safe))


@pytest.mark.parametrize(("through", "counted"), [("28/6/2024", 47), ("30/9/2024", 111), ("31/12/2024", 177)])
def test_working_days_after_the_start_day_22_4_2024(through: str, counted: int) -> None:
    assert CALENDAR.working_days(day("22/4/2024"), day(through)) == counted
    assert CALENDAR.working_days(day(through), day("22/4/2024")) == -counted
    assert CALENDAR.add(day("22/4/2024"), counted) == day(through)
    assert due({"within": {"working_days": counted, "of": "received"}}, "22/4/2024").nominal == day(through)


@pytest.mark.parametrize(
    ("start", "number", "ended"),
    [
        ("28/6/2024", 1, "1/7/2024"),  # a Friday
        ("29/6/2024", 1, "1/7/2024"),  # a Saturday
        ("30/6/2024", 1, "1/7/2024"),  # a Sunday
        ("29/6/2024", 5, "5/7/2024"),
        ("30/6/2024", -1, "28/6/2024"),
        ("29/6/2024", -1, "28/6/2024"),
        ("30/6/2024", 0, "30/6/2024"),
        ("27/4/2024", 1, "2/5/2024"),  # a Saturday before five days off
        ("4/5/2024", 1, "6/5/2024"),  # a Saturday that is worked
        ("26/4/2024", 3, "4/5/2024"),
        ("31/12/2025", 1, "5/1/2026"),  # 1/1 holiday, 2/1 swapped, a weekend
        ("5/1/2026", 5, "10/1/2026"),  # Saturday, worked for 2/1
        ("14/2/2026", 1, "23/2/2026"),  # the first day of Tết
    ],
)
def test_from_weekends_and_over_swaps(start: str, number: int, ended: str) -> None:
    assert CALENDAR.add(day(start), number) == day(ended)


@pytest.mark.parametrize(
    ("length", "start", "end", "nominal"),
    [
        ({"months": 1}, "31/1/2024", "29/2/2024", "29/2/2024"),
        ({"months": 1}, "30/1/2024", "29/2/2024", "29/2/2024"),
        ({"months": 1}, "31/1/2025", "28/2/2025", "28/2/2025"),
        ({"months": 1}, "29/2/2024", "29/3/2024", "29/3/2024"),  # the day of the month, not its end
        ({"months": 1}, "31/3/2024", "30/4/2024", "2/5/2024"),
        ({"months": 1}, "31/5/2024", "30/6/2024", "1/7/2024"),
        ({"months": 1}, "31/10/2024", "30/11/2024", "2/12/2024"),
        ({"months": 2}, "31/1/2024", "31/3/2024", "1/4/2024"),  # two at once, not one after the other
        ({"months": 2}, "31/12/2024", "28/2/2025", "28/2/2025"),
        ({"months": 3}, "30/11/2024", "28/2/2025", "28/2/2025"),
        ({"months": 6}, "31/8/2024", "28/2/2025", "28/2/2025"),
        ({"months": 12}, "29/2/2024", "28/2/2025", "28/2/2025"),
        ({"years": 1}, "29/2/2024", "28/2/2025", "28/2/2025"),
        ({"years": 4}, "29/2/2024", "29/2/2028", "29/2/2028"),
        ({"weeks": 2}, "3/6/2024", "17/6/2024", "17/6/2024"),
        ({"days": 30}, "1/8/2024", "31/8/2024", "4/9/2024"),
        ({"months": 1, "before": True}, "31/3/2024", "29/2/2024", "29/2/2024"),
        ({"months": 1, "before": True}, "30/3/2025", "28/2/2025", "28/2/2025"),
        ({"months": 1, "before": True}, "31/7/2024", "30/6/2024", "30/6/2024"),  # counted back it is not rolled
        ({"years": 1, "before": True}, "29/2/2024", "28/2/2023", "28/2/2023"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(f"{key}={one}" for key, one in value.items()),
)
def test_month_end_arithmetic(length: dict[str, Any], start: str, end: str, nominal: str) -> None:
    written = {"within": {**length, "of": "received"}}
    assert due({**written, "roll": "none"}, start).nominal == day(end)
    assert due(written, start).nominal == day(nominal)


# -------------------------------------------------------------------------------------------- swaps that cross the year


def crossing(first: date, last: date) -> Calendar:
    """Tuesday 31/12/2024 off, Saturday 4/1/2025 worked for it; each line only where the calendar has its day."""
    lines = [
        CalendarDay(day=date(2024, 12, 31), works=False, name="Nghỉ hoán đổi với ngày 04/01/2025", source="thử"),
        CalendarDay(day=date(2025, 1, 4), works=True, name="Làm bù cho ngày 31/12/2024", source="thử"),
    ]
    kept = tuple(line for line in lines if first <= line.day <= last)
    return CalendarFile(version="thử", first=first, last=last, confirmed_through=last, days=kept).calendar()


def test_a_swap_that_crosses_the_year() -> None:
    calendar = crossing(date(2024, 1, 1), date(2025, 12, 31))
    assert [one.day for one in days(day("28/12/2024"), day("6/1/2025")) if calendar.is_working(one)] == [30, 2, 3, 4, 6]
    assert calendar.working_days(day("30/12/2024"), day("6/1/2025")) == 4
    assert calendar.add(day("30/12/2024"), 3) == day("4/1/2025")
    assert calendar.add(day("4/1/2025"), -3) == day("30/12/2024")
    assert due({"within": {"days": 1, "of": "received"}}, "30/12/2024", calendar).nominal == day("2/1/2025")


def test_each_half_of_it_holds_in_a_calendar_of_its_year_alone() -> None:
    assert not crossing(date(2024, 1, 1), date(2024, 12, 31)).is_working(day("31/12/2024"))
    assert crossing(date(2025, 1, 1), date(2025, 12, 31)).is_working(day("4/1/2025"))


@pytest.mark.parametrize(("off", "worked"), [("2/1/2015", "27/12/2014"), ("31/12/2018", "5/1/2019")])
def test_the_swaps_that_once_crossed_the_year_are_known(off: str, worked: str) -> None:
    assert (CALENDAR.is_working(day(off)), CALENDAR.is_working(day(worked))) == (False, True)


# --------------------------------------------------------------------------------------------------- order of questions


def test_the_order_of_questions_does_not_matter() -> None:
    """The package fills in a year when one of its days is first asked for; the table does not."""
    whole = list(days(CALENDAR.first, CALENDAR.last))
    shuffled = Random(29).sample(whole, len(whole))
    asked_anyhow = {one: (CALENDAR.is_working(one), CALENDAR.special(one)) for one in shuffled}
    assert [asked_anyhow[one] for one in whole] == [(CALENDAR.is_working(one), CALENDAR.special(one)) for one in whole]


@pytest.mark.parametrize("year", [2014, 2015, 2018, 2019, 2024, 2025, 2026])
def test_a_year_read_alone_has_the_days_off_it_has_among_others(year: int) -> None:
    alone, among = days_off(year, year), days_off(CALENDAR.first.year, CALENDAR.last.year)
    assert [one for one in alone.specials if one.day.year == year] == [
        one for one in among.specials if one.day.year == year
    ]


# --------------------------------------------------------------------------------------------------- how far it is sure


@pytest.mark.parametrize(
    ("written", "unconfirmed"),
    [("2023-12-31", True), ("2024-01-01", False), ("2026-11-23", False), ("2026-11-24", True), ("2027-02-06", True)],
)
def test_a_due_beyond_the_confirmed_calendar_is_flagged_and_computed(written: str, unconfirmed: bool) -> None:
    found = due({"date": written})
    assert (found.nominal, found.unconfirmed) == (date.fromisoformat(written), unconfirmed)


def test_a_period_that_runs_out_of_the_confirmed_calendar_is_flagged() -> None:
    within = {"within": {"working_days": 5, "of": "received"}}
    assert (due(within, "16/11/2026").nominal, due(within, "16/11/2026").unconfirmed) == (day("23/11/2026"), False)
    assert (due(within, "17/11/2026").nominal, due(within, "17/11/2026").unconfirmed) == (day("24/11/2026"), True)


@pytest.mark.parametrize("written", ["2004-12-31", "2036-01-01"])
def test_a_day_that_nobody_entered_is_refused_not_guessed(written: str) -> None:
    with pytest.raises(OutsideCalendarError, match="nằm ngoài lịch làm việc 2005-2035"):
        due({"date": written})


# --------------------------------------------------------------------------------------------------- the end of the day


def test_the_due_day_ends_at_17_00_of_utc() -> None:
    found = due({"date": "2024-09-30"})
    assert found.overdue_after == datetime(2024, 9, 30, 17, tzinfo=UTC)
    assert found.overdue_after.isoformat() == "2024-10-01T00:00:00+07:00"
    assert instant("30/9/2024 23:59:59.999") < found.overdue_after == instant("1/10/2024 00:00")


@pytest.mark.parametrize(
    ("moment", "official"),
    [
        ("2024-09-30T23:59:59.999+07:00", Official.OPEN_IN_TIME),
        ("2024-09-30T16:59:59.999999+00:00", Official.OPEN_IN_TIME),
        ("2024-10-01T00:00:00+07:00", Official.OPEN_OVERDUE),
        ("2024-09-30T17:00:00+00:00", Official.OPEN_OVERDUE),
        ("2024-09-30T13:00:00-04:00", Official.OPEN_OVERDUE),
    ],
)
def test_forty_percent_of_30_9_2024_is_late_from_the_first_instant_of_october(moment: str, official: Official) -> None:
    local = datetime.fromisoformat(moment).astimezone(instant("1/1/2024").tzinfo)
    assert standing(on(f"{local:%d/%m/%Y %H:%M:%S.%f}"), "giai-ngan-40").official is official
