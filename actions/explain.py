"""A phrase explained, as plain data: one at a time, or a file of them, line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from actions.plan import finding_row
from config.areas import Area, CalendarFile, read_area
from config.reading import IncompleteError
from config.refusals import sentence
from domain.clocktime import iso
from domain.due import Reading
from domain.findings import Finding, Severity
from domain.phrase.explaining import explain
from domain.phrase.explanation import Explanation
from domain.policy import Policy
from domain.workdays import Calendar

Json = dict[str, Any]


class Question(BaseModel):
    """A line of a batch: the phrase, and the days of its document where known (Vietnamese dates, ISO)."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    phrase: str
    issued: date | None = None
    received: date | None = None


@dataclass(frozen=True)
class Choices:
    """What the office has chosen that dates depend on."""

    calendar: Calendar
    reading: Reading


def choices(config_dir: Path) -> Choices:
    """Those written in calendar.yaml and policy.yaml. Raises IncompleteError where one of them is broken."""
    days, office = read_area(config_dir, Area.CALENDAR), read_area(config_dir, Area.POLICY)
    if not isinstance(days.model, CalendarFile):
        raise IncompleteError([Area.CALENDAR], days.findings)
    if not isinstance(office.model, Policy):
        raise IncompleteError([Area.POLICY], office.findings)
    return Choices(days.model.calendar(), office.model.reading())


def explained(question: Question, by: Choices) -> Explanation:
    """The phrase by the office's calendar and choices."""
    return explain(question.phrase, by.calendar, by.reading, question.issued, question.received)


def explanation_row(answer: Explanation) -> Json:
    """The answer with the keys of the command contract; dates ISO, instants with +07:00."""
    return {
        "phrase": answer.phrase,
        "kind": answer.kind.value,
        "nominal": answer.nominal.isoformat() if answer.nominal else None,
        "bound": answer.bound.value if answer.bound else None,
        "overdue_after": iso(answer.overdue_after) if answer.overdue_after else None,
        "safe_due": iso(answer.safe_due) if answer.safe_due else None,
        "recurrence": answer.recurrence,
        "occurrences": [day.isoformat() for day in answer.occurrences],
        "anchor": answer.anchor,
        "rule": answer.rule,
        "source": answer.source,
        "span": [answer.start, answer.end],
        "steps": list(answer.steps),
        "findings": [finding_row(finding) for finding in answer.findings],
    }


def batch(lines: Iterable[str], by: Choices, name: str) -> Iterator[Json]:
    """One row for each line that is not empty, as soon as it is read; a line that is no question gets its fault.

    `name` is how faults call the file.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answered(line, number, by, name)


def _answered(line: str, number: int, by: Choices, name: str) -> Json:
    try:
        return explanation_row(explained(Question.model_validate_json(line), by))
    except ValidationError as error:
        return _refused(line, [_fault(detail, number, name) for detail in error.errors()])


def _fault(detail: Any, number: int, name: str) -> Finding:
    if detail["type"] == "json_invalid":
        message = 'không phải JSON; mỗi dòng cần dạng {"phrase": "…", "issued": "2024-04-22"}'
    else:
        message = sentence(detail)
    field = ".".join(str(part) for part in detail["loc"]) or None
    return Finding(severity=Severity.ERROR, message=message, file=name, line=number, field=field)


def _refused(line: str, faults: list[Finding]) -> Json:
    """A row of the same shape for a line that asks nothing readable."""
    keys = ("nominal", "bound", "overdue_after", "safe_due", "recurrence", "anchor")
    return {
        "phrase": _phrase(line),
        "kind": "question",
        **dict.fromkeys(keys),
        "occurrences": [],
        "rule": "dong-khong-doc-duoc",
        "source": "",
        "span": [0, 0],
        "steps": [],
        "findings": [finding_row(fault) for fault in faults],
    }


def _phrase(line: str) -> str:
    """The phrase where at least that can be read, else the line itself."""
    try:
        return str(json.loads(line)["phrase"])
    except (ValueError, TypeError, KeyError):
        return line.rstrip("\n")
