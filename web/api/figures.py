"""From a figure as a program writes it to the entry it makes."""

from __future__ import annotations

from actions.record import RefusedError
from domain.figures import read_value
from domain.ledger import Entry, EntryKind
from domain.metric import Metric, Value
from web.api.door import Client
from web.api.statements import Correction, Figure


def source(client: Client) -> str:
    """How the ledger names the way a statement came."""
    return f"API ({client.key.name})"


def figure_entry(client: Client, entry: str, stated: Figure) -> Entry:
    """The report it makes. Raises RefusedError, UnreadableError, ProblemError."""
    directive = client.situation(stated.directive).directive
    metric = next((one for one in directive.metrics if one.id == stated.metric), None)
    if metric is None:
        known = ", ".join(one.id for one in directive.metrics)
        raise RefusedError(f"nhiệm vụ {directive.code} không có chỉ tiêu “{stated.metric}”; các chỉ tiêu: {known}")
    return Entry(
        id=entry,
        kind=EntryKind.REPORT,
        directive=stated.directive,
        metric=stated.metric,
        subject=stated.subject,
        occurrence=stated.occurrence,
        value=value_of(stated, metric),
        as_of=stated.as_of,
        recorded_at=client.moment,
        actor=client.person,
        source=source(client),
        evidence=stated.evidence,
    )


def value_of(stated: Figure | Correction, metric: Metric) -> Value:
    """What is stated, as the metric's kind reads it. Raises UnreadableError."""
    value = read_value(stated.value, metric)
    return value.model_copy(update={"estimate": True if stated.estimate else None, "basis": stated.basis})
