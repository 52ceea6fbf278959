"""A directive's decision points as the one schedule of its Prefect deployment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from prefect.client.schemas.schedules import RRuleSchedule

from domain.clocktime import VIETNAM, local

#: Points in one schedule: 120 make a rule of 2,000 characters, Prefect refuses 6,500.
MOST_POINTS = 120

#: A directive runs up to this many minutes after each of its points, so that they do not all start together.
SPREAD_MINUTES = 10


def decision_schedule(points: Sequence[datetime], key: str) -> RRuleSchedule | None:
    """The first 120 of the points, each 0 to 9 whole minutes later, the same for one `key`; None without points.

    Never earlier than a point: nothing is evaluated before its moment. Give points that are still ahead, since Prefect
    makes no runs for the past. Raises ValueError for a point without a time zone.
    """
    starts = [f"{local(start_of(point, key)):%Y%m%dT%H%M%S}" for point in sorted(set(points))[:MOST_POINTS]]
    if not starts:
        return None
    # Local time without a Z: with one, Prefect reads the same digits as local time and is seven hours off.
    return RRuleSchedule(rrule=f"DTSTART:{starts[0]}\nRDATE:{','.join(starts)}", timezone=VIETNAM.name)


def start_of(point: datetime, key: str) -> datetime:
    """When the run for a point starts: on a whole second, late by the minutes of the key."""
    whole = point if point.microsecond == 0 else point.replace(microsecond=0) + timedelta(seconds=1)
    return whole + timedelta(minutes=hashlib.sha256(key.encode()).digest()[0] % SPREAD_MINUTES)


def covers(existing: RRuleSchedule, wanted: RRuleSchedule) -> bool:
    """Whether the existing schedule starts runs exactly when the wanted one does, points gone by left aside."""
    ahead = _starts(wanted)
    return existing.timezone == wanted.timezone and [at for at in _starts(existing) if at >= ahead[0]] == ahead


def _starts(schedule: RRuleSchedule) -> list[str]:
    return schedule.rrule.partition("RDATE:")[2].split(",")
