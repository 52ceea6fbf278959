"""What comes again: `ngày 20 hằng tháng`, `ngày 25 của tháng cuối quý`, `định kỳ 6 tháng`, `thứ Hai hằng tuần`.

Data windows of periodic reports ("từ ngày 15 tháng trước đến ngày 14 của tháng thuộc kỳ báo cáo") follow Nghị định
09/2019/NĐ-CP, điều 12: they close the figures, and are no due.
"""

from __future__ import annotations

import calendar as months

from domain.phrase.grammar import Level, Matched, Rule
from domain.phrase.values import Clock, Cycle, Days, Deictic, Doubt, Point, Stretch, Weekdays
from domain.recurrence import Frequency

_LEAP = 2024
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


def _timed(cycle: Cycle, taken: Matched) -> Cycle:
    """The cycle at the hour that is written; 24 o'clock takes the day in, whatever the bound."""
    clock: Clock | None = taken.one("clock")
    return cycle._replace(clock=clock.time, through=clock.time is None) if clock else cycle


_WITH_DAYS = {Frequency.MONTH, Frequency.QUARTER, Frequency.HALF}


def _monthly(taken: Matched) -> Cycle | None:
    """A day that comes again in months; "ngày 10 hằng năm" says no month, "ngày 10 hằng tuần" is a slip."""
    days: Days = taken.one("days")
    every = taken.one("each") or Frequency.MONTH
    return _timed(Cycle(every, days.days), taken) if every in _WITH_DAYS else None


def _last_month(taken: Matched, every: Frequency, rule: str) -> Cycle:
    """Days of the last month of each period."""
    days: Days = taken.one("days")
    if every is Frequency.YEAR:
        return _timed(Cycle(every, dates=tuple((12, number) for number in days.days), rule=rule), taken)
    return _timed(Cycle(every, days.days, rule=rule), taken)


def _of_quarter(taken: Matched) -> Cycle:
    return _last_month(taken, Frequency.QUARTER, "thang-cuoi-quy")


def _of_each(taken: Matched) -> Cycle:
    """`tháng cuối mỗi quý`; "tháng cuối hằng tháng" can only mean the month itself."""
    every = taken.one("each") or Frequency.QUARTER
    known = every in _WITH_DAYS or every is Frequency.YEAR
    rule = "thang-cuoi-quy" if every is Frequency.QUARTER else "thang-cuoi-ky"
    return _last_month(taken, every if known else Frequency.MONTH, rule)


def _of_period(taken: Matched) -> Cycle:
    """`ngày 25 của tháng cuối kỳ báo cáo`: of whatever period the report has; monthly where none is named."""
    if taken.has("quarter"):
        return _of_quarter(taken)
    if taken.has("year"):
        return _last_month(taken, Frequency.YEAR, "thang-cuoi-ky")
    if taken.has("each"):
        return _of_each(taken)
    note = "văn bản không nói kỳ báo cáo là tháng, quý hay năm; tính theo tháng, cần xác nhận"
    return _last_month(taken, Frequency.MONTH, "cuoi-ky-bao-cao")._replace(note=note)


def _yearly(taken: Matched) -> Cycle | None:
    points: list[Point] = list(taken.one("points") or [taken.one("point")])
    stretches = [one for one in points if isinstance(one, Stretch) and one.unit == "day" and one.year is None]
    if len(stretches) < len(points) or taken.one("each") not in (None, Frequency.YEAR):
        return None
    timed = next((stretch.clock for stretch in stretches if stretch.clock), None)
    through = any(stretch.through for stretch in stretches)
    dates = tuple(stretch.last for stretch in stretches)
    return _timed(Cycle(Frequency.YEAR, dates=dates, clock=timed, through=through), taken)


