"""Working-day additions per second: the calendar's prefix table against asking `holidays` day by day.

Both stand on the same list of holidays here, without the office's own lines, so that they must give the same answers.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

import holidays

from bench.common.measured import Figure, Ratio, seconds, show
from config.areas import CalendarFile
from domain.workdays import Calendar

FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)
OURS, THEIRS = 300_000, 6_000
"""Additions; the library gets fewer, or it would take a quarter of a minute."""


def calendar() -> Calendar:
    """The working calendar as the library alone knows it."""
    file = CalendarFile(version="bench", first=FIRST, last=LAST, confirmed_through=LAST, days=())
    return file.calendar()


def questions(count: int) -> list[tuple[date, int]]:
    """Days and numbers of working days, between one and sixty; the same in every run."""
    chance = random.Random(8)
    span = (LAST - FIRST).days - 200
    return [(FIRST + timedelta(days=chance.randrange(span)), chance.randint(1, 60)) for _ in range(count)]


def main() -> None:
    """Measure and print."""
    ours = calendar()
    theirs = holidays.country_holidays("VN", years=range(FIRST.year, LAST.year + 1))
    many, few = questions(OURS), questions(THEIRS)
    assert [ours.add(*one) for one in few] == [theirs.get_nth_working_day(*one) for one in few]
    by_table = OURS / seconds(lambda: [ours.add(*one) for one in many])
    by_asking = THEIRS / seconds(lambda: [theirs.get_nth_working_day(*one) for one in few])
    built = seconds(calendar)
    show(
        "workdays",
        "Working days: the n-th after a day, n from 1 to 60, 2020–2030",
        [
            Figure("additions_per_second", "additions, prefix table", by_table, "/s"),
            Figure("additions_per_second_holidays", "additions, asking `holidays` day by day", by_asking, "/s"),
            Figure("build_seconds", "building the table of eleven years", built, "s"),
        ],
        [Ratio("against_holidays", "prefix table against asking", by_table / by_asking, at_least=20)],
    )


if __name__ == "__main__":
    main()
