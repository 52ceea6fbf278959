"""What a person wrote into the cells of one row, and which of them cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from actions.sheet_header import Field
from actions.sheet_lines import Fault
from actions.sheet_places import Cells
from actions.sheet_values import day, figure, short, words, written
from domain.metric import Metric, Value
from domain.vietnamese import UnreadableError
from reports.xlsx_cells import Cell, CellKind

_YES = ("x", "có", "ước", "ước tính", "true", "1")
_NO = ("không", "false", "0")
_Read = TypeVar("_Read")


@dataclass(frozen=True)
class Typed:
    """The parts of a statement; None where nothing was written."""

    value: Value | None
    day: date | None
    clock: time | None
    evidence: str | None
    note: str | None
    faults: tuple[Fault, ...]


def typed(cells: Cells, metric: Metric, cell_of: Callable[[Field], str]) -> Typed:
    """What stands in the row; `cell_of` names the cell of a field."""
    faults: list[Fault] = []

    def read(field: Field, how: Callable[[Cell], _Read]) -> _Read | None:
        try:
            return how(cells[field]) if field in cells else None
        except UnreadableError as error:
            faults.append(Fault(cell_of(field), str(error)))
            return None

    value = read(Field.VALUE, lambda cell: figure(cell, metric))
    if Field.VALUE not in cells:
        faults.append(Fault(cell_of(Field.VALUE), "chưa ghi kết quả"))
    when, clock = read(Field.DAY, day) or (None, None)
    if read(Field.ESTIMATE, _estimated) and value:
        value = value.model_copy(update={"estimate": True})
    evidence, note = read(Field.EVIDENCE, words), read(Field.NOTE, words)
    return Typed(value, when, clock, evidence, note, tuple(faults))


def _estimated(cell: Cell) -> bool:
    said = written(cell).lower()
    if said in _YES:
        return True
    if said in _NO or (not said and cell.kind is not CellKind.UNCOMPUTED):
        return False
    raise UnreadableError(f"“{short(said)}” chưa rõ có phải số ước không; hãy ghi x, hoặc để trống")
