"""What looks wrong in a report before it is saved: asked about, never refused, since the odd figure may be true.

Each finding says what was expected and what was written. What cannot be true is refused elsewhere (over 100 % of the
plan, a day still to come: actions/record.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain import vietnamese as vn
from domain.basis import unknown_basis
from domain.directive import Directive
from domain.figures import say
from domain.findings import Finding, Severity
from domain.ledger import Entry
from domain.metric import SUMMED, Metric, MetricKind, Value
from domain.results import REPORTED
from domain.situation import Situation
from domain.state import WHOLE, Figure

_JUMP = 10
_SLIP = 1000
"""Between nghìn, triệu and tỷ."""
_MONEY = frozenset({MetricKind.AMOUNT, MetricKind.PERCENT})


@dataclass(frozen=True)
class _Report:
    """A report beside what the ledger has of the same figure."""

    metric: Metric
    value: Value
    day: date
    known: tuple[Figure, ...]
    """Reports that count, oldest first, without the one it corrects."""
    plan: Decimal | None
    """Of its day, đồng."""
    ceiling: Decimal | None
    """The most that can be expected in all, đồng: the plan, or the highest target."""
    cumulative: bool

    @property
    def before(self) -> Figure | None:
        """The last report of its day or an earlier one."""
        earlier = [figure for figure in self.known if figure.as_of <= self.day]
        return earlier[-1] if earlier else None


def questions(situation: Situation, entry: Entry) -> tuple[Finding, ...]:
    """What to ask whoever is about to record the entry; nothing where all is as one would expect."""
    report = _report(situation, entry)
    if report is None:
        return ()
    said = [_slipped(report) or _fallen(report) or _jumped(report), _again(report), _older(report)]
    found = tuple(Finding(severity=Severity.WARNING, message=message) for message in said if message)
    return (*found, *unknown_basis(report.metric, report.value.basis))


def _report(situation: Situation, entry: Entry) -> _Report | None:
    directive, value = situation.directive, entry.value
    metric = next((one for one in directive.metrics if one.id == entry.metric), None)
    if entry.kind not in REPORTED or metric is None or value is None:
        return None
    subject = entry.subject or WHOLE
    known = tuple(one for one in situation.state.of(metric.id, subject) if one.entry != entry.refers_to)
    plan = situation.state.plan(metric.id, subject, entry.as_of)
    if _by_occurrence(directive, metric):
        return _Report(metric, value, entry.as_of, (), plan, plan, cumulative=False)
    ceiling = plan or value.denominator if metric.kind is MetricKind.PERCENT else _highest(directive, metric)
    return _Report(metric, value, entry.as_of, known, plan, ceiling, cumulative=metric.kind in SUMMED)


def _by_occurrence(directive: Directive, metric: Metric) -> bool:
    """Whether every occurrence has figures of its own, which begin anew each time."""
    return any(one.recurring for one in directive.milestones if one.metric == metric.id)


def _highest(directive: Directive, metric: Metric) -> Decimal | None:
    """The highest target of the metric."""
    targets = [one.target.number for one in directive.milestones if one.metric == metric.id and one.target]
    return max((number for number in targets if number is not None), default=None)


def _sizes(report: _Report, earlier: Value) -> tuple[Decimal, Decimal] | None:
    """Written and earlier figure in one measure: đồng where both are known, else the number itself."""
    now = report.value
    numerator = now.numerator
    if numerator is None and report.plan and now.number is not None and report.metric.kind is MetricKind.PERCENT:
        numerator = now.number * report.plan / 100
    if numerator is not None and earlier.numerator is not None:
        return numerator, earlier.numerator
    return (now.number, earlier.number) if now.number is not None and earlier.number is not None else None


def _fallen(report: _Report) -> str | None:
    before = report.before
    sizes = _sizes(report, before.value) if before and report.cumulative else None
    if before is None or sizes is None or sizes[0] >= sizes[1]:
        return None
    return (
        f"số lũy kế giảm: đến hết ngày {vn.day(before.as_of)} đã ghi {say(report.metric, before.value)}, "
        f"nay ghi {say(report.metric, report.value)}; số lũy kế thường không giảm"
    )


def _jumped(report: _Report) -> str | None:
    before = report.before
    sizes = _sizes(report, before.value) if before and report.cumulative else None
    if before is None or sizes is None or sizes[1] <= 0 or sizes[0] < _JUMP * sizes[1]:
        return None
    return (
        f"số tăng gấp {vn.number(sizes[0] / sizes[1], 0)} lần: đến hết ngày {vn.day(before.as_of)} đã ghi "
        f"{say(report.metric, before.value)}, nay ghi {say(report.metric, report.value)}"
    )


def _slipped(report: _Report) -> str | None:
    """Triệu for tỷ or the other way round: a thousand times more or less would be what one expects."""
    written = report.value.number if report.metric.kind is MetricKind.AMOUNT else report.value.numerator
    if report.metric.kind not in _MONEY or not written:
        return None
    meant = next(_meant(report, written), None)
    if meant is None:
        return None
    return f"đơn vị tiền có thể bị nhầm (triệu, tỷ): ghi {vn.money(written)}; có phải là {vn.money(meant)} không?"


def _meant(report: _Report, written: Decimal) -> Iterator[Decimal]:
    before = report.before.value if report.before else None
    earlier = before and (before.number if report.metric.kind is MetricKind.AMOUNT else before.numerator)
    limit = report.ceiling if report.metric.kind is MetricKind.PERCENT else None
    for other in (written * _SLIP, written / _SLIP):
        if limit and other > limit:
            continue
        if earlier:
            near, far = _apart(other, earlier), _apart(written, earlier)
            if near <= _JUMP < far:
                yield other
        elif report.ceiling and _apart(other, report.ceiling) <= _JUMP * _JUMP < _apart(written, report.ceiling):
            yield other


def _apart(one: Decimal, other: Decimal) -> Decimal:
    """How many times the larger is the smaller; both are above zero."""
    return max(one, other) / min(one, other)


def _again(report: _Report) -> str | None:
    before = report.before
    now, then = report.value, before.stated if before else None
    same = then is not None and (now.number, now.numerator, now.text) == (then.number, then.numerator, then.text)
    if before is None or not same or now.estimate != before.value.estimate:
        return None
    written = say(report.metric, report.value)
    if before.as_of == report.day:
        return f"ngày {vn.day(report.day)} đã ghi đúng kết quả này rồi: {written}"
    return (
        f"vẫn là {written} như đã ghi cho ngày {vn.day(before.as_of)}: "
        f"kết quả đến hết ngày {vn.day(report.day)} đúng là không đổi?"
    )


def _older(report: _Report) -> str | None:
    if not report.known or report.known[-1].as_of <= report.day:
        return None
    newest = report.known[-1]
    return (
        f"đã có số liệu mới hơn: ngày {vn.day(newest.as_of)} ghi {say(report.metric, newest.value)}; "
        f"báo cáo này là của ngày {vn.day(report.day)}"
    )
