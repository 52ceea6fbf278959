"""How results are shown: JSON alone on stdout, or a table; everything else on stderr."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from domain.findings import Finding, Severity

out = Console(highlight=False, markup=False)
err = Console(stderr=True, highlight=False, markup=False)

_GRAVITY = {Severity.ERROR: "LỖI", Severity.WARNING: "Cảnh báo", Severity.NOTE: "Ghi chú"}
_COLOUR = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def show_json(thing: Any) -> None:
    """Print the thing as JSON text."""
    print(json_text(thing))


def json_text(thing: Any) -> str:
    """The thing as JSON text, Vietnamese letters as they are."""
    return json.dumps(thing, ensure_ascii=False, indent=2)


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    out.print(table)


def show_findings(findings: Iterable[Finding]) -> None:
    """One line per finding on stderr, the grave ones in colour."""
    for finding in findings:
        err.print(f"{_GRAVITY[finding.severity]}: {finding}", style=_COLOUR[finding.severity], soft_wrap=True)
