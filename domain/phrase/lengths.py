"""Lengths of time and what they run from: `05 ngày làm việc kể từ ngày nhận được văn bản`, `ba ngày trước ngày họp`.

The first day is not counted (Bộ luật Dân sự 2015, điều 147).
"""

from __future__ import annotations

from domain.phrase.grammar import Level, Matched, Rule
from domain.phrase.numerals import CLASH
from domain.phrase.values import Deictic, Length, Point

_UNITS = ("workday", "day", "week", "month", "year", "hour")


def _length(taken: Matched) -> Length | None:
    count = taken.one("number")
    unit = next((name for name in _UNITS if taken.has(name)), None)
    if unit is None or not (0 < count < 10_000 or count == CLASH):
        return None
    return Length(unit, count)


def _half(taken: Matched) -> Length:
    return Length("day", 15) if taken.has("month") else Length("month", 6)


def _coming(taken: Matched) -> Length | None:
    """`15 ngày tới`, `2 tháng tới`: from the day of writing."""
    deictic: Point = taken.one("point")
    units = {"days": "day", "workdays": "workday", "week": "week", "month": "month", "year": "year"}
    count = taken.one("number")
    if not isinstance(deictic, Deictic) or deictic.offset != 1 or deictic.unit not in units or not 0 < count < 10_000:
        return None
    return Length(units[deictic.unit], count)


LENGTHS = Level(
    Rule("coming", "number point", _coming),
    Rule("length", "number (workday | day | week | month | year | hour) (?! [head tail remaining feast])", _length),
    Rule("length", "half_of (month | year)", _half),
)
"""Level 9."""
