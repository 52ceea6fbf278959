"""Messages beside cells, and lists to pick from, as spreadsheet programs know them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from reports.sheet import Prompt

LONGEST_TITLE, LONGEST_TEXT = 32, 255
"""Characters; a file with longer ones is called damaged."""


def validation(prompt: Prompt) -> DataValidation:
    """The prompt on its cells, below a heading in row 1. It only helps: whatever is typed is accepted."""
    letter = get_column_letter(prompt.column + 1)
    return DataValidation(
        type="list" if prompt.choices else None,
        formula1=f'"{",".join(prompt.choices)}"' if prompt.choices else None,
        sqref=" ".join(f"{letter}{first + 2}:{letter}{last + 2}" for first, last in _stretches(prompt.rows)),
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=False,
        promptTitle=prompt.title[:LONGEST_TITLE],
        prompt=prompt.text[:LONGEST_TEXT],
    )


def _stretches(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows that follow one another, as first and last."""
    for _, those in groupby(enumerate(rows), key=lambda one: one[1] - one[0]):
        found = [row for _, row in those]
        yield found[0], found[-1]
