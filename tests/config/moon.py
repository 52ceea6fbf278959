"""Mùng 1 Tết from the sky: new moons and the sun's way, by the formulas of J. Meeus, Astronomical Algorithms (1998).

The Vietnamese calendar counts in UTC+7 (Quyết định 121-CP, 1967): a lunar month begins on the day of the new moon, the
eleventh holds the winter solstice, and between two eleventh months that are thirteen apart the first month without a
major solar term is a leap month. Good to about a minute for a moon and a quarter of an hour for a solar term.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import floor, radians, sin

NOON_2000 = datetime(2000, 1, 1, 12) - timedelta(seconds=64)  # noqa: DTZ001 - UTC; the formulas run on dynamical time
HANOI = timedelta(hours=7)
MOONS_A_YEAR = 12.3685


def lunar_new_year(year: int) -> date:
    """The day of the first month's new moon in the year."""
    months = _months_between_solstices(year)
    begin = months[2:]
    leap = next((n for n, month in enumerate(pairwise(months)) if not _has_major_term(*month)), None)
    return begin[1] if len(months) == 14 and leap is not None and leap <= 2 else begin[0]


def _months_between_solstices(year: int) -> list[date]:
    """First days of months, from the eleventh that holds the solstice of the year before through the next eleventh."""
    first = floor((year - 2000.1) * MOONS_A_YEAR) - 2
    days = [(_new_moon(first + n) + HANOI).date() for n in range(18)]
    begins = [max(day for day in days if day <= _winter_solstice(one)) for one in (year - 1, year)]
    return [day for day in days if begins[0] <= day <= begins[1]]


def _winter_solstice(year: int) -> date:
    """The day on whose end the sun has passed 270 degrees."""
    day = date(year, 12, 19)
    while _sun(day + timedelta(days=1)) < 270:
        day += timedelta(days=1)
    return day


def _has_major_term(begin: date, next_begin: date) -> bool:
    """Whether the sun enters another of its twelve signs during the month."""
    return floor(_sun(begin) / 30) != floor(_sun(next_begin) / 30)


def _sun(day: date) -> float:
    """The sun's apparent longitude in degrees when the day begins in Hà Nội (chapter 25)."""
    passed = datetime.combine(day, time(0)) - HANOI - NOON_2000
    t = passed / timedelta(days=36525)
    anomaly = 357.52911 + 35999.05029 * t
    centre = (1.914602 - 0.004817 * t) * _sin(anomaly) + 0.019993 * _sin(2 * anomaly) + 0.000289 * _sin(3 * anomaly)
    return (280.46646 + 36000.76983 * t + centre - 0.00569 - 0.00478 * _sin(125.04 - 1934.136 * t)) % 360


def _new_moon(k: int) -> datetime:
    """The k-th new moon after that of 6 January 2000, in UTC (chapter 49)."""
    t = k / (MOONS_A_YEAR * 100)
    mean = 5.09766 + 29.530588861 * k + 0.00015437 * t**2  # days after 1 January 2000, 12:00
    sun = 2.5534 + 29.1053567 * k
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t**2
    node = 160.7108 + 390.67050284 * k - 0.0016118 * t**2
    wide = 1 - 0.002516 * t
    terms = (
        (-0.40720, moon),
        (0.17241 * wide, sun),
        (0.01608, 2 * moon),
        (0.01039, 2 * node),
        (0.00739 * wide, moon - sun),
        (-0.00514 * wide, moon + sun),
        (0.00208, 2 * sun),
        (-0.00111, moon - 2 * node),
        (-0.00057, moon + 2 * node),
        (0.00056, 2 * moon + sun),
        (-0.00042, 3 * moon),
        (0.00042, sun + 2 * node),
        (0.00038, sun - 2 * node),
        (-0.00024, 2 * moon - sun),
    )
    return NOON_2000 + timedelta(days=mean + sum(size * _sin(angle) for size, angle in terms))


def _sin(degrees: float) -> float:
    return sin(radians(degrees))
