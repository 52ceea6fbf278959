"""Limits that come again: their rule, their next occurrences, and the instants of the first.

A periodic report that names no day is sent by day 25 of the period's last month (Nghị định 09/2019/NĐ-CP, điều 13
khoản 1); of anything else that names no day the days are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import islice

from domain.due import Bound, DueSpec
from domain.findings import Severity
from domain.phrase.absolute import written
from domain.phrase.dating import Dated, dated
from domain.phrase.explanation import Asked, Explanation, noted, undated
from domain.phrase.senses import Kind, Sense
from domain.phrase.sources import source
from domain.phrase.values import Cycle, Days, Doubt, Limit, Range, Weekdays
from domain.recurrence import Frequency, Recurrence
from domain.reporting import SEND_BY, SEND_BY_DAY

SHOWN = 12
"""Occurrences shown."""
AHEAD = timedelta(days=5 * 366)
"""How far ahead they are looked for."""
_NUMBER = re.compile(r"\d")
_REPORT = re.compile(r"b[áa]o\s+c[áa]o", re.IGNORECASE)
_WORDS = {
    Frequency.DAY: "hằng ngày",
    Frequency.WEEK: "hằng tuần",
    Frequency.MONTH: "hằng tháng",
    Frequency.QUARTER: "hằng quý",
    Frequency.HALF: "6 tháng một lần",
    Frequency.YEAR: "hằng năm",
}
_BARE = {
    Frequency.DAY: "FREQ=DAILY",
    Frequency.WEEK: "FREQ=WEEKLY",
    Frequency.MONTH: "FREQ=MONTHLY",
    Frequency.QUARTER: "FREQ=MONTHLY;INTERVAL=3",
    Frequency.HALF: "FREQ=MONTHLY;INTERVAL=6",
    Frequency.YEAR: "FREQ=YEARLY",
}
_FOLLOWING_MONTHS = {Frequency.QUARTER: (1, 4, 7, 10), Frequency.HALF: (1, 7), Frequency.YEAR: (1,)}
"""The months after the periods' ends."""


def recurring(sense: Sense, limit: Limit, asked: Asked, rest: str) -> Explanation:
    """The rule of a recurring limit, its next days from the document's issue on, and the first one's instants.

    `rest` is the sentence around it: where numbers stand in it, one of them may be the day that is missing.
    """
    starts, until = _edge(sense.starts, asked), _edge(sense.until, asked)
    for edge in (starts, until):
        if isinstance(edge, Doubt):
            return undated(asked, Kind.QUESTION, edge.rule, edge.question)
    first, last = _first_day(starts), _last_day(until)
    if first and last and first > last:
        return undated(
            asked, Kind.QUESTION, "khoang-nguoc", "ngày cuối đứng trước ngày đầu; đề nghị hỏi lại nơi ban hành"
        )
    reports = sense.rule != "cuoc-hop-dinh-ky" and _REPORT.search(asked.text) is not None and not _NUMBER.search(rest)
    cycles = [target for target in limit.targets if isinstance(target, Cycle)]
    known = [_recurrence(cycle, first, last, reports=reports) for cycle in cycles]
    clock = next((cycle.clock for cycle in cycles if cycle.clock), None)
    answer = Explanation(
        asked.text,
        Kind.RECURRING,
        sense.rule,
        source(sense.rule),
        bound=Bound.AT if clock else Bound.INCLUSIVE if limit.bound is Bound.AT else limit.bound,
        recurrence="\n".join(
            one.rrule() if one else _bare(cycle.every, last) for cycle, one in zip(cycles, known, strict=True)
        ),
        steps=tuple(one.said() for one in known if one),
    )
    answer = _with_days(answer, [one for one in known if one], clock, asked)
    for cycle, one in zip(cycles, known, strict=True):
        answer = noted(answer, _dayless(cycle, one), Severity.WARNING)
    return noted(answer, sense.note, Severity.NOTE)


def _bare(every: Frequency, last: date | None) -> str:
    return f"{_BARE[every]};UNTIL={last:%Y%m%d}" if last else _BARE[every]


def _first_day(edge: Dated | Doubt | None) -> date | None:
    return edge.first if isinstance(edge, Dated) else None


def _last_day(edge: Dated | Doubt | None) -> date | None:
    return edge.last if isinstance(edge, Dated) else None


def _edge(limit: Limit | None, asked: Asked) -> Dated | Doubt | None:
    target = limit.targets[0] if limit else None
    if target is None or isinstance(target, Cycle | Days | Weekdays | Range):
        return None
    return dated(target, asked.issued, asked.calendar)


def _has_day(cycle: Cycle) -> bool:
    return bool(cycle.days or cycle.dates) or cycle.every is Frequency.DAY


def _dayless(cycle: Cycle, known: Recurrence | None) -> str | None:
    if _has_day(cycle):
        return None
    if known is None:
        return f"định kỳ {_WORDS[cycle.every]} nhưng không ghi ngày; cần hỏi ngày nào"
    default = f"tạm tính ngày {SEND_BY_DAY} của tháng cuối kỳ (Nghị định 09/2019/NĐ-CP, điều 13), đề nghị xác nhận"
    return f"định kỳ {_WORDS[cycle.every]} nhưng không ghi ngày; {default}"


def _recurrence(cycle: Cycle, starts: date | None, until: date | None, *, reports: bool) -> Recurrence | None:
    """The recurrence; None where no day is known."""
    if not _has_day(cycle):
        by_law = SEND_BY.get(cycle.every) if reports else None
        return by_law and by_law.model_copy(update={"starts": starts, "until": until})
    every, dates = cycle.every, cycle.dates
    days: tuple[int, ...] = cycle.days
    if cycle.following and every in _FOLLOWING_MONTHS:
        dates = tuple((month, number) for month in _FOLLOWING_MONTHS[every] for number in days)
        every, days = Frequency.YEAR, ()
    written_dates = tuple(dict.fromkeys(_month_day(*one) for one in dates))
    return Recurrence(every=every, days=tuple(dict.fromkeys(days)), dates=written_dates, starts=starts, until=until)


def _month_day(month: int, day: int) -> str:
    return f"{month:02d}-{31 if day == -1 and month == 12 else day:02d}"


def _with_days(answer: Explanation, known: Sequence[Recurrence], clock: time | None, asked: Asked) -> Explanation:
    begins = asked.issued or next((one.starts for one in known if one.starts), None)
    if begins is None or not known:
        return answer
    if answer.bound is Bound.EXCLUSIVE:
        begins += timedelta(days=1)  # "trước ngày 20", written on the 20th, means the next 20th
    days = sorted({day for one in known for day in islice(one.occurrences(begins, begins + AHEAD), SHOWN)})[:SHOWN]
    if not days:
        return answer
    bound = answer.bound or Bound.INCLUSIVE
    first = written(
        DueSpec(phrase=answer.phrase, date=days[0], bound=bound, time=clock), answer.rule, asked, answer.steps
    )
    own = DueSpec(phrase=answer.phrase, every=known[0], bound=bound, time=clock) if len(known) == 1 else None
    return first._replace(
        kind=Kind.RECURRING, recurrence=answer.recurrence, occurrences=tuple(days), findings=(), spec=own
    )
