"""The cells of an XLSX as they stand in it: raw texts, and what kind of thing each is; not what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter


class CellKind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    """TRUE or FALSE."""
    ERROR = "error"
    """`#N/A` and the like."""
    UNCOMPUTED = "uncomputed"
    """A formula without its last result."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell."""

    text: str
    kind: CellKind
    number_format: str = "General"

    @property
    def percent(self) -> bool:
        """Whether the number is shown a hundred times as large, with a % sign."""
        return self.kind is CellKind.NUMBER and "%" in self.number_format

    @property
    def dated(self) -> bool:
        """Whether the number is shown as a day."""
        return self.kind is CellKind.NUMBER and bool(is_date_format(self.number_format))


@dataclass(frozen=True)
class Sheet:
    """One sheet: row number → column number → cell; both count from 1, and empty cells are left out."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: Mapping[int, Mapping[int, tuple[int, int]]]
    """Row → column → where what is seen in a merged cell is written."""

    def seen(self, row: int, column: int) -> Cell | None:
        """The cell as a reader sees it: of merged ones the one that is shown over them all."""
        top, left = self.merged.get(row, {}).get(column, (row, column))
        return self.rows.get(top, {}).get(left)

    def spread(self, row: int, column: int) -> bool:
        """Whether the cell is merged with one below or above it."""
        here = self.merged.get(row, {}).get(column)
        beside = (self.merged.get(other, {}).get(column) for other in (row - 1, row + 1))
        return here is not None and here in beside


def place(row: int, column: int) -> str:
    """`F12`"""
    return f"{get_column_letter(column)}{row}"
