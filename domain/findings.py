"""Findings: problems of a document or of data, as values with a position. Collected and shown, never raised."""

from __future__ import annotations

from enum import StrEnum

from domain.frozen import Frozen


class Severity(StrEnum):
    """How grave a finding is. Only an error makes a command exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(Frozen):
    """One sentence for a person: what is wrong, where it stands, and the way out."""

    severity: Severity
    message: str
    file: str | None = None
    line: int | None = None
    """1-based line in `file`."""
    field: str | None = None
    """Dotted path of the field, e.g. `directives.3.milestones.0.due.date`."""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.field) if part is not None)
        return f"{place}: {self.message}" if place else self.message


def has_errors(findings: tuple[Finding, ...] | list[Finding]) -> bool:
    """Whether any finding stops the thing it is about."""
    return any(finding.severity is Severity.ERROR for finding in findings)
