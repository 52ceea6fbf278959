"""Long lists a page at a time, and addresses that keep what else was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

Thing = TypeVar("Thing")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Part(Generic[Thing]):
    """One page of a list."""

    rows: Sequence[Thing]
    number: int
    """From 1."""
    pages: int
    total: int
    first: int
    """Place of its first row, from 1; 0 of an empty list."""

    @property
    def last(self) -> int:
        """Place of its last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    def told(self, rows: Sequence[Other]) -> Part[Other]:
        """The same page of the same things in another form."""
        return Part(rows, self.number, self.pages, self.total, self.first)


def part(things: Sequence[Thing], wanted: str, size: int) -> Part[Thing]:
    """The page of that number; the nearest there is for one that is not."""
    pages = max(-(-len(things) // size), 1)
    number = min(max(int(wanted), 1), pages) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1
    rows = things[(number - 1) * size : number * size]
    return Part(rows, number, pages, len(things), (number - 1) * size + 1 if rows else 0)


def address(path: str, asked: Mapping[str, str], **changed: str) -> str:
    """The path with what was asked, and what is `changed` of it; empty is left out. `_` in a name is `-`."""
    said = {**asked, **{name.replace("_", "-"): value for name, value in changed.items()}}
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{path}?{query}" if query else path
