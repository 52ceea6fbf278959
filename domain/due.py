"""From a written deadline to the instant after which it is late.

Rules: Bộ luật Dân sự 2015 (91/2015/QH13) điều 146 (ends of months, quarters, years), điều 147 (the first day is not
counted), điều 148 (a period ends at 24:00 of its last day; a last day not worked moves to the next working day).
A date that is written is never moved, and neither are dates that come again: officials do set deadlines on holidays.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self

import pendulum
from pydantic import ConfigDict, Field, StrictBool, model_validator

from domain import vietnamese as vn
from domain.clocktime import at, first_instant_after, local_date
from domain.frozen import Clock, Code, Frozen, Instant, MisfitError
from domain.recurrence import Recurrence
from domain.walk import counted_days, folded, next_worked
from domain.workdays import Calendar, Roll


class Bound(StrEnum):
    """Whether the written day is still in time."""

    INCLUSIVE = "inclusive"
    """đến, đến hết, chậm nhất, trong: late from the next day."""
    EXCLUSIVE = "exclusive"
    """trước: late from 00:00 of the day itself (strict office) or of the next (lenient office)."""
    AT = "at"
    """A clock time is written: late from that instant."""


class BeforeDay(StrEnum):
    """How the office reads "trước ngày X": no law defines it and practice is loose."""

    STRICT = "strict"
    LENIENT = "lenient"


_PERIODS = {
    "week": re.compile(r"(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])"),
    "month": re.compile(r"(\d{4})-(0[1-9]|1[0-2])"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])"),
    "half": re.compile(r"(\d{4})-H([12])"),
    "year": re.compile(r"(\d{4})()"),
}
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class EndOf(Frozen):
    """The last day of a week, month, quarter, half-year or year; exactly one is given."""

    week: str | None = None
    """YYYY-Www, numbered by ISO 8601: it ends on Sunday."""
    month: str | None = None
    """YYYY-MM"""
    quarter: str | None = None
    """YYYY-Q1 … YYYY-Q4"""
    half: str | None = None
    """YYYY-H1, YYYY-H2"""
    year: str | None = None
    """YYYY"""

    @model_validator(mode="after")
    def _one_readable_period(self) -> Self:
        given = [(unit, value) for unit, value in self if value is not None]
        if len(given) != 1:
            raise ValueError("end_of cần đúng một trong week, month, quarter, half, year")
        unit, value = given[0]
        if not _PERIODS[unit].fullmatch(value) or not self._exists():
            forms = "2024-W05, 2024-06, 2024-Q2, 2024-H1 hoặc 2024"
            raise ValueError(f"end_of.{unit}: không đọc được “{value}”; cần dạng {forms}")
        return self

    def _exists(self) -> bool:
        """No year is 0, and not every year has a week 53."""
        try:
            self.last_day()
        except ValueError:
            return False
        return True

    def last_day(self) -> date:
        """The day the period ends (điều 146)."""
        unit, value = next((unit, value) for unit, value in self if value is not None)
        year, ordinal = re.fullmatch(_PERIODS[unit], value).groups()  # type: ignore[union-attr]
        if unit == "week":
            return date.fromisocalendar(int(year), int(ordinal), 7)
        month = int(ordinal or 1) * _MONTHS_IN[unit]
        return date(int(year), month, months.monthrange(int(year), month)[1])


class Anchor(StrEnum):
    """What a period can run from, besides an event of the directive itself."""

    ISSUED = "issued"
    RECEIVED = "received"


class Within(Frozen):
    """A computed period: so many days, working days, weeks, months or years from a day; exactly one is given.

    Counted back from the day (`before`), the day itself is not counted either: three days before the 10th is the 7th.
    """

    days: int | None = None
    working_days: int | None = None
    weeks: int | None = None
    months: int | None = None
    years: int | None = None
    of: Anchor | None = None
    event: Code | None = None
    """A metric of the directive whose recorded day starts the period."""
    milestone: Code | None = None
    """A milestone of the directive whose meeting starts the period."""
    before: StrictBool = False
    """Counted back: "chậm nhất ba ngày trước ngày đi công tác"."""

    @model_validator(mode="after")
    def _one_length_from_one_start(self) -> Self:
        lengths = [n for n in (self.days, self.working_days, self.weeks, self.months, self.years) if n is not None]
        if len(lengths) != 1 or lengths[0] < 0:
            raise ValueError("within cần đúng một độ dài không âm: days, working_days, weeks, months hoặc years")
        if sum(start is not None for start in (self.of, self.event, self.milestone)) != 1:
            raise ValueError("within cần đúng một mốc bắt đầu: of (issued, received), event hoặc milestone")
        return self

    def anchor(self) -> str:
        """The key under which the starting day is looked up."""
        return self.of.value if self.of else f"event:{self.event}" if self.event else f"milestone:{self.milestone}"

    def end(self, start: date, calendar: Calendar) -> date:
        """The last day, before any rolling. Raises OutsideCalendarError."""
        way = -1 if self.before else 1
        if self.working_days is not None:
            return calendar.add(start, way * self.working_days)
        lengths = {"years": self.years, "months": self.months, "weeks": self.weeks, "days": self.days}
        begun = pendulum.date(start.year, start.month, start.day)
        ended = begun.add(**{unit: way * (length or 0) for unit, length in lengths.items()})
        return date(ended.year, ended.month, ended.day)

    def steps(self, start: date, end: date, calendar: Calendar) -> Iterator[str]:
        """The days that `end` counted, one by one; nothing for weeks, months and years. Raises OutsideCalendarError."""
        if self.days is not None or self.working_days is not None:
            yield from counted_days(start, end, calendar, working=self.working_days is not None)


class MovedBy(Frozen):
    """An event whose own day, once known, replaces the written due: everything must be ready before it."""

    event: Code
    bound: Bound = Bound.EXCLUSIVE


class DueSpec(Frozen):
    """A due as an office writes it down: the phrase, and the one structured form that settles it."""

    model_config = ConfigDict(populate_by_name=True)

    phrase: str
    day: date | None = Field(default=None, alias="date")
    end_of: EndOf | None = None
    within: Within | None = None
    every: Recurrence | None = None
    """Days that come again: each is a due of its own, with its own standing."""
    bound: Bound = Bound.INCLUSIVE
    clock: Clock | None = Field(default=None, alias="time")
    roll: Roll | None = None
    """None: never for a written date, `next` for a computed period, never for one that is counted back."""
    moved_by: MovedBy | None = None
    legal: date | None = None
    """A later date the law allows, shown beside."""
    legal_source: str | None = None
    chosen_by: str | None = None
    """Who settled what the sentence leaves open."""

    @model_validator(mode="after")
    def _settled_once(self) -> Self:
        if sum(form is not None for form in (self.day, self.end_of, self.within, self.every)) != 1:
            raise ValueError("hạn cần đúng một trong date, end_of, within, every")
        if (self.bound is Bound.AT) != (self.clock is not None):
            raise ValueError("bound: at đi cùng time (giờ phút), và chỉ khi đó")
        if (self.legal is None) != (self.legal_source is None):
            raise ValueError("legal phải kèm legal_source (điều luật cho phép)")
        for field in ("moved_by", "legal"):
            if self.every and getattr(self, field) is not None:
                raise MisfitError(f"hạn định kỳ (every) có nhiều ngày, không dùng với {field}", field)
        return self

    def events(self) -> set[str]:
        """Metrics whose recorded day this due waits for."""
        within = self.within.event if self.within else None
        return {event for event in (within, self.moved_by.event if self.moved_by else None) if event}

    def milestones(self) -> set[str]:
        """Milestones whose meeting this due waits for."""
        return {self.within.milestone} if self.within and self.within.milestone else set()

    def written_day(self) -> date | None:
        """The day the sentence itself gives; None for a period and for days that come again."""
        return self.end_of.last_day() if self.end_of else self.day


class Due(Frozen):
    """A due that has a date: what drives reminders and what lateness is judged by."""

    phrase: str
    nominal: date
    """The day as written or computed."""
    bound: Bound
    overdue_after: Instant
    """The first instant that is late."""
    safe_due: Instant
    """The closing hour of the last working day on which it is still in time: what an official should aim at."""
    rule: str
    source: str
    """The article or the choice the date rests on."""
    calendar: str
    """Version of the working calendar used."""
    unconfirmed: bool
    """True when no official letter covers the calendar up to this due."""
    legal: date | None = None
    legal_source: str | None = None
    chosen_by: str | None = None
    original: date | None = None
    """The nominal date before extensions, when one was granted."""
    occurrence: date | None = None
    """The written day by which an occurrence of a recurring due is known, wherever it was moved."""
    steps: tuple[str, ...] = ()
    """The walk from the phrase to the date, in Vietnamese."""

    @property
    def last_day(self) -> date:
        """The last calendar day on which it can still be done in time."""
        return local_date(self.overdue_after - timedelta(microseconds=1))

    @property
    def key(self) -> str:
        """What a reminder computed from it is known by: its day; for an occurrence that was moved, both its days."""
        if self.occurrence is None or self.occurrence == self.nominal:
            return self.nominal.isoformat()
        return f"{self.occurrence.isoformat()}/{self.nominal.isoformat()}"


class Reading(Frozen):
    """The office's choices that a due depends on."""

    closing: time
    """When the working day ends; safe dues stand at this hour."""
    before_day: BeforeDay = BeforeDay.STRICT


