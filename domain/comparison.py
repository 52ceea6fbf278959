"""Units beside each other: what each has to do, how much of it is done, and how much of that in time.

A share says nothing without what it is a share of. Offices use two: all that was given, and what is done or has come
due; both are told, each with its name. Joint work counts with each unit that leads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from domain.situation import Situation
from domain.standing import Official, Standing

WORST_FIRST = (
    Official.OPEN_OVERDUE,
    Official.OPEN_IN_TIME,
    Official.NO_DUE,
    Official.SUSPENDED,
    Official.DONE_LATE,
    Official.DONE_ON_TIME,
    Official.CANCELLED,
)
"""Also how much a milestone weighs in the directive: it is late with one that is, done when all are."""

OF_ALL, OF_DUE = "trên tổng số nhiệm vụ được giao", "trên số nhiệm vụ đã hoàn thành hoặc đã đến hạn"
"""The two usual denominators, by name."""


def together(standings: Iterable[Standing]) -> Official | None:
    """The one class of a piece of work with these standings; None where there are none."""
    found = {one.official for one in standings}
    return next((official for official in WORST_FIRST if official in found), None)


def as_a_whole(situation: Situation) -> Official:
    """The one class of a directive, from its milestones as wholes."""
    return together(map(situation.whole, situation.tracks)) or Official.NO_DUE


def own(situation: Situation, unit: str) -> tuple[Standing, ...]:
    """What of the directive is the unit's to do: the whole where it leads, else its own subjects."""
    if unit in situation.leads:
        return tuple(map(situation.whole, situation.tracks))
    return tuple(one for one in situation.standings if one.subject and unit in (one.subject.unit, one.subject.code))


def doing(situation: Situation) -> tuple[str, ...]:
    """Codes of the units that have something of the directive to do."""
    subjects = (one.subject for one in situation.standings if one.subject)
    known = (subject.unit or subject.code for subject in subjects)
    return tuple(dict.fromkeys((*situation.leads, *known)))


@dataclass(frozen=True)
class Tally:
    """How many pieces of work stand in which class."""

    counts: Mapping[Official, int]

    def of(self, *officials: Official) -> int:
        """How many are in one of the classes."""
        return sum(self.counts.get(one, 0) for one in officials)

    @property
    def total(self) -> int:
        """All of them."""
        return self.of(*WORST_FIRST)

    @property
    def due(self) -> int:
        """What is done or has come due."""
        return self.of(Official.DONE_ON_TIME, Official.DONE_LATE, Official.OPEN_OVERDUE)

    @property
    def share_of_all(self) -> Decimal | None:
        """Done in time, percent of all; None of nothing."""
        return _percent(self.of(Official.DONE_ON_TIME), self.total)

    @property
    def share_of_due(self) -> Decimal | None:
        """Done in time, percent of what is done or has come due; None of nothing."""
        return _percent(self.of(Official.DONE_ON_TIME), self.due)


def tally(officials: Iterable[Official]) -> Tally:
    """Counted."""
    return Tally(Counter(officials))


def added(tallies: Iterable[Tally]) -> Tally:
    """Their sum: of units, work that several lead counts with each."""
    counts: Counter[Official] = Counter()
    for one in tallies:
        counts.update(one.counts)
    return Tally(counts)


def compared(situations: Iterable[Situation]) -> dict[str, Tally]:
    """Unit → its tally, for each that has something to do."""
    found: dict[str, Counter[Official]] = {}
    for situation in situations:
        for unit in doing(situation):
            official = together(own(situation, unit))
            if official is not None:
                found.setdefault(unit, Counter())[official] += 1
    return {unit: Tally(counts) for unit, counts in found.items()}


@dataclass(frozen=True)
class Load:
    """What falls due in one week, of what is still to be done."""

    due: int = 0
    """Still in time."""
    late: int = 0


def weeks(today: date, before: int, after: int) -> tuple[date, ...]:
    """The Mondays around today, this week's among them."""
    monday = today - timedelta(days=today.weekday())
    return tuple(monday + timedelta(weeks=number) for number in range(-before, after + 1))


def loads(situations: Iterable[Situation], mondays: Sequence[date]) -> dict[str, tuple[Load, ...]]:
    """Unit → its load in each of the weeks; what is late from before the first counts there."""
    found: dict[str, list[Load]] = {}
    for situation in situations:
        for unit in doing(situation):
            for one in own(situation, unit):
                place = _week(one, mondays)
                if place is not None:
                    row = found.setdefault(unit, [Load() for _ in mondays])
                    late = one.official is Official.OPEN_OVERDUE
                    row[place] = Load(row[place].due + (not late), row[place].late + late)
    return {unit: tuple(row) for unit, row in found.items()}


def _week(standing: Standing, mondays: Sequence[date]) -> int | None:
    if standing.due is None or standing.official not in (Official.OPEN_OVERDUE, Official.OPEN_IN_TIME):
        return None
    number = max((standing.due.last_day - mondays[0]).days // 7, 0)
    return number if number < len(mondays) else None


def _percent(part: int, whole: int) -> Decimal | None:
    return Decimal(part * 100) / whole if whole else None
