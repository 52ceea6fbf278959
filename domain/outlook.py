"""What a leader asks: what is late, since when and whose it is; and what will be late if nothing changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.situation import Situation
from domain.standing import Freshness, Standing


@dataclass(frozen=True)
class Late:
    """A milestone that is open and late as a whole."""

    situation: Situation
    standing: Standing
    since: date
    """The first day on which it was late."""
    days: int
    """Working days late."""
    unmet: int
    """Subjects that have not reached it; 0 where there are none."""
    of: int
    """Subjects counted."""


@dataclass(frozen=True)
class Threatened:
    """A milestone in time of which something says that it will be late."""

    situation: Situation
    standing: Standing
    days: int
    """Working days left, today not counted."""
    why: str
    """In Vietnamese."""


def late(situations: Iterable[Situation]) -> tuple[Late, ...]:
    """Every milestone that is late now, the longest late first."""
    found = [_late(one, standing) for one in situations for standing in _wholes(one) if standing.overdue]
    return tuple(sorted(found, key=lambda one: (one.since, one.situation.directive.code)))


def threatened(situations: Iterable[Situation], horizon: int) -> tuple[Threatened, ...]:
    """Milestones due within `horizon` calendar days that something speaks against, the next due first."""
    found = [each for one in situations for standing in _wholes(one) if (each := _threat(one, standing, horizon))]
    return tuple(sorted(found, key=lambda one: (one.days, one.situation.directive.code)))


def _wholes(situation: Situation) -> Iterable[Standing]:
    return (situation.whole(track) for track in situation.tracks)


def _late(situation: Situation, standing: Standing) -> Late:
    assert standing.due is not None
    today, last = local_date(situation.as_of), standing.due.last_day
    singles = situation.singles(standing.track)
    return Late(
        situation=situation,
        standing=standing,
        since=last + timedelta(days=1),
        days=situation.rules.calendar.working_days(last, today),
        unmet=sum(one.open for one in singles),
        of=len(singles),
    )


def _threat(situation: Situation, standing: Standing, horizon: int) -> Threatened | None:
    today, due = local_date(situation.as_of), standing.due
    if due is None or not standing.open or standing.overdue or due.last_day > today + timedelta(days=horizon):
        return None
    why = _against(situation, standing)
    days = situation.rules.calendar.working_days(today, due.last_day)
    return Threatened(situation, standing, days, why) if why else None


def _against(situation: Situation, standing: Standing) -> str:
    """The first of: subjects behind, a forecast after the due, the whole behind, nothing heard."""
    singles = [one for one in situation.singles(standing.track) if one.open]
    judged = singles or [standing]
    behind = sum(one.pace.behind for one in judged)
    if behind:
        many = f"{behind}/{len(singles)} {situation.directive.subject_word} chưa đạt chậm so với nhịp độ phải có"
        return many if singles else "chậm so với nhịp độ phải có"
    forecasts = [one.pace.forecast for one in judged if one.pace.forecast]
    if standing.due and forecasts and max(forecasts) > standing.due.last_day:
        return f"theo tốc độ hiện nay đến {vn.day(max(forecasts))} mới đạt"
    if standing.freshness is Freshness.NEVER:
        return "chưa có báo cáo nào"
    return "lâu không có số liệu mới" if standing.freshness is Freshness.STALE else ""