def resolve(
    spec: DueSpec,
    calendar: Calendar,
    reading: Reading,
    anchors: Mapping[str, date],
    extended_to: date | None = None,
    occurrence: date | None = None,
    *,
    by_day: bool = False,
) -> Due | None:
    """The due, or None while the day it starts from is unknown.

    `anchors` maps `issued`, `received`, `event:<metric>`, `milestone:<id>` to days. `extended_to` is the day granted by
    the latest extension; it is inclusive and keeps the original beside it. `occurrence` is the written day of one of a
    recurring due's occurrences: by itself such a due has no date. `by_day` says every counted day among the steps and
    changes nothing else. Raises OutsideCalendarError.
    """
    walked = _walk(spec, calendar, anchors, occurrence, by_day=by_day)
    if walked is None:
        return None
    nominal, bound, rule, source, steps = walked
    original = None
    if extended_to is not None:
        original, nominal, bound = nominal, extended_to, Bound.INCLUSIVE
        rule, source = "gia-han", "quyết định gia hạn ghi trong sổ"
        steps = (*steps, f"được gia hạn đến hết ngày {vn.day(extended_to)}")
    overdue_after = first_late(nominal, bound, spec.clock, reading.before_day)
    return Due(
        phrase=spec.phrase,
        nominal=nominal,
        bound=bound,
        overdue_after=overdue_after,
        safe_due=safe_due(overdue_after, calendar, reading.closing),
        rule=rule,
        source=source,
        calendar=calendar.version,
        unconfirmed=not calendar.confirms(nominal),
        legal=spec.legal,
        legal_source=spec.legal_source,
        chosen_by=spec.chosen_by,
        original=original,
        occurrence=occurrence,
        steps=(*steps, f"trễ kể từ {vn.moment(overdue_after)}"),
    )


