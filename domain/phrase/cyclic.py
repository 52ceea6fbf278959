"""Recurring limits put together: the period in one place of the sentence, its days and edges in others."""

from __future__ import annotations

from domain.due import Bound
from domain.phrase.grammar import Matched
from domain.phrase.repeats import last_day_of
from domain.phrase.senses import Kind, Sense, due
from domain.phrase.values import Cycle, Days, Deictic, Doubt, Limit, Range, Stretch, Weekdays
from domain.recurrence import Frequency

_OF_MONTHS = {Frequency.MONTH, Frequency.QUARTER, Frequency.HALF}
_LEAST_DATES = {Frequency.YEAR: 1, Frequency.HALF: 1, Frequency.QUARTER: 4}
"""Dates of a year that a period must name to be one: "định kỳ 6 tháng (trước ngày 15/6)" names one of its two."""
_OF_LAST_MONTH = "hiểu là ngày của tháng cuối kỳ; đề nghị xác nhận"


def repeating(taken: Matched) -> Sense:
    """Periods without any day."""
    every = tuple(Cycle(each) for each in taken.all("each"))
    rule = "cuoc-hop-dinh-ky" if taken.has("meeting") else "dinh-ky-khong-ngay"
    return Sense(Kind.RECURRING, rule, Limit(Bound.INCLUSIVE, every))


def each_with_days(taken: Matched) -> Sense | None:
    """`hằng tháng, báo cáo trước ngày 25`; `ngày 06 tháng 6 đối với báo cáo định kỳ 06 tháng`; with edges behind."""
    limits: list[Limit] = taken.all("limit")
    every, target = taken.one("each"), limits[0].targets[0]
    misfit = (isinstance(target, Days) and every not in _OF_MONTHS) or (
        isinstance(target, Weekdays) and every is not Frequency.WEEK
    )
    if misfit or isinstance(target, Doubt):
        return due(limits[0])
    repeated = _repeated(limits[0], every)
    return _edged(repeated, limits[1:], since=taken.has("since")) if repeated else None


def _repeated(limit: Limit, every: Frequency) -> Limit | None:
    """The limit as one that comes again in every period."""
    target = limit.targets[0]
    if isinstance(target, Cycle):
        return limit
    if isinstance(target, Weekdays) and every is Frequency.WEEK:
        return limit._replace(targets=(Cycle(every, target.days, clock=target.clock),))
    if isinstance(target, Deictic) and target.day and target.unit == "month" and target.offset == 1:
        known = every in _OF_MONTHS or every is Frequency.YEAR
        cycle = Cycle(every, (target.day,), clock=target.clock, through=target.through, following=True)
        return limit._replace(targets=(cycle,)) if known else None
    if isinstance(target, Days) and every in _OF_MONTHS:
        note = None if every is Frequency.MONTH or target.opening else _OF_LAST_MONTH
        cycle = Cycle(every, target.days, clock=target.clock, following=target.opening, note=note)
        return limit._replace(targets=(cycle,))
    through_period = every is Frequency.YEAR and limit.bound is Bound.INCLUSIVE
    stretches = [
        target
        for target in limit.targets
        if isinstance(target, Stretch) and target.year is None and (target.unit == "day" or through_period)
    ]
    if len(stretches) == len(limit.targets) and len(stretches) >= _LEAST_DATES.get(every, 99):
        dates = tuple(last_day_of(stretch) for stretch in stretches)
        return limit._replace(targets=(Cycle(Frequency.YEAR, dates=dates, clock=stretches[0].clock),))
    return None


def begun_each(taken: Matched) -> Sense | None:
    """`hằng tháng từ tháng 5/2024, trước ngày 20`."""
    edge, limit = taken.all("limit")
    repeated = _repeated(limit, taken.one("each"))
    return _edged(repeated, [edge], since=True) if repeated else None


def bounded(taken: Matched) -> Sense | None:
    """A cycle with a first or a last day: `hằng tháng, từ tháng 5/2024 đến hết năm 2025`."""
    cycle, *others = taken.all("limit")
    return _edged(cycle, others, since=taken.has("since")) if isinstance(cycle.targets[0], Cycle) else None


def begun(taken: Matched) -> Sense | None:
    """The edge first: `từ tháng 6/2024, trước ngày 20 hằng tháng`, `từ nay đến hết năm, … hằng tuần, hằng tháng`."""
    edge, *others = taken.all("limit")
    every = [Cycle(each) for each in taken.all("each")]
    cycle = others[0] if others else Limit(Bound.INCLUSIVE, tuple(every))
    if not (isinstance(cycle.targets[0], Cycle) and (taken.has("since") or isinstance(edge.targets[0], Range))):
        return None
    sense = _edged(cycle, [edge], since=taken.has("since"))
    return sense and (sense if others else sense._replace(rule="dinh-ky-khong-ngay"))


def _edged(cycle: Limit, others: list[Limit], *, since: bool) -> Sense | None:
    sense = due(cycle)
    for limit in others:
        target = limit.targets[0]
        if isinstance(target, Cycle | Days | Weekdays):
            return None
        if isinstance(target, Range):
            first = Limit(Bound.INCLUSIVE, (target.first,)) if target.first else None
            sense = sense._replace(starts=first, until=Limit(Bound.INCLUSIVE, (target.last,)))
        elif since:
            sense = sense._replace(starts=limit)
        elif limit.plain:
            return None
        else:
            sense = sense._replace(until=limit)
    return sense
