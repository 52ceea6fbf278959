"""What was decided before, asked by what is said to whom: which channel carried it makes no difference.

A row that became obsolete said nothing, and a refused one did not arrive: neither keeps its matter from being said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.clocktime import local_date
from domain.directive import Directive
from domain.office import Person
from domain.outbox import UNHEARD, Delivery, Key, State
from domain.plan import LADDER, Rung, RungKind

Matter = tuple[object, ...]
"""What is said to whom: milestone, rung, occurrence, person; or, wherever its due is moved, by the rung's instant."""
Voice = tuple[str, ...]
"""What says the same to the same person."""


@dataclass(frozen=True)
class Past:
    """The rows of one directive."""

    void: frozenset[Key]
    """Rows that are obsolete, or become so now: wanted again, they return to planned."""
    recurring: frozenset[str]
    """Milestones of which each occurrence has rungs of its own."""
    last_said: Mapping[Voice, datetime]
    """The latest rung that has said, or is about to say, the same to the same person."""
    _stood_at: Mapping[Matter, datetime]
    _settled: frozenset[Matter]
    _refused: Mapping[Matter, frozenset[str]]

    def name(self, milestone: str, rung: Rung, person: str) -> str:
        """The rung as its key has it: one that moved after it was decided, its due unchanged, is one more.

        It is named by its new day. Where that has passed as well when the plan changes, adoption leaves a row that
        is never sent (actions/replan.py).
        """
        before = self._stood_at.get((milestone, rung.id, rung.occurrence, person), rung.at)
        if not rung.on_ladder or local_date(before) == local_date(rung.at):
            return rung.id
        return f"{rung.id}@{local_date(rung.at).isoformat()}"

    def channel(self, milestone: str, rung: Rung, person: Person) -> str | None:
        """The first of the person's channels that did not refuse the rung; None where it is settled, or all did."""
        name = self.name(milestone, rung, person.code)
        written = _written(rung.occurrence) if rung.on_ladder and milestone in self.recurring else ""
        same = (
            (milestone, name, rung.occurrence, person.code),
            (milestone, rung.id, person.code, written, rung.at),
        )
        if any(one in self._settled for one in same):
            return None
        refused = {channel for one in same for channel in self._refused.get(one, ())}
        return next((channel for channel in person.channels if channel not in refused), None)


def past(rows: Iterable[Delivery], overtaken: Collection[Key], directive: Directive) -> Past:
    """The rows as they will stand once those now overtaken are obsolete."""
    recurring = frozenset(one.id for one in directive.milestones if one.recurring)
    void: set[Key] = set()
    settled: set[Matter] = set()
    refused: defaultdict[Matter, set[str]] = defaultdict(set)
    stood_at: dict[Matter, datetime] = {}
    last_said: dict[Voice, datetime] = {}
    for row in rows:
        matters = _matters(row, recurring)
        stood_at[matters[0]] = row.rung_at
        if row.state is State.OBSOLETE or row.key in overtaken:
            void.add(row.key)
        elif row.state in UNHEARD:
            for one in matters:
                refused[one].add(row.key.channel)
        else:
            settled.update(matters)
            if row.state is not State.BEFORE_START:
                key = row.key
                said = voice(key.milestone, key.rung, key.occurrence, key.person)
                last_said[said] = max(row.rung_at, last_said.get(said, row.rung_at))
    banned = {one: frozenset(channels) for one, channels in refused.items()}
    return Past(frozenset(void), recurring, last_said, stood_at, frozenset(settled), banned)


def _matters(row: Delivery, recurring: Collection[str]) -> tuple[Matter, Matter]:
    key = row.key
    written = _written(key.occurrence) if key.on_ladder and key.milestone in recurring else ""
    return (
        (key.milestone, key.rung, key.occurrence, key.person),
        (key.milestone, key.rung_id, key.person, written, row.rung_at),
    )


def _written(occurrence: str) -> str:
    """Of an occurrence that was moved the written day: each has rungs of its own, wherever it is."""
    return occurrence.split("/", maxsplit=1)[0]


def voice(milestone: str, rung: str, occurrence: str, person: str) -> Voice:
    """Rows that would say the same to the same person: the ladder of one due, all weekly lists, all quarterly words."""
    kind = rung.partition("-")[0]
    about = "" if kind in (RungKind.WATCH, RungKind.WORD) else occurrence
    return milestone, person, "ladder" if kind in LADDER else kind, about
