"""A proposal as the page lays it out: rows under their directives, and what a form says of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from actions.overlook import Overlook
from domain.handing import Outcome, Proposal, Row
from domain.office import Office

LEAVE = "bo-qua"
STATES = {None: "đang xem lại", Outcome.CONFIRMED: "đã xác nhận", Outcome.WITHDRAWN: "đã rút lại"}


class Summary(NamedTuple):
    """A proposal in a list."""

    proposal: Proposal
    units: str
    """The first of them, and how many more."""
    every: tuple[str, ...]
    """All their names."""
    state: str
    waiting: int
    """Rows still to be chosen."""
    proposed_by: str
    decided_by: str


class Line(NamedTuple):
    """A row."""

    row: Row
    what: str
    former: str
    choices: tuple[tuple[str, str], ...]
    """Code and name of each unit that could take it."""
    receivers: str
    """Who takes it, by name."""
    other: str
    """Codes of receivers that are no successors."""


class Chosen(NamedTuple):
    """What a form says of a row; neither receivers nor left out: nothing yet."""

    number: int
    receivers: tuple[str, ...]
    left_out: bool


def summary(proposal: Proposal, office: Office) -> Summary:
    """The proposal in words."""
    names = tuple(map(office.name_of, proposal.units))
    more = f" và {len(names) - 1} đơn vị khác" if len(names) > 1 else ""
    waiting = sum(not row.settled for row in proposal.rows)
    people = (_person(office, code) for code in (proposal.proposed_by, proposal.decided_by or ""))
    return Summary(proposal, names[0] + more, names, STATES[proposal.outcome], waiting, *people)


def laid_out(proposal: Proposal, book: Overlook) -> tuple[tuple[str, str, tuple[Line, ...]], ...]:
    """Code and title of each directive, and its rows."""
    found: dict[str, list[Line]] = {}
    for row in proposal.rows:
        found.setdefault(row.directive, []).append(_line(row, book))
    known = book.configuration.directives
    return tuple((code, known[code].title if code in known else code, tuple(lines)) for code, lines in found.items())


def chosen(numbers: Sequence[str], choices: Sequence[str], others: Sequence[str]) -> tuple[Chosen, ...]:
    """What the form says, row by row; what is typed beside the list wins."""
    found = []
    for number, choice, other in zip(numbers, choices, others, strict=False):
        typed = tuple(dict.fromkeys(part for part in other.replace(",", " ").split() if part))
        receivers = typed or ((choice,) if choice not in {"", LEAVE} else ())
        if number.isascii() and number.isdigit() and len(number) < 7:
            found.append(Chosen(int(number), receivers, not receivers and choice == LEAVE))
    return tuple(found)


def _line(row: Row, book: Overlook) -> Line:
    office, situation = book.configuration.rules.office, book.situations.get(row.directive)
    subjects = {one.code: one.name for one in situation.state.subjects} if situation else {}
    other = [code for code in row.receivers if code not in row.choices or len(row.receivers) > 1]
    return Line(
        row=row,
        what=subjects.get(row.subject, row.subject) if row.subject else "Chủ trì cả nhiệm vụ",
        former=office.name_of(row.former),
        choices=tuple((code, office.name_of(code)) for code in row.choices),
        receivers="bỏ qua, việc ở nguyên chỗ cũ" if row.left_out else ", ".join(map(office.name_of, row.receivers)),
        other=" ".join(other),
    )


def _person(office: Office, code: str) -> str:
    found = office.person(code)
    return found.name if found else code
