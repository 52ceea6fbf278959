"""What a directive is measured by, and the values people report for it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from domain.frozen import Code, Frozen


class MetricKind(StrEnum):
    """How a figure is read and compared with its target."""

    EVENT = "event"
    """Something happened on a day; the proof is its date."""
    PERCENT = "percent"
    """numerator / denominator in đồng, in percent of the plan in force."""
    AMOUNT = "amount"
    """Đồng."""
    COUNT = "count"
    """x of y things."""
    AVERAGE = "average"
    """A mean over things; higher is better."""
    RATE = "rate"
    """Percent of something bad; lower is better."""
    RANK = "rank"
    """A place in a list; lower is better."""
    NARRATIVE = "narrative"
    """A word on how the work goes, no number."""


LOWER_IS_BETTER = frozenset({MetricKind.RATE, MetricKind.RANK})

SUMMED = frozenset({MetricKind.PERCENT, MetricKind.AMOUNT, MetricKind.COUNT})
"""Kinds whose figures add up over subjects: Σ numerators / Σ plans, Σ đồng, Σ things."""


class Basis(StrEnum):
    """Which plan a percentage is of: one report may give two for the same money, and they are never compared."""

    PRIME_MINISTER = "thu-tuong-giao"
    COUNCIL = "hdnd-giao"
    CARRIED_OVER = "gom-keo-dai"
    """The whole plan, with the capital carried over from years before."""


class Metric(Frozen):
    """A chỉ tiêu, declared once per directive and referred to by its milestones."""

    id: Code
    kind: MetricKind
    name: str
    unit: str | None = None
    """What is counted, e.g. `tiêu chí`; amounts are always đồng."""
    numerator: str | None = None
    denominator: str | None = None
    basis: str | None = None
    """Which plan the percentage is of, e.g. `kế hoạch vốn HĐND giao`."""
    of: int | None = None
    """The y of "x/y" for a count, when it is fixed."""

    @model_validator(mode="after")
    def _percent_names_its_terms(self) -> Self:
        if self.kind is MetricKind.PERCENT and not (self.numerator and self.denominator and self.basis):
            raise ValueError("chỉ tiêu phần trăm phải ghi rõ tử số (numerator), mẫu số (denominator) và cơ sở (basis)")
        return self


class Value(Frozen):
    """A reported or ordered figure. Which fields are set follows from the metric's kind."""

    number: Decimal | None = None
    """Percent for percent and rate, đồng for amount, x for count, the place for rank."""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    text: str | None = None
    derived: bool = False
    """True when the numerator was computed from a bare percentage and the plan in force."""
    estimate: Literal[True] | None = None
    """True for "ước thực hiện". Never False: what is not said leaves the text of older entries as it was hashed."""
    basis: Basis | None = None
    """Which plan the reporter says the percentage is of."""


DONE = Value(number=Decimal(1))
"""The value of an event that has happened."""
