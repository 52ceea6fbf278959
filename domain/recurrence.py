"""Days that come again: "trước ngày 20 hằng tháng", "ngày 25 của tháng cuối quý", "ngày 05/6 và 05/12 hằng năm".

Only written days here: whether the day itself is in time, and when it is late, is the due's (domain/due.py).
A day that a month does not have (31 in April, 29/02 in a common year) is that month's last day.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import StrictInt, model_validator

from domain import vietnamese as vn
from domain.frozen import Frozen, MisfitError

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
"""Monday first, as `date.weekday()` counts."""

LAST = -1
"""As a day: the last of its month."""


class Frequency(StrEnum):
    """The period that repeats."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_MONTHS_IN = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6}
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Recurrence(Frozen):
    """Which days come again, from `starts` to `until` where given, both of them included."""

    every: Frequency
    days: tuple[StrictInt, ...] = ()
    """Days of the month (month), of the period's last month (quarter, half), -1 for its last; ISO weekdays (week)."""
    dates: tuple[str, ...] = ()
    """Month and day of a year, MM-DD."""
    starts: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _days_that_exist(self) -> Self:
        by_date = self.every is Frequency.YEAR
        if self.dates and not by_date:
            raise MisfitError("dates chỉ dùng với every: year", "dates")
        if self.days and (by_date or self.every is Frequency.DAY):
            said = "every: year ghi ngày ở dates, ví dụ [06-05, 12-05]" if by_date else "every: day không có days"
            raise MisfitError(said, "days")
        if self.every is not Frequency.DAY and not (self.days or self.dates):
            field = "dates" if by_date else "days"
            raise MisfitError(f"every: {self.every.value} cần ít nhất một ngày ở {field}", field)
        for index, one in enumerate(self.days):
            if not self._has(one):
                limits = "thứ trong tuần từ 1 (thứ Hai) đến 7 (Chủ nhật)"
                limits = limits if self.every is Frequency.WEEK else "ngày từ 1 đến 31, hoặc -1 cho ngày cuối tháng"
                raise MisfitError(f"không có ngày {one}; every: {self.every.value} cần {limits}", "days", index)
        for index, written in enumerate(self.dates):
            if not _is_month_day(written):
                raise MisfitError(f"không có ngày “{written}”; cần tháng-ngày có thật, ví dụ 06-05", "dates", index)
        return self

    @model_validator(mode="after")
    def _each_once_within_bounds(self) -> Self:
        for field, written in (("days", self.days), ("dates", self.dates)):
            for index, one in enumerate(written):
                if one in written[:index]:
                    raise MisfitError(f"trùng ngày {one}", field, index)
        if self.starts and self.until and self.until < self.starts:
            said = f"ngày cuối {vn.day(self.until)} (until) trước ngày đầu {vn.day(self.starts)} (starts)"
            raise MisfitError(said, "until")
        return self

    def _has(self, day: int) -> bool:
        return 1 <= day <= 7 if self.every is Frequency.WEEK else day == LAST or 1 <= day <= 31

    def occurrences(self, first: date, last: date) -> Iterator[date]:
        """The written days from `first` to `last`, both included, in order, each once."""
        first = max(first, self.starts or first)
        last = min(last, self.until or last)
        if first > last:
            return
        for period in self._periods(first, last):
            yield from (day for day in period if first <= day <= last)

    def _periods(self, first: date, last: date) -> Iterator[list[date]]:
        """The written days of each period that touches the span; in order, each once."""
        if self.every is Frequency.DAY:
            yield from ([date.fromordinal(day)] for day in range(first.toordinal(), last.toordinal() + 1))
        elif self.every is Frequency.WEEK:
            for sunday in range(first.toordinal() - first.isoweekday(), last.toordinal(), 7):
                within = (sunday + day for day in sorted(self.days))
                yield [date.fromordinal(day) for day in within if day <= last.toordinal()]
        elif self.every is Frequency.YEAR:
            for year in range(first.year, last.year + 1):
                yield sorted({_clamped(year, *_month_day(written)) for written in self.dates})
        else:
            step = _MONTHS_IN[self.every]
            for period in range(_month(first) // step, _month(last) // step + 1):
                year, month = divmod(period * step + step - 1, 12)
                yield sorted({_clamped(year, month + 1, day) for day in self.days})

    def rrule(self) -> str:
        """The rule by RFC 5545, without DTSTART: one line, or several lines of which each gives some of the days."""
        rules = sorted(self._rules())
        until = f";UNTIL={self.until:%Y%m%d}" if self.until else ""
        return "\n".join(f"{rule}{until}" for rule in rules)

    def _rules(self) -> set[str]:
        if self.every is Frequency.DAY:
            return {"FREQ=DAILY"}
        if self.every is Frequency.WEEK:
            return {f"FREQ=WEEKLY;BYDAY={','.join(_BYDAY[day - 1] for day in sorted(self.days))}"}
        if self.every is Frequency.MONTH:
            return _monthly(self.days)
        if self.every is Frequency.YEAR:
            pairs = [_month_day(written) for written in self.dates]
            return _yearly([(2, LAST) if pair == (2, 29) else pair for pair in pairs])
        step = _MONTHS_IN[self.every]
        days = [LAST if day == 31 else day for day in self.days]
        return _yearly([(month, day) for month in range(step, 13, step) for day in days])

    def said(self) -> str:
        """The days in words: `ngày 20 hằng tháng`, `thứ Hai hằng tuần`, `ngày 05/6 và 05/12 hằng năm`."""
        starts = f", từ ngày {vn.day(self.starts)}" if self.starts else ""
        until = f", đến hết ngày {vn.day(self.until)}" if self.until else ""
        return f"{self._said_days()}{starts}{until}"

    def _said_days(self) -> str:
        if self.every is Frequency.DAY:
            return "hằng ngày"
        if self.every is Frequency.WEEK:
            return f"{_listed([WEEKDAYS[day - 1] for day in sorted(self.days)])} hằng tuần"
        if self.every is Frequency.YEAR:
            return f"ngày {_listed([_said_date(*_month_day(written)) for written in sorted(self.dates)])} hằng năm"
        if self.every is Frequency.HALF:
            pairs = [(month, day) for month in (6, 12) for day in _in_month_order(self.days)]
            return f"ngày {_listed([_said_date(month, day) for month, day in pairs])} hằng năm"
        period = "hằng tháng" if self.every is Frequency.MONTH else "của tháng cuối quý"
        days = ["ngày cuối cùng" if day == LAST else f"ngày {day:02d}" for day in _in_month_order(self.days)]
        short = max(self.days) > (28 if self.every is Frequency.MONTH else 30)
        return f"{_listed(days)} {period}{' (tháng thiếu ngày thì lấy ngày cuối tháng)' if short else ''}"


def _is_month_day(written: str) -> bool:
    return bool(_MONTH_DAY.fullmatch(written)) and _month_day(written)[1] <= _LONGEST[int(written[:2]) - 1]


def _month_day(written: str) -> tuple[int, int]:
    return int(written[:2]), int(written[3:])


def _month(day: date) -> int:
    """Months since the year 0, so that periods are counted by division."""
    return day.year * 12 + day.month - 1


def _clamped(year: int, month: int, day: int) -> date:
    longest = months.monthrange(year, month)[1]
    return date(year, month, longest if day == LAST else min(day, longest))


def _in_month_order(days: tuple[int, ...]) -> list[int]:
    return sorted(days, key=lambda day: 32 if day == LAST else day)


def _monthly(days: tuple[int, ...]) -> set[str]:
    """RFC 5545 leaves out a month without the day; the last day, or the last of several, stands for it."""
    plain = [day for day in _in_month_order(days) if day <= 28]
    rules = {f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, plain))}"} if plain else set()
    if 29 in days:
        rules.add("FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1")
    if 30 in days:
        rules.add("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1")
    if 31 in days:
        rules.add("FREQ=MONTHLY;BYMONTHDAY=-1")
    return rules


def _yearly(pairs: list[tuple[int, int]]) -> set[str]:
    """One rule per day, with all its months."""
    by_day: dict[int, list[int]] = {}
    for month, day in pairs:
        by_day.setdefault(day, []).append(month)
    return {
        f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(set(its))))};BYMONTHDAY={day}" for day, its in by_day.items()
    }


def _said_date(month: int, day: int) -> str:
    """`05/6`, `28/02`: as days are written, without a year."""
    last = _LONGEST[month - 1]
    if month == 2 and day == 29:
        return "29/02 (năm không nhuận: 28/02)"
    return vn.day(date(2024, month, last if day == LAST else min(day, last))).rsplit("/", 1)[0]


def _listed(parts: list[str]) -> str:
    """`a`, `a và b`, `a, b và c`; each part once."""
    once = list(dict.fromkeys(parts))
    return " và ".join([", ".join(once[:-1]), once[-1]] if len(once) > 1 else once)
