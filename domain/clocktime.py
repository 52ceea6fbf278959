"""Dates and instants of Vietnam.

The convention, stated once: a day X runs from 00:00 of X to 00:00 of X+1, Asia/Ho_Chi_Minh (+07:00, no summer time).
"Đến hết ngày X" is late from the first instant of X+1. Instants are aware; equality is by instant, not by zone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pendulum

VIETNAM = pendulum.timezone("Asia/Ho_Chi_Minh")


def at(day: date, clock: time = time(0)) -> datetime:
    """The instant when Vietnamese clocks show `clock` on `day`."""
    return datetime.combine(day, clock, tzinfo=VIETNAM)


def first_instant_after(day: date) -> datetime:
    """00:00 of the day after `day`: the first instant that is no longer within it."""
    return at(day + timedelta(days=1))


def last_instant(day: date) -> datetime:
    """The last microsecond of `day`: what a bare date means as the moment of a question ("tính đến hết ngày")."""
    return first_instant_after(day) - timedelta(microseconds=1)


def local(moment: datetime) -> datetime:
    """The same instant on Vietnamese clocks. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("thời điểm phải có múi giờ")
    return moment.astimezone(VIETNAM)


def local_date(moment: datetime) -> date:
    """The Vietnamese calendar day in which the instant falls."""
    return local(moment).date()


def iso(moment: datetime) -> str:
    """ISO 8601 with +07:00, seconds precision: the form of every instant in JSON."""
    return local(moment).isoformat(timespec="seconds")
