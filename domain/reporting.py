"""Periodic reports by law: which days a report is about, and by when it is sent, where the document says neither.

Nghị định 09/2019/NĐ-CP, điều 12 (data) and điều 13 khoản 1 (the day of sending to the Government and its head, unless
another rule says otherwise). Provinces set earlier days for the units below them (điều 13 khoản 2): those are written
as a recurrence of the office's own.
"""

from __future__ import annotations

import calendar as months
from datetime import date
from typing import Self

from pydantic import model_validator

from domain import vietnamese as vn
from domain.frozen import Frozen
from domain.recurrence import Frequency, Recurrence

DATA_SOURCE = "Nghị định 09/2019/NĐ-CP, điều 12"
SENDING_SOURCE = "Nghị định 09/2019/NĐ-CP, điều 13 khoản 1"

SEND_BY_DAY = 25
"""Of the period's last month, included."""
SEND_BY = {
    Frequency.MONTH: Recurrence(every=Frequency.MONTH, days=(SEND_BY_DAY,)),
    Frequency.QUARTER: Recurrence(every=Frequency.QUARTER, days=(SEND_BY_DAY,)),
    Frequency.HALF: Recurrence(every=Frequency.HALF, days=(SEND_BY_DAY,)),
    Frequency.YEAR: Recurrence(every=Frequency.YEAR, dates=(f"12-{SEND_BY_DAY}",)),
}
"""The day by which the report of each period is sent."""

_LENGTH = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12}
_ROMAN = ("I", "II", "III", "IV")
_CUT = 14
"""The last day of the data, in the period's last month; the next period's begin the day after."""


class Window(Frozen):
    """The days a report is about, both included."""

    first: date
    last: date


class Period(Frozen):
    """A reporting period: `number` is the month 1-12, the quarter 1-4, the half-year 1-2, and 1 for a year."""

    kind: Frequency
    year: int
    number: int = 1

    @model_validator(mode="after")
    def _exists(self) -> Self:
        if self.kind not in _LENGTH or not 1 <= self.number <= 12 // _LENGTH[self.kind]:
            raise ValueError(f"không có kỳ báo cáo {self.kind.value} thứ {self.number} trong năm")
        return self

    @property
    def name(self) -> str:
        """`tháng 5/2024`, `quý II/2024`, `6 tháng đầu năm 2024`, `6 tháng cuối năm 2024`, `năm 2024`."""
        if self.kind is Frequency.MONTH:
            return f"tháng {vn.day(date(self.year, self.number, 1)).split('/', 1)[1]}"
        if self.kind is Frequency.QUARTER:
            return f"quý {_ROMAN[self.number - 1]}/{self.year}"
        if self.kind is Frequency.HALF:
            return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
        return f"năm {self.year}"

    @property
    def last_month(self) -> int:
        """The month in which the period ends."""
        return self.number * _LENGTH[self.kind]

    def data(self) -> Window:
        """From the 15th of the month before the period to the 14th of its last month (DATA_SOURCE)."""
        first = self.last_month - _LENGTH[self.kind]  # 0: December of the year before
        begun = date(self.year, first, _CUT + 1) if first else date(self.year - 1, 12, _CUT + 1)
        return Window(first=begun, last=date(self.year, self.last_month, _CUT))

    def send_by(self) -> date:
        """The last day of sending (SENDING_SOURCE)."""
        last = date(self.year, self.last_month, months.monthrange(self.year, self.last_month)[1])
        return next(SEND_BY[self.kind].occurrences(last.replace(day=1), last))


def period_of(day: date, kind: Frequency) -> Period:
    """The period in which the day falls. Raises KeyError for days and weeks, which are no reporting periods."""
    return Period(kind=kind, year=day.year, number=(day.month - 1) // _LENGTH[kind] + 1)
