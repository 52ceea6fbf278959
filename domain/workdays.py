"""The working calendar of an office: which days are worked, and arithmetic over them.

Built once from a base list of public holidays and the office's own lines (each with the number of the official letter);
the domain only asks it. Counting runs on prefix tables, so an addition costs the same for 3 days and for 3,000.
Saturdays and Sundays are off (public sector, 40 hours) unless a swap makes one a working day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from domain import vietnamese as vn

_DAY = timedelta(days=1)


class Roll(StrEnum):
    """Where a day that is not worked goes (Bộ luật Dân sự 2015, điều 148 khoản 5: next)."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"


class OutsideCalendarError(LookupError):
    """A date lies outside the years the working calendar covers."""

    def __init__(self, day: date, calendar: Calendar) -> None:
        self.day = day
        super().__init__(
            f"ngày {vn.day(day)} nằm ngoài lịch làm việc {calendar.first.year}-{calendar.last.year}; "
            "hãy bổ sung năm này vào config/calendar.yaml"
        )


@dataclass(frozen=True)
class Special:
    """A day that is not what its weekday says: a holiday, or a weekend day worked in exchange."""

    day: date
    works: bool
    name: str
    source: str
    """The official letter or law; empty where only the base list of holidays says so."""


@dataclass(frozen=True)
class Calendar:
    """Working days from `first` to `last`, both included. Two calendars are the same when their `version` is.

    A calendar read from files carries a digest of all its days in `version`, so that this holds.
    """

    version: str
    first: date
    last: date
    confirmed_through: date
    """After this day the calendar rests on law and habit only; results beyond it are flagged unconfirmed."""
    specials: tuple[Special, ...]
    confirmed_from: date = date.min
    """Before this day nobody has compared the list of holidays with the letters of the time: unconfirmed as well."""
    new_years: tuple[date, ...] = ()
    """Mùng 1 Tết Nguyên đán of each year covered, by the Vietnamese lunar calendar."""
    _by_day: dict[date, Special] = field(init=False, repr=False, compare=False)
    _upto: list[int] = field(init=False, repr=False, compare=False)
    _worked: list[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_day = {special.day: special for special in self.specials}
        upto, worked = [0], []
        for day in days(self.first, self.last):
            special = by_day.get(day)
            if special.works if special else day.weekday() < 5:
                worked.append(day)
            upto.append(len(worked))
        object.__setattr__(self, "_by_day", by_day)
        object.__setattr__(self, "_upto", upto)
        object.__setattr__(self, "_worked", worked)

    def special(self, day: date) -> Special | None:
        """Why the day is not what its weekday says, if so."""
        return self._by_day.get(day)

    def is_working(self, day: date) -> bool:
        """Whether the office works that day. Raises OutsideCalendarError."""
        place = self._place(day)
        return self._upto[place] != self._upto[place + 1]

    def working_days(self, after: date, through: date) -> int:
        """Working days d with after < d <= through; negative when `through` is earlier. Raises OutsideCalendarError."""
        return self._count(through) - self._count(after)

    def add(self, day: date, working_days: int) -> date:
        """The n-th working day after `day` (before it for n < 0); `day` itself is not counted (điều 147).

        n = 0 gives `day` unchanged, worked or not. Raises OutsideCalendarError.
        """
        if working_days == 0:
            return day
        index = self._count(day) + working_days - 1 if working_days > 0 else self._count_before(day) + working_days
        if not 0 <= index < len(self._worked):
            raise OutsideCalendarError(self.last + _DAY if working_days > 0 else self.first - _DAY, self)
        return self._worked[index]

    def roll(self, day: date, how: Roll) -> date:
        """`day` if worked or `how` is none, else the nearest working day that way. Raises OutsideCalendarError."""
        if how is Roll.NONE or self.is_working(day):
            return day
        return self.add(day, 1 if how is Roll.NEXT else -1)

    def confirms(self, day: date) -> bool:
        """Whether official letters were entered for the time in which `day` falls."""
        return self.confirmed_from <= day <= self.confirmed_through

    def lunar_new_year(self, year: int) -> date | None:
        """Mùng 1 Tết Nguyên đán of the year; None where the calendar does not know it."""
        return next((day for day in self.new_years if day.year == year), None)

    def break_around(self, day: date) -> tuple[date, date]:
        """The first and the last day of the run of days off that contains `day`.

        Where `day` is worked the run is empty: it ends before it begins. Raises OutsideCalendarError.
        """
        return self.roll(day, Roll.PREVIOUS) + _DAY, self.roll(day, Roll.NEXT) - _DAY

    def _count(self, day: date) -> int:
        return self._upto[self._place(day) + 1]

    def _count_before(self, day: date) -> int:
        return self._upto[self._place(day)]

    def _place(self, day: date) -> int:
        if not self.first <= day <= self.last:
            raise OutsideCalendarError(day, self)
        return (day - self.first).days


Found = TypeVar("Found")


def to_the_end(found: Iterable[Found], calendar: Calendar) -> Iterator[Found]:
    """As many as the calendar's last day allows: what comes after it is found once the calendar is longer.

    Raises OutsideCalendarError for a day before its first.
    """
    try:
        yield from found
    except OutsideCalendarError as error:
        if error.day < calendar.first:
            raise


def days(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def layered(base: Iterable[Special], above: Iterable[Special]) -> tuple[Special, ...]:
    """Two layers of special days as one: where both speak of a day, `above` wins."""
    merged = {special.day: special for special in base} | {special.day: special for special in above}
    return tuple(merged[day] for day in sorted(merged))
