"""What a program is answered, as the OpenAPI document tells it; the answers themselves are plain data."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.directive import Quantifier
from domain.ledger import EntryKind
from domain.metric import Basis
from domain.standing import Freshness, Official, Recorded

Instant = Annotated[
    str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$", examples=["2024-09-27T08:00:00+07:00"])
]
Figure = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$", description="Số thập phân, ghi bằng chữ số.")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Shape(BaseModel):
    """Nothing is answered that is not told here."""

    model_config = ConfigDict(extra="forbid")


class Named(Shape):
    """A unit or group by code."""

    code: str
    name: str


class Fault(Shape):
    """A field that was refused."""

    field: str
    message: str


class ProblemDetails(Shape):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = []
    findings: list[str] = []


class DirectiveLine(Shape):
    """A directive in a list."""

    code: str
    title: str
    section: str | None
    notice: str
    reference: str
    lead: list[Named]
    monitor: Named
    official: list[Official]
    """Of its milestones as a whole, the worst first, each once."""
    due: date | None
    """The next of what is still open."""


class DirectivePage(Shape):
    """Directives by code."""

    directives: list[DirectiveLine]
    next: str | None


class Pace(Shape):
    """Expected, required and forecast."""

    expected: Figure | None
    required: Figure | None
    forecast: date | None
    reason: str | None


class StandingLine(Shape):
    """A milestone as a whole (`subject` null) or for one subject."""

    directive: str
    milestone: str
    subject: str | None
    official: Official
    completion: Recorded
    met: date | None
    timeliness: Literal["on_time", "late"] | None
    pace: Pace
    freshness: Freshness
    value: str | None
    target: str | None
    due: date | None
    original_due: date | None
    extensions: int


class StandingPage(Shape):
    """Standings, directive by directive."""

    as_of: Instant
    known_at: Instant
    standings: list[StandingLine]
    next: str | None


class Footnote(Shape):
    """A footnote of the sentence."""

    mark: int
    text: str


class DueLine(Shape):
    """A due and how it was found."""

    phrase: str | None
    nominal: date
    bound: str
    overdue_after: Instant
    safe_due: Instant
    original: date | None
    rule: str | None
    source: str | None
    legal: date | None
    chosen_by: str | None
    calendar: str
    unconfirmed: bool
    steps: list[str]


class RungLine(Shape):
    """A moment to remind."""

    rung: str
    at: Instant


class MilestoneLine(Shape):
    """A milestone of the plan."""

    id: str
    name: str
    metric: str
    quantifier: Quantifier
    target: str | None
    follows: list[str]
    due: DueLine | None
    rungs: list[RungLine]


class FindingLine(Shape):
    """What should be seen."""

    severity: Literal["error", "warning", "note"]
    message: str
    file: str | None
    line: int | None
    field: str | None


class DirectiveWhole(Shape):
    """A directive with its plan, its standings, and what was found about it."""

    directive: str
    title: str
    section: str | None
    quote: str
    footnotes: list[Footnote]
    lead: list[Named]
    coordinating: list[Named]
    monitor: Named
    subjects: list[Named]
    milestones: list[MilestoneLine]
    findings: list[FindingLine]
    standings: list[StandingLine]


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


class UnitLine(Shape):
    """A unit, with its years of life."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    within: str | None
    successors: list[str]


class GroupLine(Shape):
    """A named set of units."""

    code: str
    name: str
    members: list[str]


class Units(Shape):
    """Units and groups."""

    units: list[UnitLine]
    groups: list[GroupLine]


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
    findings: list[str] = []
    message: str | None = None
    errors: list[Fault] = []


class Rows(Shape):
    """What became of all."""

    recorded: int
    asked: int
    refused: int
    results: list[RowResult]


class Health(Shape):
    """A sign of life."""

    status: Literal["ok"]
    version: str
