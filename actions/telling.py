"""A situation told in short: lines and tables for operators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from actions.courier import Delivered
from domain import vietnamese as vn
from domain.compose import summary
from domain.metric import Metric, MetricKind
from domain.plan import Track
from domain.situation import Situation
from domain.standing import Standing


def delivered_line(done: Delivered) -> str:
    """What came of a round of delivery."""
    if done.stopped:
        return f"không gửi gì: đang tắt gửi ({done.stopped})"
    counts = f"{done.sent} thư đã gửi, {done.previewed} xem trước, {done.failed} bị từ chối"
    return f"{counts}, {done.unknown} chưa rõ kết quả, {done.faults} lỗi"


def milestone_line(found: Situation, track: Track) -> str:
    """One full sentence on a milestone: standing, figures, due."""
    whole = found.whole(track)
    due = f"hạn hết ngày {vn.day(track.due.last_day)}" if track.due else "chưa có hạn"
    parts = [vn.OFFICIAL[whole.official.value], due]
    if whole.open:
        parts.append(summary(found, track))
    elif whole.met:
        parts.append(f"hoàn thành ngày {vn.day(whole.met.as_of)}")
    return "; ".join(part for part in parts if part)


def artifact_rows(found: Situation) -> list[dict[str, str]]:
    """The table of a directive: each milestone as a whole, then its subjects."""
    return [_row(standing) for standing in found.standings]


def _row(standing: Standing) -> dict[str, str]:
    due = standing.due
    return {
        "Mốc": standing.track.milestone.name,
        "Đối tượng": standing.subject.name if standing.subject else "(toàn bộ)",
        "Hạn": vn.day(due.nominal) if due else "chưa có hạn",
        "Tình trạng": vn.OFFICIAL[standing.official.value],
        "Hoàn thành ngày": vn.day(standing.met.as_of) if standing.met else "",
        "Số liệu": vn.FRESHNESS[standing.freshness.value],
    }


def progress_of(found: Situation) -> Iterator[tuple[Metric, Decimal]]:
    """Each percent metric with its figure as a whole, percent from 0 to 100."""
    wholes = {s.metric.id: s for s in found.standings if s.subject is None and s.metric.kind is MetricKind.PERCENT}
    for whole in wholes.values():
        if whole.latest and whole.latest.number is not None:
            yield whole.metric, min(max(whole.latest.number, Decimal(0)), Decimal(100))
