"""What a person may report by a short reply on Zalo: what the last message they got there was about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from actions.evaluate import situation, situations
from channels.zalo.reply import Asked
from config.channel import ZALO
from config.reading import Configuration
from domain.compose import answered_for
from domain.digest import Item, Section, SubjectLine
from domain.directive import Directive
from domain.due import Bound
from domain.frozen import Frozen
from domain.office import Person
from store import Session
from store.zalo_told import last_told


class Figure(Frozen):
    """One metric of one subject, as it would be recorded."""

    directive: str
    metric: str
    subject: str | None
    """None: the directive as a whole."""
    occurrence: date | None


@dataclass(frozen=True)
class Wanted:
    """A figure the person is asked for, in the words of the question."""

    figure: Figure
    milestone: str
    timed: bool
    """The due has a clock time, so the statement needs one."""
    asked: Asked


def told_of(session: Session, configuration: Configuration, person: str) -> tuple[str, ...]:
    """The directives in force that the person's last message on Zalo spoke of, in its order."""
    ways = [channel.code for channel in configuration.channels if channel.kind in ZALO]
    rows = last_told(session, person, ways)
    return tuple(dict.fromkeys(row.key.directive for row in rows if row.key.directive in configuration.directives))


def wanted_of(session: Session, configuration: Configuration, person: Person, as_of: datetime) -> tuple[Wanted, ...]:
    """What the person answers for of their last message; without one, of everything that has a due. Worst first."""
    told = told_of(session, configuration, person.code)
    found = wanted_in(session, configuration, person, told, as_of)
    if found:
        return found
    book = answered_for(person, situations(session, configuration, as_of).values())
    return _once(one for one in _all(book) if one.dated)


def wanted_in(
    session: Session, configuration: Configuration, person: Person, directives: Iterable[str], as_of: datetime
) -> tuple[Wanted, ...]:
    """What the person answers for of these directives. Raises NoSuchDirectiveError."""
    found = [situation(session, configuration, code, as_of) for code in directives]
    return _once(_all(answered_for(person, found)))


@dataclass(frozen=True)
class _Line:
    """A line of an item, or the item as a whole."""

    directive: Directive
    item: Item
    line: SubjectLine | None

    @property
    def dated(self) -> bool:
        return self.item.due is not None

    @property
    def whole(self) -> bool:
        return self.line is None or self.line.code == self.directive.code

    def figure(self) -> Figure:
        due = self.item.due
        return Figure(
            directive=self.directive.code,
            metric=self.directive.milestone(self.item.milestone).metric,
            subject=None if self.whole or self.line is None else self.line.code,
            occurrence=self.line.occurrence if self.line else due.occurrence if due else None,
        )

    def title(self) -> str:
        about = self.directive.title if self.whole or self.line is None else self.line.name
        return f"{self.item.name}, {about}"


def _all(sections: Iterable[Section]) -> Iterator[_Line]:
    for section in sections:
        for item in section.items:
            for line in item.subjects or (None,):
                yield _Line(section.directive, item, line)


def _once(lines: Iterable[_Line]) -> tuple[Wanted, ...]:
    """Milestones that one figure reaches in turn (40%, 100%) are asked about once, as the nearest of them."""
    found: dict[Figure, Wanted] = {}
    for one in lines:
        figure = one.figure()
        asked = Asked(id=str(len(found)), title=one.title(), metric=one.directive.metric(figure.metric))
        timed = one.item.due is not None and one.item.due.bound is Bound.AT
        found.setdefault(figure, Wanted(figure, one.item.milestone, timed, asked))
    return tuple(found.values())
