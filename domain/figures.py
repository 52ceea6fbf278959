"""Reading, comparing and saying reported figures."""

from __future__ import annotations

from decimal import Decimal

from domain import vietnamese as vn
from domain.metric import DONE, LOWER_IS_BETTER, Metric, MetricKind, Value
from domain.vietnamese import UnreadableError, nfc

_DONE_WORDS = frozenset({"xong", "đã xong", "hoàn thành", "đã hoàn thành", "đã khởi công"})


def read_value(text: str, metric: Metric) -> Value:
    """A written figure as the metric's kind reads it: `xong`, `12/19`, `45%`, `2,3 tỷ/5,1 tỷ`, `14,3`, a sentence.

    A percentage needs its sign: a bare 40 or 0.4 is refused, because nobody knows which of the two was meant.
    Raises UnreadableError with a sentence that names a readable form.
    """
    written = nfc(text).strip()
    if not written:
        raise UnreadableError("chưa ghi giá trị")
    return _READERS[metric.kind](written, metric)


def _event(text: str, metric: Metric) -> Value:
    if text.lower() not in _DONE_WORDS:
        raise UnreadableError(f"“{metric.name}” là sự kiện: ghi “xong” khi đã diễn ra, kèm ngày")
    return DONE


def _percent(text: str, metric: Metric) -> Value:
    if "/" in text:
        parts = text.split("/", 1)
        if len({part.strip()[-1:].isdigit() for part in parts}) > 1:
            raise UnreadableError(f"“{metric.name}”: ghi đơn vị tiền ở cả tử số và mẫu số, ví dụ 2,3 tỷ/5,1 tỷ")
        numerator, denominator = (vn.read_money(part) for part in parts)
        if denominator <= 0:
            raise UnreadableError(f"mẫu số của “{metric.name}” phải lớn hơn 0")
        return Value(number=numerator / denominator * 100, numerator=numerator, denominator=denominator)
    if not text.endswith("%"):
        raise UnreadableError(f"“{metric.name}” tính bằng phần trăm: ghi 45% hoặc 2,3 tỷ/5,1 tỷ, không ghi {text}")
    return Value(number=vn.read_number(text.removesuffix("%")))


def _amount(text: str, _metric: Metric) -> Value:
    return Value(number=vn.read_money(text))


def _count(text: str, metric: Metric) -> Value:
    done, _, total = text.partition("/")
    x = vn.read_number(done)
    y = vn.read_number(total) if total else Decimal(metric.of) if metric.of else None
    if x != int(x) or (y is not None and (y != int(y) or x > y)):
        raise UnreadableError(f"“{metric.name}” đếm bằng số nguyên, số đạt không vượt tổng số: ghi 12/19")
    return Value(number=x, numerator=x, denominator=y)


def _plain(text: str, _metric: Metric) -> Value:
    return Value(number=vn.read_number(text))


def _rate(text: str, metric: Metric) -> Value:
    if not text.endswith("%"):
        raise UnreadableError(f"“{metric.name}” tính bằng phần trăm: ghi 8,7%")
    return Value(number=vn.read_number(text.removesuffix("%")))


def _rank(text: str, _metric: Metric) -> Value:
    place, _, total = text.partition("/")
    return Value(number=vn.read_number(place), denominator=vn.read_number(total) if total else None)


def _narrative(text: str, _metric: Metric) -> Value:
    return Value(text=text)


_READERS = {
    MetricKind.EVENT: _event,
    MetricKind.PERCENT: _percent,
    MetricKind.AMOUNT: _amount,
    MetricKind.COUNT: _count,
    MetricKind.AVERAGE: _plain,
    MetricKind.RATE: _rate,
    MetricKind.RANK: _rank,
    MetricKind.NARRATIVE: _narrative,
}


def reaches(metric: Metric, value: Value, target: Value | None) -> bool:
    """Whether the figure reaches the target; a narrative never does."""
    if target is None or target.number is None or value.number is None:
        return False
    if metric.kind in LOWER_IS_BETTER:
        return value.number <= target.number
    return value.number >= target.number


def say(metric: Metric, value: Value) -> str:
    """The figure in words: `45% (2,3 tỷ đồng/5,1 tỷ đồng)`, `12/19 tiêu chí`, `đã khởi công`, `45% (ước)`."""
    return f"{_said(metric, value)}{' (ước)' if value.estimate else ''}"


def _said(metric: Metric, value: Value) -> str:
    if metric.kind is MetricKind.NARRATIVE:
        return value.text or ""
    if metric.kind is MetricKind.EVENT:
        return "đã thực hiện"
    assert value.number is not None  # every other reader sets it
    if metric.kind is MetricKind.PERCENT and value.numerator is not None and value.denominator is not None:
        return f"{vn.percent(value.number)} ({vn.money(value.numerator)}/{vn.money(value.denominator)})"
    if metric.kind in (MetricKind.PERCENT, MetricKind.RATE):
        return vn.percent(value.number)
    if metric.kind is MetricKind.AMOUNT:
        return vn.money(value.number)
    total = f"/{vn.number(value.denominator)}" if value.denominator is not None else ""
    return f"{vn.number(value.number)}{total}{f' {metric.unit}' if metric.unit else ''}"


def say_target(metric: Metric, target: Value | None) -> str:
    """What is ordered: `tối thiểu 40%`, `19/19 tiêu chí`, empty for a narrative and for a plain event."""
    if target is None or metric.kind is MetricKind.EVENT:
        return ""
    if metric.kind is MetricKind.COUNT:
        return say(metric, target)
    return f"{'không quá' if metric.kind in LOWER_IS_BETTER else 'tối thiểu'} {say(metric, target)}"


def missing(metric: Metric, value: Value | None, target: Value) -> Decimal | None:
    """How much is missing, in the metric's unit (percentage points, đồng, things); None where a number says nothing."""
    if metric.kind is MetricKind.EVENT or target.number is None:
        return None
    have = value.number if value and value.number is not None else None
    if metric.kind in LOWER_IS_BETTER:
        return None if have is None else have - target.number
    return target.number - (have or Decimal(0))


def say_missing(metric: Metric, value: Value | None, target: Value | None, plan: Decimal | None) -> str:
    """What is missing: `còn thiếu 16 điểm phần trăm, tương đương 800 triệu đồng`, `chưa khởi công`.

    `plan` in đồng, where known. A figure that reaches the target of an open milestone waits to be confirmed,
    an estimate for the actual one.
    """
    if target is None:
        return "chưa có báo cáo" if value is None else ""
    if value and reaches(metric, value, target):
        return "mới là số ước, chờ số thực hiện" if value.estimate else "chờ xác nhận"
    short = missing(metric, value, target)
    if short is None:
        return (
            f"chưa {metric.name[:1].lower()}{metric.name[1:]}" if metric.kind is MetricKind.EVENT else "chưa có số liệu"
        )
    if metric.kind is MetricKind.PERCENT:
        worth = f", tương đương {vn.money(short * plan / 100)}" if plan else ""
        return f"còn thiếu {vn.number(short)} điểm phần trăm{worth}"
    if metric.kind in LOWER_IS_BETTER:
        return f"còn cách {vn.number(short)} {'bậc' if metric.kind is MetricKind.RANK else 'điểm phần trăm'}"
    return f"còn thiếu {say(metric, Value(number=short))}"
