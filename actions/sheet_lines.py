"""The rows of an uploaded spreadsheet as they are shown before anything is saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from domain.ledger import Entry

SOURCE = "bảng tính"
"""As in the ledger."""


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    """It is recorded with the others."""
    UNSURE = "unsure"
    """It is recorded only where it is chosen by itself."""
    UNCHANGED = "unchanged"
    """The ledger says so already."""
    RECORDED = "recorded"
    """It was recorded from this very file."""
    REFUSED = "refused"


class Fault(NamedTuple):
    """What is wrong, or doubtful, and in which cell."""

    cell: str
    message: str

    def __str__(self) -> str:
        return f"ô {self.cell}: {self.message}"


@dataclass(frozen=True)
class Line:
    """A row that says something."""

    row: str
    """`<sheet>-<row>`, both counted from 1: how it is chosen, and the end of its entry's id."""
    cell: str
    """Where its figure stands."""
    what: str
    """What it is about, in words."""
    before: str
    after: str
    """As it would be recorded; as it was typed where it cannot be."""
    fate: Fate
    entry: Entry | None = None
    faults: tuple[Fault, ...] = ()

    def refused(self, *faults: Fault) -> Line:
        """The same row, not to be recorded."""
        return replace(self, fate=Fate.REFUSED, entry=None, faults=faults)

    def unchanged(self) -> Line:
        """The same row, with nothing new in it."""
        return replace(self, fate=Fate.UNCHANGED, entry=None, faults=())


@dataclass(frozen=True)
class Sender:
    """Who sends a file, and when."""

    person: str
    moment: datetime


def digest(content: bytes) -> str:
    """What a file is known by."""
    return sha256(content).hexdigest()


def entry_id(file: str, row: str) -> str:
    """The same file gives the same ids, whoever sends it."""
    return f"bang-{file[:32]}-{row}"


def without_contradictions(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines, of which none says twice, or otherwise than another, what was so on one day."""
    found = tuple(lines)
    said: dict[object, list[int]] = {}
    for number, line in enumerate(found):
        if line.entry:
            one = line.entry
            about = (one.directive, one.metric, one.subject, one.occurrence, one.as_of, one.as_of_time)
            said.setdefault(about, []).append(number)
    changed = {number: line for numbers in said.values() for number, line in _settled(found, numbers)}
    return tuple(changed.get(number, line) for number, line in enumerate(found))


def _settled(lines: tuple[Line, ...], numbers: list[int]) -> list[tuple[int, Line]]:
    """Rows about one thing and one day: the first speaks for those that say the same; where they differ, none does."""
    first, *others = (lines[number] for number in numbers)
    values = {str(one.entry.value) for one in (first, *others) if one.entry}
    if len(values) == 1:
        return [(number, lines[number].unchanged()) for number in numbers[1:]]
    cells = [lines[number].cell for number in numbers]
    return [
        (number, lines[number].refused(Fault(lines[number].cell, _against(cells, lines[number].cell))))
        for number in numbers
    ]


def _against(cells: list[str], own: str) -> str:
    others = ", ".join(cell for cell in cells if cell != own)
    return f"khác với ô {others}, cùng một nội dung và cùng một ngày; hãy giữ dòng đúng"
