"""The patrol: every open milestone has a next rung, a reachable person, a confirmed calendar, a fresh evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from actions.check import working
from actions.evaluate import situations
from actions.office import Office
from domain import vietnamese as vn
from domain.findings import Finding, Severity
from domain.reach import reach
from domain.situation import Situation, next_moment
from store import reading
from store.moments import looks
from store.verification import verify

FRESH = timedelta(hours=26)
"""An evaluation older than this, with a moment passed since, means that nobody looks."""


def patrol(office: Office, as_of: datetime) -> tuple[Finding, ...]:
    """What would let a milestone be forgotten, and what is wrong with the ledger; empty when all is well."""
    configuration = office.configuration()
    with reading(office.store) as opened:
        found = situations(opened, configuration, as_of)
        looked = looks(opened)
        broken = verify(opened, office.settings.head_file)
    channels = working(configuration.channels)
    said = [finding for situation in found.values() for finding in reach(situation, channels)]
    serious = [finding for finding in said if finding.severity is not Severity.NOTE]
    lost = [_lost(code) for code in configuration.directives if code not in found]
    return (
        *broken,
        *lost,
        *serious,
        *(finding for situation in found.values() for finding in _unseen(situation, looked)),
    )


def _lost(code: str) -> Finding:
    message = "không rà soát được nhiệm vụ này; xem nhật ký để biết lỗi"
    return Finding(severity=Severity.ERROR, message=message, field=code)


def _unseen(found: Situation, looked: dict[str, tuple[datetime, datetime | None]]) -> Iterator[Finding]:
    code, title = found.directive.code, found.directive.title
    if not any(found.whole(track).open for track in found.tracks):
        return
    if code not in looked:
        yield Finding(severity=Severity.ERROR, message=f"{title}: chưa được rà soát lần nào", field=code)
        return
    at, moment = looked[code]
    if moment is not None and moment <= found.as_of and found.as_of - moment > FRESH:
        message = f"{title}: đáng lẽ phải rà soát lúc {vn.moment(moment)}, lần gần nhất {vn.moment(at)}"
        yield Finding(severity=Severity.ERROR, message=message, field=code)
    dated = any(found.whole(track).open and track.due for track in found.tracks)
    if dated and next_moment(found) is None:
        yield Finding(severity=Severity.ERROR, message=f"{title}: mốc đang mở không còn lần nhắc nào", field=code)