def resolve_each(spec: DueSpec, calendar: Calendar, reading: Reading, first: date, last: date) -> Iterator[Due]:
    """A due for each written day from `first` to `last` of a recurring due, in order; nothing for any other.

    One at a time, as they are asked for. Raises OutsideCalendarError on reaching a day the calendar does not cover.
    """
    days = spec.every.occurrences(first, last) if spec.every else ()
    dues = (resolve(spec, calendar, reading, {}, occurrence=day) for day in days)
    yield from (due for due in dues if due)


def walk(
    spec: DueSpec, calendar: Calendar, reading: Reading, anchors: Mapping[str, date], occurrence: date | None = None
) -> tuple[str, ...]:
    """The way from the phrase to the due, every counted day a sentence; long ways are folded.

    The same computation as `resolve`; empty while that has no answer. Raises OutsideCalendarError.
    """
    due = resolve(spec, calendar, reading, anchors, occurrence=occurrence, by_day=True)
    return due.steps if due else ()


def safe_due(overdue_after: datetime, calendar: Calendar, closing: time) -> datetime:
    """`closing` on the last working day that ends before `overdue_after`; earlier if the due itself is."""
    last_day = local_date(overdue_after - timedelta(microseconds=1))
    return min(at(calendar.roll(last_day, Roll.PREVIOUS), closing), overdue_after)


