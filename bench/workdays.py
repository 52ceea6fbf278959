"""Working-day additions per second: the calendar's prefix table against `holidays` day by day, and against numpy.

All stand on the same days off here, without the office's own lines, so that they must give the same answers. A calendar
of numpy knows no weekend day worked in exchange; it is told that all seven are worked, and every single day off.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

import holidays
import numpy as np

from bench.common.measured import Figure, Ratio, seconds, show
from config.areas import CalendarFile
from domain.workdays import Calendar, days

FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)
OURS, THEIRS = 300_000, 6_000
"""Additions; the library gets fewer, or it would take a quarter of a minute."""


def calendar() -> Calendar:
    """The working calendar as the library alone knows it."""
    file = CalendarFile(version="bench", first=FIRST, last=LAST, confirmed_through=LAST, days=())
    return file.calendar()


def days_of_numpy(ours: Calendar) -> np.busdaycalendar:
    """The same days off, for numpy."""
    return np.busdaycalendar("1111111", [day for day in days(FIRST, LAST) if not ours.is_working(day)])


def questions(count: int) -> list[tuple[date, int]]:
    """Days and numbers of working days, between one and sixty; the same in every run."""
    chance = random.Random(8)
    span = (LAST - FIRST).days - 200
    return [(FIRST + timedelta(days=chance.randrange(span)), chance.randint(1, 60)) for _ in range(count)]


def main() -> None:
    """Measure and print."""
    ours = calendar()
    theirs = holidays.country_holidays("VN", years=range(FIRST.year, LAST.year + 1))
    numpys = days_of_numpy(ours)
    many, few = questions(OURS), questions(THEIRS)
    starts, numbers = (
        np.array([day for day, _ in many], dtype="datetime64[D]"),
        np.array([number for _, number in many]),
    )
    assert [ours.add(*one) for one in few] == [theirs.get_nth_working_day(*one) for one in few]
    # `preceding`: from a day off numpy steps back to the last day worked, whose n-th is ours as well.
    together = np.busday_offset(starts, numbers, roll="preceding", busdaycal=numpys)
    assert [ours.add(*one) for one in many] == together.tolist()
    by_table = OURS / seconds(lambda: [ours.add(*one) for one in many])
    by_asking = THEIRS / seconds(lambda: [theirs.get_nth_working_day(*one) for one in few])
    by_numpy = OURS / seconds(
        lambda: [np.busday_offset(day, number, roll="preceding", busdaycal=numpys) for day, number in many]
    )
    in_arrays = OURS / seconds(lambda: np.busday_offset(starts, numbers, roll="preceding", busdaycal=numpys))
    built = seconds(calendar)
    show(
        "workdays",
        "Working days: the n-th after a day, n from 1 to 60, 2020–2030",
        [
            Figure("additions_per_second", "additions, prefix table", by_table, "/s"),
            Figure("additions_per_second_holidays", "additions, asking `holidays` day by day", by_asking, "/s"),
            Figure("additions_per_second_numpy", "additions, a bare numpy.busday_offset each", by_numpy, "/s"),
            Figure("additions_per_second_numpy_arrays", "additions, one numpy.busday_offset for all", in_arrays, "/s"),
            Figure("build_seconds", "building the table of eleven years", built, "s"),
        ],
        [
            Ratio("against_holidays", "prefix table against asking", by_table / by_asking, at_least=20),
            Ratio("against_numpy", "prefix table against numpy, call by call", by_table / by_numpy, at_least=2),
            Ratio("against_numpy_arrays", "prefix table against numpy, all in one call", by_table / in_arrays),
        ],
    )


if __name__ == "__main__":
    main()
