"""The patrol: every open milestone has a next rung, a reachable person, a confirmed calendar, a fresh evaluation.

And what was decided has gone out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from actions.check import working
from actions.evaluate import each_situation
from actions.hindered import hindered
from actions.office import Office
from actions.reach import Reach
from actions.stuck import stuck
from config.reading import Configuration
from domain import vietnamese as vn
from domain.findings import Finding, Severity
from domain.reach import calendar_ends, reach
from domain.situation import Situation, next_moment
from store import Session, reading
from store.moments import due_for_look, looks
from store.verification import verify

FRESH = timedelta(hours=26)
"""An evaluation older than this, with a moment passed since, means that nobody looks."""


@dataclass(frozen=True)
class Looks:
    """How the office looks at its directives."""

    moments: Mapping[str, tuple[datetime, datetime | None]]
    """Directive → when it was last looked at, and when it will be."""
    owed: frozenset[str]
    """Directives whose look is due."""
    latest: datetime
    """The clock, or the instant asked about: no look can have been later."""

    @classmethod
    def of(cls, opened: Session, as_of: datetime, clock: datetime) -> Self:
        """As the store knows it."""
        return cls(looks(opened), frozenset(due_for_look(opened, as_of)), max(as_of, clock))


def patrol(office: Office, as_of: datetime) -> tuple[Finding, ...]:
    """What would let a milestone be forgotten, and what is wrong with the ledger; empty when all is well."""
    configuration = office.configuration()
    with reading(office.store) as opened:
        broken = verify(opened, office.settings.head_file)
        looked = Looks.of(opened, as_of, office.moment())
        unsent = tuple(stuck(opened, configuration, as_of))
        reached = Reach.of(opened, configuration, as_of).narrowed(configuration, strictly=True)
        each = each_situation(opened, reached, as_of)
        found = {one.directive.code: _said(one, configuration, looked) for one in each}
    lost = [_lost(code) for code in configuration.directives if code not in found]
    return (
        *hindered(office),
        *broken,
        *lost,
        *unsent,
        *calendar_ends(configuration.rules.calendar, as_of),
        *(finding for code in configuration.directives for finding in found.get(code, ())),
    )


def _said(found: Situation, configuration: Configuration, looked: Looks) -> tuple[Finding, ...]:
    """Everything about one directive that is more than a note."""
    reached = reach(found, working(configuration.channels))
    return (*(one for one in reached if one.severity is not Severity.NOTE), *unseen(found, looked))


def _lost(code: str) -> Finding:
    message = "không rà soát được nhiệm vụ này; xem nhật ký để biết lỗi"
    return Finding(severity=Severity.ERROR, message=message, field=code)


def unseen(found: Situation, looked: Looks) -> Iterator[Finding]:
    """An open directive that nobody looks at when its moment comes."""
    code, title = found.directive.code, found.directive.title
    if any(found.whole(track).open for track in found.tracks):
        said = _overlooked(found, looked) if code in looked.moments else ("chưa được rà soát lần nào",)
        yield from (Finding(severity=Severity.ERROR, message=f"{title}: {one}", field=code) for one in said)


def _overlooked(found: Situation, looked: Looks) -> Iterator[str]:
    """What is wrong with the moments of a directive that was looked at."""
    at, moment = looked.moments[found.directive.code]
    if at > looked.latest:
        yield f"lần rà soát gần nhất ghi lúc {vn.moment(at)}, là lúc chưa đến: đồng hồ máy đã hoặc đang sai"
    if moment is not None and moment <= found.as_of and found.as_of - moment > FRESH:
        yield f"đáng lẽ phải rà soát lúc {vn.moment(moment)}, lần gần nhất {vn.moment(at)}"
    ahead = next_moment(found)
    if ahead is None and any(found.whole(track).open and track.due for track in found.tracks):
        yield "mốc đang mở không còn lần nhắc nào"
    if ahead and found.directive.code not in looked.owed and (moment is None or moment > ahead):
        planned = vn.moment(moment) if moment else "chưa định"
        yield f"lần rà soát tiếp theo ({planned}) bỏ qua lần nhắc lúc {vn.moment(ahead)}"
