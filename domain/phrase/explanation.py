"""What a phrase turns out to mean, and what stays open."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from domain.due import Bound, Due, DueSpec, Reading
from domain.findings import Finding, Severity
from domain.phrase.senses import Kind
from domain.phrase.sources import source
from domain.workdays import Calendar


class Asked(NamedTuple):
    """The question: a composed text, and what is known of its document."""

    text: str
    calendar: Calendar
    reading: Reading
    issued: date | None = None
    received: date | None = None


class Explanation(NamedTuple):
    """The answer. Dates are Vietnamese; instants are aware."""

    phrase: str
    kind: Kind
    rule: str
    source: str
    """The article, document or usage the rule rests on."""
    start: int = 0
    end: int = 0
    """The characters of the composed phrase that say it."""
    nominal: date | None = None
    """The day as written or computed; of several dues or occurrences the first."""
    bound: Bound | None = None
    overdue_after: datetime | None = None
    """The first instant that is late."""
    safe_due: datetime | None = None
    """The closing hour of the last working day on which it is still in time."""
    recurrence: str | None = None
    """By RFC 5545, without DTSTART; several lines where one rule cannot say it."""
    occurrences: tuple[date, ...] = ()
    """Written days: of a recurring limit the next ones, of a phrase with several dues all of them."""
    anchor: str | None = None
    """What the limit runs from: `issued`, `received`, a day, or the words of an event."""
    steps: tuple[str, ...] = ()
    """The walk to the date, in Vietnamese."""
    findings: tuple[Finding, ...] = ()
    spec: DueSpec | None = None
    """How the limit stands in a directive; None where it cannot yet."""


def undated(asked: Asked, kind: Kind, rule: str, said: str, anchor: str | None = None) -> Explanation:
    """An answer without a date, and why."""
    severity = Severity.WARNING if kind is Kind.QUESTION else Severity.NOTE
    finding = Finding(severity=severity, message=said)
    return Explanation(asked.text, kind, rule, source(rule), anchor=anchor, findings=(finding,))


def noted(answer: Explanation, said: str | None, severity: Severity) -> Explanation:
    """The answer with one more finding; as it was where there is nothing to say."""
    if said is None:
        return answer
    return answer._replace(findings=(*answer.findings, Finding(severity=severity, message=said)))


def of_due(due: Due, asked: Asked, kind: Kind, rule: str, spec: DueSpec, steps: tuple[str, ...] = ()) -> Explanation:
    """The answer that a computed due gives."""
    return Explanation(
        asked.text,
        kind,
        rule,
        source(rule),
        nominal=due.nominal,
        bound=due.bound,
        overdue_after=due.overdue_after,
        safe_due=due.safe_due,
        steps=(*steps, *due.steps),
        spec=spec,
    )
