"""What comes again: `ngày 20 hằng tháng`, `ngày 25 của tháng cuối quý`, `định kỳ 6 tháng`, `thứ Hai hằng tuần`.

Data windows of periodic reports ("từ ngày 15 tháng trước đến ngày 14 của tháng thuộc kỳ báo cáo") follow Nghị định
09/2019/NĐ-CP, điều 12: they close the figures, and are no due.
"""

from __future__ import annotations

from datetime import time

from domain.phrase.grammar import Level, Matched, Rule
from domain.phrase.values import Clock, Cycle, Days, Doubt, Point, Stretch
from domain.recurrence import Frequency

_MONTHS = {1: Frequency.MONTH, 3: Frequency.QUARTER, 6: Frequency.HALF, 12: Frequency.YEAR}
_UNITS = {
    "day": Frequency.DAY,
    "week": Frequency.WEEK,
    "month": Frequency.MONTH,
    "quarter": Frequency.QUARTER,
    "year": Frequency.YEAR,
}


def _each(taken: Matched) -> Frequency | None:
    """The period that repeats."""
    count = taken.one("number")
    if count is not None and taken.has("month") and not taken.has("times"):
        return _MONTHS.get(count)
    return next((_UNITS[unit] for unit in ("day", "week", "month", "quarter", "year") if taken.has(unit)), None)


def _whole_periods(taken: Matched) -> Frequency | None:
    """`6 tháng một lần`: where so many units make a month, a quarter, half a year or a year."""
    count = taken.one("number")
    if taken.has("month"):
        return _MONTHS.get(count)
    return _each(taken) if count == 1 else None


def _odd(taken: Matched) -> Doubt:
    count = taken.one("number")
    return Doubt("chu-ky-khac", f"chu kỳ {count} đơn vị thời gian một lần: cần ghi từng ngày cụ thể")


_UNIT = "[day week month quarter year]"
PERIODS = Level(
    Rule("each", f"periodic? number {_UNIT} (number | numeral)? times", _whole_periods),
    Rule("point", f"periodic? number {_UNIT} (number | numeral)? times", _odd),
    Rule("each", f"every? number times (slash | every) {_UNIT}", _each),
    Rule("each", f"every {_UNIT} (number | numeral)? times | {_UNIT} (number | numeral)? times", _each),
    Rule("each", f"periodic? (every | by) {_UNIT} | (every | by) number month", _each),
    Rule("each", f"periodic (number month | {_UNIT})", _each),
)
"""Level 8: before days are joined with their periods."""


def _clock(taken: Matched) -> time | None:
    clock: Clock | None = taken.one("clock")
    return clock.time if clock else None


def _monthly(taken: Matched) -> Cycle:
    days: Days = taken.one("days")
    return Cycle(_period(taken), days.days, clock=_clock(taken))


def _period(taken: Matched) -> Frequency:
    each = taken.one("each")
    if taken.has("quarter"):
        return Frequency.QUARTER
    if taken.has("year"):
        return Frequency.YEAR
    return each or Frequency.MONTH


def _of_period(taken: Matched) -> Cycle:
    """`ngày 25 của tháng cuối kỳ báo cáo`: of whatever period the report has; the quarter where none is named."""
    days: Days = taken.one("days")
    every = _period(taken) if taken.has("quarter") or taken.has("each") or taken.has("year") else None
    if every is Frequency.YEAR:
        return Cycle(every, dates=tuple((12, number) for number in days.days), clock=_clock(taken))
    clock = _clock(taken)
    note = None if every else "văn bản không nói kỳ báo cáo là tháng, quý hay năm; tính theo tháng, cần xác nhận"
    return Cycle(every or Frequency.MONTH, days.days, clock=clock, rule="cuoi-ky-bao-cao", note=note)


def _yearly(taken: Matched) -> Cycle | None:
    points: list[Point] = list(taken.one("points") or [taken.one("point")])
    if not all(isinstance(point, Stretch) and point.unit == "day" and point.year is None for point in points):
        return None
    dates = tuple(point.last for point in points if isinstance(point, Stretch))
    timed = next((point.clock for point in points if isinstance(point, Stretch) and point.clock), None)
    clock = _clock(taken) or timed
    return Cycle(Frequency.YEAR, dates=dates, clock=clock)


def _weekly(taken: Matched) -> Cycle | None:
    return (
        Cycle(Frequency.WEEK, tuple(taken.all("weekday")), clock=_clock(taken))
        if taken.one("each") is Frequency.WEEK
        else None
    )


def _daily(taken: Matched) -> Cycle | None:
    return Cycle(Frequency.DAY, clock=_clock(taken)) if taken.one("each") is Frequency.DAY else None


def _last_month(taken: Matched, every: Frequency) -> Cycle:
    """Days of the last month of each period."""
    days: Days = taken.one("days")
    if every is Frequency.YEAR:
        return Cycle(
            every, dates=tuple((12, number) for number in days.days), clock=_clock(taken), rule="thang-cuoi-ky"
        )
    return Cycle(
        every, days.days, clock=_clock(taken), rule="thang-cuoi-quy" if every is Frequency.QUARTER else "thang-cuoi-ky"
    )


def _window(taken: Matched) -> Cycle | None:
    """A window that repeats ends on its last day."""
    return Cycle(taken.one("each"), taken.all("days")[-1].days, rule="khoang-dinh-ky")


def _closing(taken: Matched) -> Cycle | None:
    """The days on which the figures of a report close."""
    last = next(token.value for token in reversed(taken.tokens) if isinstance(token.value, Days | Stretch))
    if isinstance(last, Stretch):
        return (
            Cycle(Frequency.YEAR, dates=(last.last,), rule="chot-so-lieu", cutoff=True) if last.unit == "day" else None
        )
    every = Frequency.QUARTER if taken.has("quarter") else Frequency.MONTH
    return Cycle(every, last.days, rule="chot-so-lieu", cutoff=True)


_OF = "[of month tail quarter reporting period]*"
CLOSINGS = Level(
    Rule(
        "cycle",
        f"since (days | point) of? point? {_OF} upto (days | point) of? point?"
        " [of month tail quarter]* period reporting?",
        _closing,
    ),
    Rule("cycle", f"since (days | point) of? point? {_OF} upto days of? month tail quarter", _closing),
)
"""Level 7: before the days are taken for a range."""

_OF_REPORT = "(of? month? of? (period | reporting) reporting?)"
_CLOCK = "(clock comma?)?"
_LAST_MONTH = f"{_CLOCK} days of? month (tail | last) of?"
CYCLES = Level(
    Rule("cycle", "since days upto days comma? each", _window),
    Rule("cycle", f"{_LAST_MONTH} quarter", lambda taken: _last_month(taken, Frequency.QUARTER)),
    Rule(
        "cycle", f"{_LAST_MONTH} (every | each) quarter?", lambda t: _last_month(t, t.one("each") or Frequency.QUARTER)
    ),
    Rule("cycle", f"{_LAST_MONTH} (period reporting? | year)", _of_period),
    Rule("cycle", f"{_CLOCK} days (comma? of? each | {_OF_REPORT} | of month (?! [tail head middle]))", _monthly),
    Rule("cycle", f"{_CLOCK} (points | point) comma? of? each", _yearly),
    Rule("cycle", f"{_CLOCK} daypart? (weekday (and | comma)?)+ each", _weekly),
    Rule("cycle", "clock comma? each", _daily),
)
"""Level 10."""
