"""What a figure says of itself beyond its number: which plan it is a percentage of, and whether it is an estimate.

Two denominators for the same money stand in one official sentence (52,43% of the plan, 58,33% of what the Prime
Minister assigned), so a report on another basis than the metric's is refused where both are known, and asked about
where the metric's own words name none of the known plans.
"""

from __future__ import annotations

import re

from domain.directive import Directive
from domain.findings import Finding, Severity
from domain.ledger import Entry
from domain.metric import Basis, Metric, MetricKind
from domain.results import REPORTED
from domain.vietnamese import BASES, nfc

_NAMED = (
    # In this order: "kế hoạch HĐND giao, gồm cả vốn kéo dài" is the plan with what was carried over.
    (Basis.CARRIED_OVER, re.compile(r"kéo dài")),
    (Basis.COUNCIL, re.compile(r"hđnd|hội đồng nhân dân")),
    (Basis.PRIME_MINISTER, re.compile(r"thủ tướng|\bttg\b")),
)
_ESTIMATED = frozenset({MetricKind.PERCENT, MetricKind.AMOUNT, MetricKind.COUNT, MetricKind.AVERAGE, MetricKind.RATE})
"""Kinds of figures that are estimated before they are known; what happened has happened, a word is a word."""


def basis_of(metric: Metric) -> Basis | None:
    """Which of the known plans the metric is a percentage of, by its own words; None where they name none."""
    written = nfc(metric.basis or "").lower()
    return next((basis for basis, words in _NAMED if words.search(written)), None)


def why_not_qualify(directive: Directive, entry: Entry) -> str | None:
    """Why the entry may not say that it is an estimate, or on which basis it stands; None where it may."""
    value = entry.value
    if value is None or (value.estimate is None and value.basis is None):
        return None
    known = entry.kind in REPORTED and entry.metric in {metric.id for metric in directive.metrics}
    if not known or entry.metric is None:
        return "chỉ báo cáo số liệu mới được ghi là số ước, hoặc ghi cơ sở tính"
    metric = directive.metric(entry.metric)
    if value.estimate and metric.kind not in _ESTIMATED:
        return f"“{metric.name}” không ghi số ước được: chỉ ghi khi đã có kết quả"
    return _other_basis(metric, value.basis) if value.basis else None


def _other_basis(metric: Metric, said: Basis) -> str | None:
    if metric.kind is not MetricKind.PERCENT:
        return f"“{metric.name}” không tính bằng phần trăm kế hoạch nên không có cơ sở tính"
    wanted = basis_of(metric)
    if wanted in {None, said}:
        return None
    return (
        f"“{metric.name}” tính trên {metric.basis}; số liệu tính trên {BASES[said]} không so sánh được, "
        "hãy tính lại trên đúng cơ sở"
    )


def unknown_basis(metric: Metric, said: Basis | None) -> tuple[Finding, ...]:
    """A basis that may or may not be the metric's own: whoever reports has to say."""
    if said is None or basis_of(metric) is not None:
        return ()
    message = f"“{metric.name}” tính trên {metric.basis}, báo cáo ghi tính trên {BASES[said]}: có phải một kế hoạch?"
    return (Finding(severity=Severity.WARNING, message=message),)
