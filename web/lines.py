"""A directive as a line of a list: what is shown of it and filtered on, found once for each picture of the book."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from actions.overlook import Overlook
from domain.clocktime import local_date
from domain.comparison import WORST_FIRST, as_a_whole, doing
from domain.directive import Directive
from domain.due import Due
from domain.searching import folded
from domain.situation import Situation
from domain.standing import Freshness, Official


@dataclass(frozen=True)
class Line:
    """One directive."""

    situation: Situation
    official: Official
    due: Due | None
    """The oldest that was missed, else the next; None where nothing dated is open."""
    working_days: int
    """To it, or since."""
    dues: tuple[date, ...]
    """Of every milestone still to be done."""
    done: int
    steps: int
    """Milestones, each occurrence and later day by itself."""
    stale: bool
    """Something to be done has no figure, or none of late."""
    behind: bool
    """Something to be done is below its pace."""
    units: frozenset[str]
    """Leading, carrying out, coordinating."""
    text: str
    """What it is found by, folded."""

    @property
    def directive(self) -> Directive:
        """What was ordered."""
        return self.situation.directive

    @property
    def lead(self) -> str:
        """Names of the units that lead."""
        return ", ".join(map(self.situation.rules.office.name_of, self.situation.lead))

    @property
    def worst(self) -> tuple[int, date]:
        """Late ones first, the latest of them first; then by nearness of the due."""
        return WORST_FIRST.index(self.official), self.due.nominal if self.due else date.max


def line(situation: Situation) -> Line:
    """The directive's line."""
    wholes = tuple(map(situation.whole, situation.tracks))
    undone = [one for one in situation.standings if one.open]
    dated = sorted((one.due for one in wholes if one.open and one.due), key=lambda due: due.overdue_after)
    due, today = dated[0] if dated else None, local_date(situation.as_of)
    return Line(
        situation=situation,
        official=as_a_whole(situation),
        due=due,
        working_days=abs(situation.rules.calendar.working_days(today, due.last_day)) if due else 0,
        dues=tuple(one.nominal for one in dated),
        done=sum(one.met is not None for one in wholes),
        steps=len(wholes),
        stale=any(one.freshness is not Freshness.FRESH for one in undone),
        behind=any(one.pace.behind for one in undone),
        units=_units(situation),
        text=folded(" ".join(_found_by(situation.directive))),
    )


@dataclass
class Lines:
    """The lines of the newest picture of the book. Threads may share it."""

    _book: Overlook | None = None
    _lines: Mapping[int, Line] = field(default_factory=dict)
    _hand: threading.Lock = field(default_factory=threading.Lock)

    def of(self, book: Overlook, seen: Iterable[Situation]) -> tuple[Line, ...]:
        """The lines of what somebody may see, worst first. A situation that did not change keeps its line."""
        with self._hand:
            if self._book is not book:
                known = self._lines
                found = {}
                for one in book.situations.values():
                    before = known.get(id(one))
                    found[id(one)] = before if before and before.situation is one else line(one)
                self._book, self._lines = book, found
            lines = self._lines
        return tuple(sorted((lines[id(one)] for one in seen), key=lambda one: one.worst))


def _units(situation: Situation) -> frozenset[str]:
    office, day = situation.rules.office, local_date(situation.as_of)
    helping = office.expand(situation.directive.coordinating, day)
    return frozenset((*doing(situation), *office.expand(situation.lead, day), *helping))


def _found_by(directive: Directive) -> tuple[str, ...]:
    notice = directive.notice
    notes = (note.text for note in directive.footnotes)
    known = (directive.code, directive.title, directive.quote, directive.section, notice.reference(), notice.short)
    return (*known, notice.number or "", notice.title, *notes)
