"""What pieces of a sentence mean, before it is known when the sentence was written."""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

from domain.due import Bound
from domain.recurrence import Frequency


class Stretch(NamedTuple):
    """Days of one year as written: a day, a month, half a year … The year itself may be missing."""

    unit: str
    """day, month, quarter, months, year, or part (đầu, giữa, cuối …)."""
    first: tuple[int, int]
    """Month, day."""
    last: tuple[int, int]
    """Month, day; day 0 is the month's last."""
    year: int | None = None
    shift: int | None = None
    """Years from the year of writing: 1 for "năm sau"."""
    rule: str = "ngay-cu-the"
    note: str | None = None
    clock: time | None = None
    through: bool = False
    """24 o'clock is written: whatever the bound, the day is in."""


class Deictic(NamedTuple):
    """A period named from the day of writing: "tháng này", "tuần tới", "hôm nay"."""

    unit: str
    offset: int
    part: str | None = None
    """head, middle, tail"""
    day: int | None = None
    """Day of the month or of the week (1 Monday) within it."""
    clock: time | None = None
    through: bool = False


class Clock(NamedTuple):
    """A time of the day."""

    time: time | None
    """None is 24 o'clock: the end of the day."""


class Feast(NamedTuple):
    """A day that the working calendar knows: Tết Nguyên đán, or the first working day after a break."""

    name: str
    """tet, after_tet, back_to_work"""
    year: int | None = None
    day: int | None = None
    """Day of the lunar year, 1 for mùng 1; None where Tết is named as a whole."""


class Doubt(NamedTuple):
    """Words about time that leave open what they mean."""

    rule: str
    question: str
    """In Vietnamese, with what could be meant."""


Point = Stretch | Deictic | Feast | Doubt


class Days(NamedTuple):
    """Days of a month or of the last month of a period: "ngày 10 và 25"; -1 is the last day."""

    days: tuple[int, ...]
    opening: bool = False
    """Of the first month of a quarter."""
    clock: time | None = None


class Weekdays(NamedTuple):
    """Days of a week that is not named, 1 Monday."""

    days: tuple[int, ...]
    clock: time | None = None


class Range(NamedTuple):
    """From … to …; `first` None: from now."""

    first: Point | None
    last: Point


class Cycle(NamedTuple):
    """A repeated day."""

    every: Frequency
    days: tuple[int, ...] = ()
    """Of the month, of the period's last month, or of the week; empty: no day is written."""
    dates: tuple[tuple[int, int], ...] = ()
    """Month, day, for a yearly cycle."""
    clock: time | None = None
    rule: str = "dinh-ky"
    note: str | None = None
    cutoff: bool = False
    """The days close the data of a report; they are no due."""
    following: bool = False
    """The day lies in the month after the period."""
    through: bool = False


class Length(NamedTuple):
    """So many days, working days, weeks, months, years or hours."""

    unit: str
    number: int


class Anchored(NamedTuple):
    """A length from (or before) something that happens."""

    length: Length | None
    """None: simply after, or before, the event."""
    event: tuple[int, int] | None
    """Where its words stand in the text; None where the sentence names none."""
    anchor: str | None = None
    """issued, received; None for an event of its own."""
    start: Point | None = None
    """A written day that the length runs from."""
    before: bool = False
    least: bool = False
    """A distance to keep rather than a period to end in."""


class Limit(NamedTuple):
    """A bound with what it bounds: what a due is made of."""

    bound: Bound
    targets: tuple[Point | Range | Days | Weekdays | Cycle, ...]
    fuzzy: bool = False
    """"vào dịp": about that day."""
    plain: bool = False
    """No word of limit stands before it."""
