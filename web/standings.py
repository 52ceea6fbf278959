"""Where a directive stands, row by row: each milestone as a whole, then for each subject it is counted over.

Three facts stay apart in every row: late or not, on pace or not, fresh or stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.comparison import WORST_FIRST
from domain.compose import summary
from domain.due import Due
from domain.figures import say, say_missing
from domain.metric import MetricKind
from domain.pace import Pace
from domain.situation import Situation
from domain.standing import Official, Recorded, Standing
from domain.state import WHOLE, Figure
from reports.sheet import Column, Table, Value


@dataclass(frozen=True)
class Row:
    """One standing."""

    milestone: str
    subject: str
    """Empty: the milestone as a whole."""
    value: str
    missing: str
    due: Due | None
    official: Official
    open: bool
    met: date | None
    unconfirmed: bool
    """Done as reported; the monitor has not confirmed it."""
    pace: str
    behind: bool
    freshness: str
    reported: date | None
    """The day the newest figure is true of."""
    recorded_at: datetime | None
    by: str


def rows(situation: Situation) -> tuple[Row, ...]:
    """Every standing, milestones as wholes first, then the worst."""
    return tuple(_row(situation, one) for one in sorted(situation.standings, key=_worst))


def _worst(one: Standing) -> tuple[bool, int, bool]:
    return one.subject is not None, WORST_FIRST.index(one.official), not one.pace.behind


def _row(situation: Situation, one: Standing) -> Row:
    subject = one.subject.code if one.subject else WHOLE
    last = _last(one)
    person = situation.rules.office.person(last.actor) if last else None
    plan = situation.state.plan(one.metric.id, subject, local_date(situation.as_of))
    target, counted = one.track.milestone.target, one.subject is None and situation.singles(one.track)
    return Row(
        milestone=one.track.name,
        subject=one.subject.name if one.subject else "",
        value=_value(situation, one),
        missing=say_missing(one.metric, one.latest, target, plan) if one.open and not counted else "",
        due=one.due,
        official=one.official,
        open=one.open,
        met=one.met.as_of if one.met else None,
        unconfirmed=one.recorded is Recorded.RECORDED,
        pace=said_pace(one, local_date(situation.as_of)),
        behind=one.open and one.pace.behind,
        freshness=vn.FRESHNESS[one.freshness.value],
        reported=last.as_of if last else None,
        recorded_at=last.recorded_at if last else None,
        by=person.name if person else last.actor if last else "",
    )


def _value(situation: Situation, one: Standing) -> str:
    """What is reported; of a whole that is counted over subjects, how many are still to reach it, and their sum."""
    if one.subject is None and one.open and situation.singles(one.track):
        return summary(situation, one.track)
    return say(one.metric, one.latest) if one.latest else ""


def _last(one: Standing) -> Figure | None:
    """The newest report the row rests on: its subject's; of the whole any subject's."""
    codes = [one.subject.code] if one.subject else [subject.code for subject in one.track.subjects] or [WHOLE]
    newest = [figures[-1] for code in codes if (figures := one.track.reports.of(one.metric.id, code))]
    return max(newest, key=lambda figure: (figure.as_of, figure.recorded_at), default=None)


def said_pace(one: Standing, today: date) -> str:
    """`phải đạt 38,1%; cần 2,5 điểm phần trăm mỗi ngày làm việc; dự báo đạt 12/11/2024`, or why not."""
    pace = one.pace
    if not one.open or pace.expected is None:
        return ""
    required = [f"cần {_measured(one, pace)} mỗi ngày làm việc"] if pace.required is not None else []
    foreseen = [_foreseen(pace.forecast, today)] if pace.forecast else [pace.reason] if pace.reason else []
    should = vn.money(pace.expected) if one.metric.kind is MetricKind.AMOUNT else vn.number(pace.expected)
    sign = "%" if one.metric.kind is MetricKind.PERCENT else ""
    return "; ".join([f"nay phải đạt {should}{sign}", *required, *foreseen])


def _foreseen(day: date, today: date) -> str:
    """A day that has gone is none to look forward to: nothing was reported since."""
    return f"dự báo đạt {vn.day(day)}" if day >= today else f"theo tốc độ gần đây lẽ ra đạt {vn.day(day)}"


def _measured(one: Standing, pace: Pace) -> str:
    assert pace.required is not None  # its only caller asks first
    if one.metric.kind is MetricKind.AMOUNT:
        return vn.money(pace.required)
    unit = "điểm phần trăm" if one.metric.kind is MetricKind.PERCENT else one.metric.unit or "đơn vị"
    return f"{vn.number(pace.required)} {unit}"


def table(found: Iterable[Row], subject_word: str) -> Table:
    """The rows as a table."""
    return Table(
        "Tình trạng",
        (*_COLUMNS[:1], Column(vn.nfc(subject_word).capitalize(), 36), *_COLUMNS[1:]),
        [_cells(one) for one in found],
    )


_COLUMNS = (
    Column("Mốc", 36),
    Column("Số liệu", 36),
    Column("Còn thiếu", 36),
    Column("Hạn", 12),
    Column("Hạn gốc", 12),
    Column("Tình trạng", 24),
    Column("Ngày đạt", 12),
    Column("Xác nhận", 16),
    Column("Nhịp độ", 44),
    Column("Chậm nhịp độ", 14),
    Column("Độ mới của số liệu", 18),
    Column("Số liệu của ngày", 14),
    Column("Ghi lúc", 18),
    Column("Người báo cáo", 34),
)


def _cells(one: Row) -> tuple[Value, ...]:
    return (
        one.milestone,
        one.subject or "(cả nhiệm vụ)",
        one.value,
        one.missing,
        one.due.nominal if one.due else None,
        one.due.original if one.due else None,
        vn.OFFICIAL[one.official.value],
        one.met,
        "chờ xác nhận" if one.unconfirmed else "đã xác nhận" if one.met else "",
        one.pace,
        "chậm" if one.behind else "",
        one.freshness,
        one.reported,
        one.recorded_at,
        one.by,
    )