_Walk = tuple[date, Bound, str, str, tuple[str, ...]]


def _walk(
    spec: DueSpec, calendar: Calendar, anchors: Mapping[str, date], occurrence: date | None, *, by_day: bool
) -> _Walk | None:
    moved_to = anchors.get(f"event:{spec.moved_by.event}") if spec.moved_by else None
    if spec.moved_by and moved_to:
        fixed = (f"ngày của sự kiện đã được ấn định: {vn.day(moved_to)}",)
        return moved_to, spec.moved_by.bound, "theo-su-kien", "sự kiện ghi trong sổ", fixed
    if spec.within:
        start = anchors.get(spec.within.anchor())
        return None if start is None else _period(spec, spec.within, start, calendar, by_day=by_day)
    day = occurrence if spec.every else spec.written_day()
    return None if day is None else _written(spec, day, calendar)


def _written(spec: DueSpec, day: date, calendar: Calendar) -> _Walk:
    rule, source, said = "ngay-cu-the", "ngày ghi trong văn bản", "ngày"
    if spec.end_of:
        rule, source, said = "cuoi-ky", "Bộ luật Dân sự 2015, điều 146", "kỳ kết thúc ngày"
        source = "tuần kết thúc vào Chủ nhật (ISO 8601)" if spec.end_of.week else source
    if spec.every:
        rule, source, said = "dinh-ky", "ngày định kỳ ghi trong văn bản", f"{spec.every.said()}; kỳ ngày"
    if spec.chosen_by:
        source = f"do {spec.chosen_by} chọn"
    steps: tuple[str, ...] = (f"“{spec.phrase}”: {said} {vn.day(day)}",)
    rolled = calendar.roll(day, spec.roll or Roll.NONE)
    if rolled != day:
        steps = (*steps, f"ngày {vn.day(day)} là ngày nghỉ, chuyển sang {vn.day(rolled)}")
    return rolled, spec.bound, rule, source, steps


def _period(spec: DueSpec, within: Within, start: date, calendar: Calendar, *, by_day: bool) -> _Walk:
    end = within.end(start, calendar)
    begun = f"{'đếm lùi từ' if within.before else 'bắt đầu'} {vn.day(start)}, không tính ngày đầu (điều 147)"
    steps: tuple[str, ...] = (f"{begun}; hết ngày {vn.day(end)}",)
    if by_day:
        steps = (*steps, *folded(within.steps(start, end, calendar)))
    rolled = calendar.roll(end, spec.roll or (Roll.NONE if within.before else Roll.NEXT))
    if rolled != end:
        passed = next_worked(end, rolled, calendar) if by_day else ()
        steps = (*steps, *passed, f"ngày cuối là ngày nghỉ, kết thúc tại {vn.day(rolled)} (điều 148 khoản 5)")
    return rolled, spec.bound, "thoi-han", "Bộ luật Dân sự 2015, điều 147-148", steps


def first_late(nominal: date, bound: Bound, clock: time | None, before_day: BeforeDay) -> datetime:
    """The instant from which it is late, by what is written; `clock` goes with a bound `at`."""
    if bound is Bound.AT and clock is not None:
        return at(nominal, clock)
    if bound is Bound.EXCLUSIVE and before_day is BeforeDay.STRICT:
        return at(nominal)
    return first_instant_after(nominal)
