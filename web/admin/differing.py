"""What adopting would change, and what an adoption has changed, as the admin's pages show them."""

from __future__ import annotations

from typing import NamedTuple

from actions.adopt import Adopted
from actions.changes import Difference
from actions.changes_lines import ChangeLine, PersonLine, change_lines, people_lines, rule_lines
from actions.changes_rows import difference_row
from config.reading import Configuration
from domain.findings import Finding


class Differing(NamedTuple):
    """A difference in lines."""

    rules: tuple[str, ...]
    changes: tuple[ChangeLine, ...]
    people: tuple[PersonLine, ...]
    days: int
    """Of the time ahead that messages are counted over."""
    before: int
    after: int
    """Messages in it."""
    moves: bool
    """Whether a running due is judged by another day."""


class Done(NamedTuple):
    """An adoption in words."""

    adopted: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    moved: int
    """Running milestones that were planned anew, each with a note in the ledger."""
    findings: tuple[Finding, ...]


def differing(found: Difference) -> Differing:
    """The difference, to be read before it is made."""
    row = difference_row(found)
    count = row["messages"]
    return Differing(
        rules=tuple(rule_lines(found)),
        changes=tuple(change_lines(row)),
        people=tuple(people_lines(row)),
        days=count["days"],
        before=count["before"],
        after=count["after"],
        moves=found.moves_running_dues,
    )


def done(adopted: Adopted, before: Configuration, after: Configuration) -> Done:
    """What was adopted, by names; `before` knows those of what was removed."""
    return Done(
        adopted=tuple(_named(name, after) for name in adopted.adopted),
        unchanged=len(adopted.unchanged),
        removed=tuple(_named(name, before) for name in adopted.removed),
        moved=len(adopted.moved),
        findings=adopted.findings,
    )


def _named(name: str, configuration: Configuration) -> str:
    directive = configuration.directives.get(name)
    return f"{directive.title} ({name})" if directive else name
