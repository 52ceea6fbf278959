"""Lengths of time and what they run from: `05 ngày làm việc kể từ ngày nhận được văn bản`, `ba ngày trước ngày họp`.

The first day is not counted (Bộ luật Dân sự 2015, điều 147).
"""

from __future__ import annotations

from domain.phrase.grammar import Level, Matched, Rule
from domain.phrase.numerals import CLASH
from domain.phrase.values import Deictic, Length, Point

_UNITS = ("workday", "day", "week", "month", "year", "hour", "minute")
UNSETTLED = -3
"""As a number of units: from … to …, or a fraction."""


def _length(taken: Matched) -> Length | None:
    count = taken.one("number")
    unit = next((name for name in _UNITS if taken.has(name)), None)
    if unit is None or not (0 < count < 10_000 or count == CLASH):
        return None
    return Length(unit, count)


def _unsettled(taken: Matched) -> Length:
    """`5-7 ngày`, `từ 5 đến 7 ngày`, `1,5 ngày`, `nửa ngày`."""
    return Length(next(unit for unit in _UNITS if taken.has(unit)), UNSETTLED)


def _half(taken: Matched) -> Length:
    return Length("day", 15) if taken.has("month") else Length("month", 6)


def _coming(taken: Matched) -> Length | None:
    """`15 ngày tới`, `2 tháng tới`: from the day of writing."""
    deictic: Point = taken.one("point")
    units = {"days": "day", "workdays": "workday", "week": "week", "month": "month", "year": "year"}
    count = taken.one("number")
    if not isinstance(deictic, Deictic) or deictic.offset != 1 or deictic.unit not in units:
        return None
    return Length(units[deictic.unit], count if 0 < count < 10_000 else UNSETTLED)


_UNIT = "[workday day week month year hour minute]"
LENGTHS = Level(
    Rule("coming", "number point", _coming),
    Rule("length", f"(numeric | decimal | number (upto | dash | either) number) {_UNIT}", _unsettled),
    Rule("length", "half_of [day workday hour]", _unsettled),
    Rule("length", "(?<=[within not_over latest]) [clock misclock] (?= comma? since)", lambda _: Length("hour", 1)),
    Rule("length", f"number {_UNIT} (?! [head tail remaining feast])", _length),
    Rule("length", "half_of (month | year)", _half),
)
"""Level 9."""
