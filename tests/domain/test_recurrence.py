"""Days that come again, against an independent reading of the same rule: python-dateutil's, and day by day."""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Any

import pytest
from dateutil.rrule import rruleset, rrulestr  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.recurrence import LAST, Frequency, Recurrence
from domain.workdays import days
from tests.world import day


def every(frequency: str, *on: int, **fields: object) -> Recurrence:
    return Recurrence.model_validate({"every": frequency, "days": on, **fields})


def yearly(*dates: str, **fields: object) -> Recurrence:
    return Recurrence.model_validate({"every": "year", "dates": dates, **fields})


def within(recurrence: Recurrence, first: str, last: str) -> list[date]:
    return list(recurrence.occurrences(day(first), day(last)))


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        (every("month", 20), ["20/5/2024", "20/6/2024", "20/7/2024"]),
        (every("month", 25, 10), ["10/5/2024", "25/5/2024", "10/6/2024", "25/6/2024", "10/7/2024", "25/7/2024"]),
        (every("month", 31), ["31/5/2024", "30/6/2024", "31/7/2024"]),
        (every("month", 30, 31), ["30/5/2024", "31/5/2024", "30/6/2024", "30/7/2024", "31/7/2024"]),
        (every("month", LAST), ["31/5/2024", "30/6/2024", "31/7/2024"]),
        (every("quarter", 25), ["25/6/2024"]),
        (every("quarter", 31), ["30/6/2024"]),
        (every("half", 14), ["14/6/2024"]),
        (yearly("12-05", "06-05"), ["05/6/2024"]),
        (every("month", 20, starts="2024-05-21"), ["20/6/2024", "20/7/2024"]),
        (every("month", 20, starts="2024-05-20", until="2024-06-20"), ["20/5/2024", "20/6/2024"]),
        (every("month", 20, until="2024-04-30"), []),
    ],
)
def test_written_days_from_may_to_july_2024(recurrence: Recurrence, expected: list[str]) -> None:
    assert within(recurrence, "1/5/2024", "31/7/2024") == [day(one) for one in expected]


def test_weeks_and_days() -> None:
    assert within(every("week", 5, 1), "1/5/2024", "13/5/2024") == [
        day("3/5/2024"),
        day("6/5/2024"),
        day("10/5/2024"),
        day("13/5/2024"),
    ]
    assert within(every("week", 7), "5/5/2024", "12/5/2024") == [day("5/5/2024"), day("12/5/2024")]
    assert within(every("day"), "30/4/2024", "2/5/2024") == [day("30/4/2024"), day("1/5/2024"), day("2/5/2024")]


def test_29_february_is_the_28th_in_a_common_year() -> None:
    assert within(yearly("02-29"), "1/1/2023", "31/12/2025") == [day("28/2/2023"), day("29/2/2024"), day("28/2/2025")]


def test_the_last_day_there_is_can_be_reached() -> None:
    assert list(every("week", 5, 7).occurrences(date(9999, 12, 27), date.max)) == [date.max]
    assert list(every("month", LAST).occurrences(date.max, date.max)) == [date.max]
    assert list(every("week", 1).occurrences(date.min, date.min)) == [date.min]


# ---------------------------------------------------------------------------------------------------- rules in RFC 5545


