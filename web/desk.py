"""A person's items as the page lays them out: every line of what has a due with its form, the rest by heading."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from domain.digest import Item, Section, SubjectLine
from domain.directive import Directive
from domain.due import Bound
from domain.metric import Metric
from web.ticket import Ticket, issue


@dataclass(frozen=True)
class Form:
    """One form: what it is about, and its ticket."""

    name: str
    """Unique on its page; labels refer to it."""
    ticket: str
    metric: Metric
    timed: bool
    """The due has a clock time, so the statement needs one."""
    occurrence: date | None = None
    """Of a milestone that comes again, the written day of the occurrence that is recorded."""


@dataclass(frozen=True)
class Row:
    """A subject with its form; no line where the milestone is recorded as a whole."""

    line: SubjectLine | None
    form: Form | None
    """None where the page would be too long with all of them; each milestone has an address of its own."""


@dataclass(frozen=True)
class Step:
    """A milestone with its rows."""

    item: Item
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheet:
    """A directive with its milestones."""

    directive: Directive
    steps: tuple[Step, ...]


class Heading(NamedTuple):
    """Undated directives under one heading of one document, told by their titles."""

    reference: str
    section: str
    directives: tuple[Directive, ...]


def dated(section: Section) -> bool:
    """Whether anything in it has a due."""
    return any(item.due for item in section.items)


def under_headings(directives: Iterable[Directive]) -> tuple[Heading, ...]:
    """By document and heading, in the order of the documents; the bullet after the heading is left out."""
    groups: dict[tuple[str, str], list[Directive]] = {}
    for one in directives:
        groups.setdefault((one.notice.reference(), one.section.split(",")[0]), []).append(one)
    return tuple(Heading(reference, section, tuple(found)) for (reference, section), found in groups.items())


FORMS = 24
"""So many on one page; with more it would be too long for a poor line."""


def lay_out(sections: Sequence[Section], secret: str, link: str, *, whole: bool) -> tuple[Sheet, ...]:
    """The sheets of one page view, with forms where they are few or `whole`; each view gets entry ids of its own."""
    ids = _entry_ids()
    few = whole or sum(len(item.subjects) or 1 for section in sections for item in section.items) <= FORMS

    def step(directive: Directive, item: Item) -> Step:
        return _step(directive, item, secret, link, ids) if few else Step(item, _told(item))

    return tuple(Sheet(one.directive, tuple(step(one.directive, item) for item in one.items)) for one in sections)


def _told(item: Item) -> tuple[Row, ...]:
    return tuple(Row(line, None) for line in item.subjects)


class Again(NamedTuple):
    """A form that was sent with something wrong in it, and what it is about."""

    form: Form
    about: str


def form_again(sections: Iterable[Section], ticket: Ticket, text: str) -> Again | None:
    """The form of a ticket, if what it records is still on the page."""
    for section in sections:
        for item in section.items:
            same = (section.directive.code, item.milestone) == (ticket.directive, ticket.milestone)
            for line in (item.subjects or (None,)) if same else ():
                day = _occurrence(item, line)
                if (_subject(section.directive, line), _written(day)) == (ticket.subject, ticket.occurrence):
                    names = [line.name] if line and ticket.subject else []
                    form = Form("lai", text, section.directive.metric(ticket.metric), _timed(item), day)
                    return Again(form, " — ".join([item.name, *names, section.directive.title]))
    return None


def _step(directive: Directive, item: Item, secret: str, link: str, ids: Iterator[str]) -> Step:
    metric = directive.metric(directive.milestone(item.milestone).metric)

    def row(line: SubjectLine | None) -> Row:
        entry = next(ids)
        subject, day = _subject(directive, line), _occurrence(item, line)
        ticket = Ticket(entry, directive.code, item.milestone, metric.id, subject, _written(day))
        name, signed = entry.rpartition("-")[2], issue(secret, link, ticket)
        return Row(line, Form(name, signed, metric, _timed(item), day))

    return Step(item, tuple(map(row, item.subjects or (None,))))


def _subject(directive: Directive, line: SubjectLine | None) -> str:
    """As a ticket has it: empty for the directive as a whole."""
    return "" if line is None or line.code == directive.code else line.code


def _timed(item: Item) -> bool:
    return item.due is not None and item.due.bound is Bound.AT


def _occurrence(item: Item, line: SubjectLine | None) -> date | None:
    """What is recorded of several overdue occurrences is the oldest that is missing."""
    whole = item.due.occurrence if item.due else None
    return line.occurrence if line else whole


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _entry_ids() -> Iterator[str]:
    view = secrets.token_hex(8)
    number = 0
    while True:
        number += 1
        yield f"web-{view}-{number}"
