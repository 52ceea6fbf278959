"""Units beside each other in the newest picture of the book: counted once for each directive that changed."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from actions.overlook import Overlook
from domain.comparison import Load, Tally, added, compared, loads
from domain.situation import Situation


class Beside(NamedTuple):
    """What units have to do, and when."""

    tallies: Mapping[str, Tally]
    loads: Mapping[str, tuple[Load, ...]]
    """In each of the weeks asked for."""


class _Part(NamedTuple):
    """What one directive adds, and the weeks it was counted for."""

    situation: Situation
    mondays: tuple[date, ...]
    beside: Beside


@dataclass
class Tallies:
    """Threads may share it. Whoever sees less than the whole book has it counted from what they see."""

    _parts: dict[str, _Part] = field(default_factory=dict)
    _whole: tuple[Overlook, tuple[date, ...], Beside] | None = None
    _hand: threading.Lock = field(default_factory=threading.Lock)

    def of(self, book: Overlook, seen: Sequence[Situation], mondays: tuple[date, ...]) -> Beside:
        """The units that have something of `seen` to do."""
        with self._hand:
            if len(seen) < len(book.situations):
                return _added(self._part(one, mondays) for one in seen)
            if self._whole is None or self._whole[0] is not book or self._whole[1] != mondays:
                self._whole = book, mondays, _added(self._part(one, mondays) for one in seen)
            return self._whole[2]

    def _part(self, situation: Situation, mondays: tuple[date, ...]) -> Beside:
        code = situation.directive.code
        known = self._parts.get(code)
        if known is None or known.situation is not situation or known.mondays != mondays:
            beside = Beside(compared([situation]), loads([situation], mondays))
            known = self._parts[code] = _Part(situation, mondays, beside)
        return known.beside


def _added(parts: Iterable[Beside]) -> Beside:
    tallies: defaultdict[str, list[Tally]] = defaultdict(list)
    weeks: dict[str, tuple[Load, ...]] = {}
    for part in parts:
        for unit, one in part.tallies.items():
            tallies[unit].append(one)
        for unit, row in part.loads.items():
            known = weeks.get(unit)
            weeks[unit] = tuple(map(_sum, known, row)) if known else row
    return Beside({unit: added(those) for unit, those in tallies.items()}, weeks)


def _sum(one: Load, other: Load) -> Load:
    return Load(one.due + other.due, one.late + other.late)
