"""A year as people look at it: what each day is, how many are worked, and the reasons."""

from __future__ import annotations

from datetime import date

import pytest

from domain.lunar import year_name
from domain.workdays import Calendar, OutsideCalendarError, Special, days
from domain.workyear import Kind, kind, months, runs, span, specials
from tests.world import CALENDAR, day


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (1984, "Giáp Tý"),
        (2007, "Đinh Hợi"),
        (2024, "Giáp Thìn"),
        (2025, "Ất Tỵ"),
        (2026, "Bính Ngọ"),
        (2027, "Đinh Mùi"),
    ],
)
def test_lunar_years_have_names(year: int, name: str) -> None:
    assert year_name(year) == name


@pytest.mark.parametrize(("year", "worked"), [(2024, 251), (2025, 250), (2026, 250)])
def test_working_days_of_the_months_are_those_of_the_days(year: int, worked: int) -> None:
    found = months(CALENDAR, year)
    assert [month.number for month in found] == list(range(1, 13))
    for month in found:
        assert month.working_days == sum(CALENDAR.is_working(one) for one in days(month.first, month.last))
    assert sum(month.working_days for month in found) == worked


def test_the_first_month_of_the_calendar_is_counted_from_its_first_day() -> None:
    assert months(CALENDAR, CALENDAR.first.year)[0].working_days == 20  # 3/1/2005 is off in place of Saturday 1/1


def test_a_year_outside_the_calendar_is_refused() -> None:
    with pytest.raises(OutsideCalendarError):
        months(CALENDAR, CALENDAR.last.year + 1)


def test_weeks_run_from_monday_to_sunday() -> None:
    february = months(CALENDAR, 2024)[1]
    assert [len(week) for week in february.weeks] == [7] * 5
    assert february.weeks[0] == (None, None, None, *days(day("1/2/2024"), day("4/2/2024")))
    assert february.weeks[4] == (*days(day("26/2/2024"), day("29/2/2024")), None, None, None)
    assert [one for week in february.weeks for one in week if one] == list(days(february.first, february.last))


def test_a_month_that_ends_on_a_sunday_has_no_cell_too_many() -> None:
    assert months(CALENDAR, 2024)[5].weeks[-1] == tuple(days(day("24/6/2024"), day("30/6/2024")))


@pytest.mark.parametrize(
    ("one", "what"),
    [
        ("3/5/2024", Kind.WORKED),
        ("4/5/2024", Kind.MADE_UP),
        ("5/5/2024", Kind.WEEKEND),
        ("29/4/2024", Kind.OFF),
        ("10/2/2024", Kind.OFF),  # a Saturday, and mùng 1 Tết
        ("24/11/2026", Kind.WORKED),
    ],
)
def test_what_a_day_is(one: str, what: Kind) -> None:
    assert kind(CALENDAR, day(one)) is what


def told(year: int) -> list[tuple[str, str, bool]]:
    return [(span(run), run.name, run.works) for run in runs(CALENDAR, year)]


def test_the_year_2024_in_eight_lines() -> None:
    assert told(2024) == [
        ("01/01", "Tết Dương lịch", False),
        ("08–14/02", "Nghỉ Tết Giáp Thìn", False),
        ("18/4", "Giỗ Tổ Hùng Vương", False),
        ("29/4", "Nghỉ hoán đổi với ngày 04/5/2024", False),
        ("30/4", "Ngày Chiến thắng", False),
        ("01/5", "Ngày Quốc tế Lao động", False),
        ("04/5", "Làm bù cho ngày 29/4/2024", True),
        ("02–03/9", "Quốc khánh", False),
    ]


def test_a_holiday_known_but_worked_is_told() -> None:
    last = runs(CALENDAR, 2026)[-1]
    assert (span(last), last.works, last.confirmed) == ("24/11", True, False)


def test_tet_as_the_base_layer_counts_it_is_one_run_that_may_cross_a_month() -> None:
    (tet,) = [run for run in runs(CALENDAR, 2030) if run.name == "Tết Nguyên đán"]
    assert (span(tet), tet.confirmed) == ("31/01–06/02", False)


def test_a_working_day_between_parts_a_run() -> None:
    known = tuple(Special(date(2026, 6, one), works=False, name="nghỉ", source="1") for one in (9, 11, 12))
    calendar = Calendar("thử", date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31), known)
    assert [span(run) for run in runs(calendar, 2026)] == ["09/6", "11–12/6"]


def test_names_of_the_year_alone() -> None:
    assert {special.day.year for special in specials(CALENDAR, 2025)} == {2025}
    assert len(specials(CALENDAR, 2025)) == 14
