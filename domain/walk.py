"""The days of a period, one sentence each: what was counted, what was not, and why."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from domain import vietnamese as vn
from domain.recurrence import WEEKDAYS
from domain.workdays import Calendar

_FIRST, _LAST = 15, 5
"""How much of a long way is told."""


def counted_days(start: date, end: date, calendar: Calendar, *, working: bool) -> Iterator[str]:
    """Every day after `start` up to `end`, or back to it if it lies before, with its number where it counts.

    The numbers come from the table that dates are computed with. Raises OutsideCalendarError.
    """
    way = 1 if end > start else -1
    for offset in range(1, abs((end - start).days) + 1):
        day = start + timedelta(days=way * offset)
        if not working:
            yield f"{_named(day)}: ngày thứ {offset}"
        elif calendar.is_working(day):
            yield f"{_named(day)}: {_made_up(day, calendar)}ngày làm việc thứ {_number(start, day, calendar)}"
        else:
            yield f"{_named(day)}: {_why_off(day, calendar)}"


def next_worked(end: date, rolled: date, calendar: Calendar) -> Iterator[str]:
    """Why a period does not end on `end`: the days off from there to the working day it moves to."""
    way = 1 if rolled > end else -1
    for offset in range(abs((rolled - end).days)):
        day = end + timedelta(days=way * offset)
        yield f"{_named(day)}: {_why_off(day, calendar)}"


def folded(steps: Iterable[str]) -> tuple[str, ...]:
    """At most the first fifteen and the last five, with "…" for what lies between."""
    rest = iter(steps)
    first = tuple(islice(rest, _FIRST))
    tail: deque[str] = deque(maxlen=_LAST)
    left = 0
    for left, step in enumerate(rest, start=1):  # noqa: B007 - how many there were is used below
        tail.append(step)
    return (*first, *(("…",) if left > _LAST else ()), *tail)


def _named(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {vn.day(day)}"


def _number(start: date, day: date, calendar: Calendar) -> int:
    """The how-manieth working day it is, counted from `start` (itself left out) forwards or back."""
    if day > start:
        return calendar.working_days(start, day)
    return calendar.working_days(day - timedelta(days=1), start - timedelta(days=1))


def _made_up(day: date, calendar: Calendar) -> str:
    """Why a day is worked although one would not think so: made up for another, or a feast without a letter."""
    special = calendar.special(day)
    if special is None:
        return ""
    return f"{_lowered(special.name)}{f' ({special.source})' if special.source else ''}, "


def _why_off(day: date, calendar: Calendar) -> str:
    special = calendar.special(day)
    if special is None:
        return "nghỉ cuối tuần"
    return _lowered(special.name) if special.name.startswith("Nghỉ") else f"nghỉ, {special.name}"


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
