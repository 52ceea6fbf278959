"""What a program is answered, as the OpenAPI document tells it; the answers themselves are plain data.

Of the ledger: web/api/ledger_shapes.py.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.directive import Quantifier
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
    errors: tuple[Fault, ...] = ()
    findings: tuple[str, ...] = ()


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


class Health(Shape):
    """A sign of life."""

    status: Literal["ok"]
    version: str
