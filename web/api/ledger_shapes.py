"""What a program is answered of the ledger, as the OpenAPI document tells it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from domain.ledger import EntryKind
from domain.metric import Basis
from web.api.shapes import Fault, Figure, Hash, Instant, Shape


class ValueLine(Shape):
    """A figure of the ledger."""

    number: Figure | None
    numerator: Figure | None
    denominator: Figure | None
    text: str | None
    derived: bool
    estimate: Literal[True] | None
    basis: Basis | None


class EntryLine(Shape):
    """An entry. `as_of` is the day it is true of, `recorded_at` the instant it was written down."""

    id: str
    kind: EntryKind
    directive: str
    milestone: str | None
    metric: str | None
    subject: str | None
    value: ValueLine | None
    as_of: date
    as_of_time: str | None
    recorded_at: Instant
    actor: str
    source: str
    evidence: str | None
    text: str | None
    day: date | None
    name: str | None
    unit: str | None
    occurrence: date | None
    refers_to: str | None
    former: str | None
    attachments: list[Hash] | None


class LedgerLine(Shape):
    """An entry in its place: `hash` is the SHA-256 of `{"entry":<canonical>,"previous":"…","seq":n}`."""

    seq: int
    previous: Hash
    hash: Hash
    canonical: str
    entry: EntryLine


class LedgerPage(Shape):
    """Entries in the order they were written."""

    entries: list[LedgerLine]
    next: int | None
    """Where to go on from; null at the end of what there is now."""
    count: int
    """Entries of the whole ledger."""
    head: Hash
    """Of its last entry."""


class RequestLine(Shape):
    """A request for a later day that waits for a decision."""

    request: str
    directive: str
    milestone: str | None
    subject: str | None
    occurrence: date | None
    due: date | None
    day: date
    by: str
    asked_at: Instant
    reason: str | None
    evidence: str | None


class Requests(Shape):
    """Open requests in the order they were made."""

    requests: list[RequestLine]


class Written(Shape):
    """An entry that stands in the ledger."""

    entry: str
    seq: int
    hash: Hash
    recorded_at: Instant
    findings: list[str]
    """What should be looked at twice; it stands all the same."""


class RowResult(Shape):
    """What became of one row."""

    row: int
    """From 0."""
    status: Literal["recorded", "asked", "refused"]
    entry: str | None = None
    seq: int | None = None
    hash: Hash | None = None
    findings: tuple[str, ...] = ()
    message: str | None = None
    errors: tuple[Fault, ...] = ()


class Rows(Shape):
    """What became of all."""

    recorded: int
    asked: int
    refused: int
    results: list[RowResult]