def _yearly_period(taken: Matched) -> Cycle | None:
    """`trong tháng 6 hằng năm`: its last day, of February the last there is."""
    point = taken.one("point")
    if taken.one("each") is not Frequency.YEAR or not isinstance(point, Stretch) or point.year is not None:
        return None
    return Cycle(Frequency.YEAR, dates=(last_day_of(point),))


def last_day_of(stretch: Stretch) -> tuple[int, int]:
    """Month and day; of February the 29th."""
    month, number = stretch.last
    return month, number or months.monthrange(_LEAP, month)[1]


def _weekly(taken: Matched) -> Cycle | None:
    if taken.one("each") is not Frequency.WEEK:
        return None
    part = taken.one("daypart")
    note = f"“{part}” chưa nói giờ nào; tính đến hết ngày, đề nghị hỏi giờ cụ thể" if part else None
    return _timed(Cycle(Frequency.WEEK, tuple(taken.all("weekday")), note=note), taken)


def _daily(taken: Matched) -> Cycle | None:
    return _timed(Cycle(Frequency.DAY), taken) if taken.one("each") is Frequency.DAY else None


def _window(taken: Matched) -> Cycle | None:
    """A window that repeats ends on its last day."""
    every = taken.one("each")
    return Cycle(every, taken.all("days")[-1].days, rule="khoang-dinh-ky") if every in _WITH_DAYS else None


def _first_month(taken: Matched) -> Days | None:
    """`ngày 10 của tháng đầu quý sau`: the quarter after the one that is reported."""
    of: Point | None = taken.one("deictic") or taken.one("point")
    if of and not (isinstance(of, Deictic) and of.unit == "quarter" and of.offset == 1):
        return None
    return _days_at(taken)._replace(opening=True)


def _days_at(taken: Matched) -> Days:
    """Days at an hour, of a period that stands elsewhere in the sentence."""
    days: Days = taken.one("days")
    clock: Clock | None = taken.one("clock")
    return days._replace(clock=clock.time) if clock else days


def _weekdays_at(taken: Matched) -> Weekdays:
    clock: Clock | None = taken.one("clock")
    return Weekdays(tuple(taken.all("weekday")), clock.time if clock else None)


def _closing(taken: Matched) -> Cycle | None:
    """The days on which the figures of a report close."""
    last = next((token.value for token in reversed(taken.tokens) if isinstance(token.value, Days | Point)), None)
    if isinstance(last, Stretch) and last.unit == "day":
        return Cycle(Frequency.YEAR, dates=(last.last,), rule="chot-so-lieu", cutoff=True)
    if not isinstance(last, Days):
        return None
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
_WEEKDAYS = "(clock comma? all_of? day?)? daypart? weekday ((and | comma)? day? weekday)*"
_LAST_MONTH = f"{_CLOCK} days of? month (tail | last) of?"
CYCLES = Level(
    Rule("cycle", "since days upto days comma? each", _window),
    Rule("cycle", f"{_LAST_MONTH} quarter", _of_quarter),
    Rule("cycle", f"{_LAST_MONTH} (every | each) quarter?", _of_each),
    Rule("cycle", f"{_LAST_MONTH} (period reporting? of? (quarter | year | each)? | year)", _of_period),
    Rule("cycle", f"{_CLOCK} days (comma? of? each | {_OF_REPORT} | of month (?! [tail head middle]))", _monthly),
    Rule("cycle", "days of? quarter comma? each", _of_quarter),
    Rule("days", f"{_CLOCK} days of? month (head | first) of? (deictic | quarter | point)", _first_month),
    Rule("cycle", f"{_CLOCK} (points | point) (comma? of? each | of? year of? [period reporting]+)", _yearly),
    Rule("cycle", "(?<! before) point comma? of? each", _yearly_period),
    Rule("cycle", f"{_WEEKDAYS} each", _weekly),
    Rule("cycle", "clock comma? each", _daily),
    Rule("days", "clock comma? all_of? days", _days_at),
    Rule("weekdays", _WEEKDAYS, _weekdays_at),
)
"""Level 10."""
