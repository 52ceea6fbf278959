"""One year of the working calendar, as people look at it: months, what each day is, how many days are worked."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain import vietnamese as vn
from domain.workdays import Calendar, Special, days


class Kind(StrEnum):
    """What a day is."""

    WORKED = "worked"
    WEEKEND = "weekend"
    OFF = "off"
    """A holiday, a day off in its place, or one swapped away."""
    MADE_UP = "made_up"
    """A weekend day worked in exchange."""


@dataclass(frozen=True)
class Month:
    """A month of one year, 1 to 12."""

    number: int
    first: date
    last: date
    working_days: int
    confirmed: bool
    """Whether official letters were entered for any of its days."""

    @property
    def weeks(self) -> tuple[tuple[date | None, ...], ...]:
        """Its days in rows from Monday to Sunday; None beside them."""
        blank = [None] * self.first.weekday()
        cells: list[date | None] = [*blank, *days(self.first, self.last)]
        cells += [None] * (-len(cells) % 7)
        return tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))


@dataclass(frozen=True)
class Run:
    """Days in a row that are special for the same reason; often a single one."""

    first: date
    last: date
    works: bool
    name: str
    source: str
    confirmed: bool


def months(calendar: Calendar, year: int) -> tuple[Month, ...]:
    """The twelve months. Raises OutsideCalendarError."""
    return tuple(_month(calendar, date(year, number, 1)) for number in range(1, 13))


def _month(calendar: Calendar, first: date) -> Month:
    last = first.replace(day=monthrange(first.year, first.month)[1])
    worked = calendar.is_working(first) + calendar.working_days(first, last)
    confirmed = calendar.confirms(first) or calendar.confirms(last)
    return Month(first.month, first, last, worked, confirmed)


def kind(calendar: Calendar, day: date) -> Kind:
    """What the day is. Raises OutsideCalendarError."""
    if day.weekday() >= 5 and calendar.is_working(day):
        return Kind.MADE_UP
    if calendar.is_working(day):
        return Kind.WORKED
    return Kind.OFF if calendar.special(day) else Kind.WEEKEND


def specials(calendar: Calendar, year: int) -> tuple[Special, ...]:
    """The days of the year that carry a name, in order."""
    return tuple(special for special in calendar.specials if special.day.year == year)


def runs(calendar: Calendar, year: int) -> tuple[Run, ...]:
    """What to know of the year, in order: weekdays off, weekend days worked, days worked although known as holidays.

    Days off in a row for one reason make one run. A weekend day off by law changes nothing and is left out.
    """
    found: list[Run] = []
    for special in specials(calendar, year):
        if special.day.weekday() >= 5 and not special.works:
            continue
        one = _run(calendar, special)
        if found and _continues(calendar, found[-1], one):
            found[-1] = _joined(found[-1], one)
        else:
            found.append(one)
    return tuple(found)


def _run(calendar: Calendar, special: Special) -> Run:
    day = special.day
    return Run(day, day, special.works, special.name, special.source, calendar.confirms(day))


def _continues(calendar: Calendar, before: Run, after: Run) -> bool:
    """Off for one reason, with nothing worked between."""
    reasons = [(run.works, run.source, run.confirmed, _stem(run.name)) for run in (before, after)]
    return reasons[0] == reasons[1] and not calendar.working_days(before.first, after.last)


def _joined(before: Run, after: Run) -> Run:
    name = before.name if before.name == after.name else _stem(before.name)
    return Run(before.first, after.last, before.works, name, before.source, before.confirmed)


def _stem(name: str) -> str:
    """The name without what is said of the single day: `Nghỉ Tết Bính Ngọ (mùng 1)` → `Nghỉ Tết Bính Ngọ`."""
    if name.endswith(("Tết", "Tết Nguyên Đán")):  # as the base layer counts: 29 Tết, Giao thừa Tết Nguyên Đán …
        return "Tết Nguyên đán"
    return name.partition(" (")[0]


def span(run: Run) -> str:
    """`17/02`, `16–20/02`, `29/4–01/5`: the days of a run, without the year."""
    first, last = (vn.day(day).rsplit("/", 1)[0] for day in (run.first, run.last))
    if run.first == run.last:
        return first
    return f"{first.split('/')[0]}–{last}" if run.first.month == run.last.month else f"{first}–{last}"