@pytest.mark.parametrize(
    ("recurrence", "rule"),
    [
        (every("day"), "FREQ=DAILY"),
        (every("week", 1), "FREQ=WEEKLY;BYDAY=MO"),
        (every("week", 7, 3), "FREQ=WEEKLY;BYDAY=WE,SU"),
        (every("month", 20), "FREQ=MONTHLY;BYMONTHDAY=20"),
        (every("month", 25, 10), "FREQ=MONTHLY;BYMONTHDAY=10,25"),
        (every("month", LAST, 15), "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
        (every("month", 29), "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
        (every("month", 31, 10), "FREQ=MONTHLY;BYMONTHDAY=-1\nFREQ=MONTHLY;BYMONTHDAY=10"),
        (every("quarter", 25), "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"),
        (every("quarter", 31), "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        (every("half", 14), "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=14"),
        (yearly("12-05", "06-05"), "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=5"),
        (yearly("06-14", "12-15"), "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15\nFREQ=YEARLY;BYMONTH=6;BYMONTHDAY=14"),
        (yearly("02-29"), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        (every("month", 20, until="2024-12-31"), "FREQ=MONTHLY;BYMONTHDAY=20;UNTIL=20241231"),
    ],
)
def test_the_rule_as_calendars_exchange_it(recurrence: Recurrence, rule: str) -> None:
    assert recurrence.rrule() == rule


_DATES = st.dates(date(1999, 1, 1), date(2101, 12, 31))
_MONTH_DAYS = st.lists(st.sampled_from([LAST, *range(1, 32)]), min_size=1, max_size=4, unique=True)
_YEAR_DAYS = st.lists(
    st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda one: f"{one:%m-%d}"), min_size=1, max_size=4, unique=True
)


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    frequency = draw(st.sampled_from(Frequency))
    fields: dict[str, Any] = {"every": frequency}
    if frequency is Frequency.YEAR:
        fields["dates"] = tuple(draw(_YEAR_DAYS))
    elif frequency is Frequency.WEEK:
        fields["days"] = tuple(draw(st.lists(st.integers(1, 7), min_size=1, unique=True)))
    elif frequency is not Frequency.DAY:
        fields["days"] = tuple(draw(_MONTH_DAYS))
    bounds = sorted([draw(_DATES), draw(_DATES)])
    fields["starts"], fields["until"] = draw(st.sampled_from([(None, None), tuple(bounds), (bounds[0], None)]))
    return Recurrence(**fields)


@settings(max_examples=300, deadline=None)
@given(recurrences(), _DATES, st.integers(0, 1500))
def test_the_days_are_those_of_the_rule_as_dateutil_reads_it(recurrence: Recurrence, first: date, span: int) -> None:
    last = first + timedelta(days=span)
    begins = max(first, recurrence.starts or first)
    whole = rruleset()
    for line in recurrence.rrule().splitlines():
        whole.rrule(rrulestr(line, dtstart=datetime.combine(begins, datetime.min.time())))
    ends = datetime.combine(last, datetime.min.time())
    expected = [one.date() for one in whole.between(datetime.combine(begins, datetime.min.time()), ends, inc=True)]
    assert list(recurrence.occurrences(first, last)) == expected


@settings(max_examples=200, deadline=None)
@given(recurrences(), _DATES, st.integers(0, 800))
def test_the_days_are_those_of_which_the_words_are_true(recurrence: Recurrence, first: date, span: int) -> None:
    last = first + timedelta(days=span)
    expected = [one for one in days(first, last) if _comes_again(recurrence, one)]
    assert list(recurrence.occurrences(first, last)) == expected


def _comes_again(recurrence: Recurrence, one: date) -> bool:
    """Asked of each day by itself, without any stepping."""
    if one < (recurrence.starts or one) or one > (recurrence.until or one):
        return False
    ends = one.day == months.monthrange(one.year, one.month)[1]
    if recurrence.every is Frequency.DAY:
        return True
    if recurrence.every is Frequency.WEEK:
        return one.isoweekday() in recurrence.days
    if recurrence.every is Frequency.YEAR:
        return f"{one:%m-%d}" in recurrence.dates or (
            ends and f"{one:%m-%d}" == "02-28" and "02-29" in recurrence.dates
        )
    last_months = {Frequency.MONTH: range(1, 13), Frequency.QUARTER: (3, 6, 9, 12), Frequency.HALF: (6, 12)}
    if one.month not in last_months[recurrence.every]:
        return False
    return one.day in recurrence.days or (ends and any(day == LAST or day > one.day for day in recurrence.days))


def test_a_hundred_years_of_days_take_no_time() -> None:
    begun = perf_counter()
    assert len(list(every("day").occurrences(date(2000, 1, 1), date(2100, 12, 31)))) == 36890
    assert perf_counter() - begun < 1


# ---------------------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("recurrence", "said"),
    [
        (every("day"), "hằng ngày"),
        (every("week", 1), "thứ Hai hằng tuần"),
        (every("week", 7, 5), "thứ Sáu và Chủ nhật hằng tuần"),
        (every("month", 20), "ngày 20 hằng tháng"),
        (every("month", 25, 5), "ngày 05 và ngày 25 hằng tháng"),
        (every("month", 25, 5, 15), "ngày 05, ngày 15 và ngày 25 hằng tháng"),
        (every("month", LAST), "ngày cuối cùng hằng tháng"),
        (every("month", 31), "ngày 31 hằng tháng (tháng thiếu ngày thì lấy ngày cuối tháng)"),
        (every("quarter", 25), "ngày 25 của tháng cuối quý"),
        (every("quarter", 31), "ngày 31 của tháng cuối quý (tháng thiếu ngày thì lấy ngày cuối tháng)"),
        (every("quarter", 30, LAST), "ngày 30 và ngày cuối cùng của tháng cuối quý"),
        (every("half", 14), "ngày 14/6 và 14/12 hằng năm"),
        (every("half", LAST), "ngày 30/6 và 31/12 hằng năm"),
        (every("half", LAST, 31), "ngày 30/6 và 31/12 hằng năm"),
        (yearly("12-05", "06-05"), "ngày 05/6 và 05/12 hằng năm"),
        (yearly("02-29"), "ngày 29/02 (năm không nhuận: 28/02) hằng năm"),
        (
            every("month", 20, starts="2024-05-01", until="2024-12-31"),
            "ngày 20 hằng tháng, từ ngày 01/5/2024, đến hết ngày 31/12/2024",
        ),
    ],
)
def test_the_days_in_words(recurrence: Recurrence, said: str) -> None:
    assert recurrence.said() == said


# ------------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"every": "month"}, "every: month cần ít nhất một ngày ở days"),
        ({"every": "year"}, "every: year cần ít nhất một ngày ở dates"),
        ({"every": "day", "days": [1]}, "every: day không có days"),
        ({"every": "year", "days": [5]}, "every: year ghi ngày ở dates"),
        ({"every": "month", "dates": ["06-05"]}, "dates chỉ dùng với every: year"),
        ({"every": "month", "days": [0]}, "không có ngày 0"),
        ({"every": "month", "days": [32]}, "không có ngày 32; every: month cần ngày từ 1 đến 31"),
        ({"every": "month", "days": [-2]}, "không có ngày -2"),
        ({"every": "week", "days": [8]}, "không có ngày 8; every: week cần thứ trong tuần từ 1"),
        ({"every": "week", "days": [-1]}, "không có ngày -1"),
        ({"every": "year", "dates": ["02-30"]}, "không có ngày “02-30”"),
        ({"every": "year", "dates": ["05/6"]}, "cần tháng-ngày có thật, ví dụ 06-05"),
        ({"every": "year", "dates": ["13-01"]}, "không có ngày “13-01”"),
        ({"every": "month", "days": [20, 20]}, "trùng ngày 20"),
        ({"every": "year", "dates": ["06-05", "06-05"]}, "trùng ngày 06-05"),
        (
            {"every": "month", "days": [20], "starts": "2024-06-01", "until": "2024-05-31"},
            r"ngày cuối 31/5/2024 \(until\) trước ngày đầu 01/6/2024 \(starts\)",
        ),
    ],
)
def test_what_never_comes_is_refused(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Recurrence.model_validate(fields)


def test_a_yes_is_no_day() -> None:
    with pytest.raises(ValidationError, match="valid integer"):
        Recurrence.model_validate({"every": "month", "days": [True]})
