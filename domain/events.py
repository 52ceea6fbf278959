"""Whether the day of an event may be fixed ahead of it: dues that wait for the event then follow that day."""

from __future__ import annotations

from datetime import date

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.laterday import off_calendar
from domain.metric import MetricKind
from domain.situation import Situation
from domain.state import WHOLE


def why_not_schedule(situation: Situation, metric: str, day: date) -> str | None:
    """Why the day may not be fixed now; a day fixed earlier may be changed as long as the event is ahead."""
    return (
        not_an_event(situation, metric)
        or happened_already(situation, metric)
        or day_gone(situation, metric, day)
        or off_calendar(situation, day)
        or fixed_already(situation, metric, day)
    )


def not_an_event(situation: Situation, metric: str) -> str | None:
    """Only an event of the directive has a day."""
    events = [one.id for one in situation.directive.metrics if one.kind is MetricKind.EVENT]
    if metric in events:
        return None
    known = ", ".join(events) or "không có"
    return f"nhiệm vụ {situation.directive.code} không có sự kiện “{metric}”; các sự kiện: {known}"


def happened_already(situation: Situation, metric: str) -> str | None:
    """The day of what has happened is the day that was reported."""
    figures = situation.state.of(metric)
    if not figures:
        return None
    name = situation.directive.metric(metric).name
    return f"“{name}” đã được báo cáo xong ngày {vn.day(figures[0].as_of)}, không ấn định lại ngày được"


def day_gone(situation: Situation, metric: str, day: date) -> str | None:
    """A day is fixed ahead; what is past is reported."""
    if day >= local_date(situation.as_of):
        return None
    directive = situation.directive.code
    return f"ngày {vn.day(day)} đã qua; nếu sự kiện đã diễn ra thì báo cáo: dondoc record {directive} {metric} xong"


def fixed_already(situation: Situation, metric: str, day: date) -> str | None:
    """Saying the same again would only make the due look new."""
    fixed = situation.state.schedules.get((metric, WHOLE))
    if fixed is None or fixed[0] != day:
        return None
    return f"ngày {vn.day(day)} đã được ấn định lúc {vn.moment(fixed[1])}"
