"""The plan of a directive: its dues, and the moments agreed for urging. Recomputed whenever asked, never stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain import vietnamese as vn
from domain.clocktime import at, local_date
from domain.directive import Directive, Milestone, Tracking
from domain.due import Due
from domain.policy import Ladder, Policy
from domain.state import WHOLE, State, Subject
from domain.workdays import Calendar, Roll, to_the_end


class RungKind(StrEnum):
    """What a rung is for."""

    ASSIGNED = "assigned"
    """The directive starts."""
    ENROLLED = "enrolled"
    """A unit's subjects come under the directive."""
    BEFORE = "before"
    OVERDUE = "overdue"
    RESUMED = "resumed"
    """It goes on after a suspension in which urgings were left out."""
    WORD = "word"
    """An undated directive is asked for a word."""
    WATCH = "watch"
    """The monitor's weekly list."""


LADDER = frozenset({RungKind.BEFORE, RungKind.OVERDUE})
"""The rungs that urge a milestone with a due."""


@dataclass(frozen=True)
class Rung:
    """A nấc nhắc: an instant at which the window opens on a working day."""

    id: str
    kind: RungKind
    at: datetime
    occurrence: str
    """The due or period it was computed from, part of the delivery's key."""
    step: int = 0
    """1 for the first overdue rung, 2 for the second …; 0 for other kinds."""

    @property
    def on_ladder(self) -> bool:
        """Whether it urges a milestone with a due, before or after it."""
        return self.kind in LADDER


@dataclass(frozen=True)
class Track:
    """A milestone with one due: each occurrence, and the subjects extended singly, run on tracks of their own."""

    milestone: Milestone
    due: Due | None
    subjects: tuple[Subject, ...]
    """Empty for a directive without subjects."""
    started_at: datetime
    """When the directive began."""
    armed: Mapping[str, datetime]
    """Subject, or WHOLE where there are none → when it came under this due: rungs before are not sent to it."""
    reports: State
    """What counts for it: the directive's state, for an occurrence with no other reports than its own."""
    previous: Due | None = None
    """The due of the occurrence before, where there is one."""

    @property
    def armed_at(self) -> datetime:
        """Rungs before this instant are sent to nobody: the directive, or its new due, began only then."""
        return min(self.armed.values())

    def armed_for(self, subjects: Iterable[str]) -> datetime:
        """The instant for some of its subjects, that of the earliest; of all where none is named."""
        return min((self.armed[code] for code in subjects), default=self.armed_at)

    def paused(self, subjects: Collection[str], moment: datetime) -> bool:
        """Whether the directive stood still at `moment`, or every one of the subjects (of all, where none is named)."""
        if any(stop.silences(moment) for stop in self.reports.halts.get(WHOLE, ())):
            return True
        meant = [subject for subject in self.subjects if not subjects or subject.code in subjects]
        return bool(meant) and all(any(stop.silences(moment) for stop in subject.stops) for subject in meant)

    @property
    def occurrence(self) -> str:
        """What its due is known by in the keys of deliveries."""
        return self.due.key if self.due else "no-due"

    @property
    def name(self) -> str:
        """The milestone's name; of an occurrence with its written day."""
        day = self.due.occurrence if self.due else None
        return f"{self.milestone.name}, kỳ hạn {vn.day(day)}" if day else self.milestone.name

    @property
    def begun(self) -> date:
        """The first day that is its own: after the occurrence before, or the directive's first."""
        return local_date(self.previous.overdue_after if self.previous else self.started_at)


def assigned(started_at: datetime, calendar: Calendar, policy: Policy) -> Iterator[Rung]:
    """The first rung: the first opening of the window at or after the start. Raises OutsideCalendarError."""
    started = local_date(started_at)
    opening = policy.window.opening(started_at, calendar)
    yield Rung("assigned", RungKind.ASSIGNED, opening, started.isoformat())


def enrolled(track: Track, calendar: Calendar, policy: Policy) -> Iterator[Rung]:
    """For each day on which subjects were enrolled, the next working day's opening: their units are told then.

    A subject enrolled ahead of the directive is told of when that starts.
    """
    days = {local_date(subject.known_from) for subject in track.subjects if subject.known_from}
    start = policy.window.opening(track.started_at, calendar)
    for day in sorted(days):
        opening = at(calendar.add(day, 1), policy.window.opens)
        yield Rung("enrolled", RungKind.ENROLLED, max(opening, start), day.isoformat())


def resumed(track: Track, urged: Sequence[Rung], calendar: Calendar, policy: Policy) -> Iterator[Rung]:
    """The opening after each suspension in which the track was to be `urged`, once it goes on."""
    halts = [track.reports.halts.get(WHOLE, ()), *(subject.stops for subject in track.subjects)]
    days: dict[str, datetime] = {}
    for stop in (stop for stops in halts for stop in stops):
        if stop.resumed_at and any(stop.silences(rung.at) for rung in urged if rung.at >= track.armed_at):
            days.setdefault(local_date(stop.resumed_at).isoformat(), stop.resumed_at)
    for day, moment in sorted(days.items()):
        yield Rung("resumed", RungKind.RESUMED, policy.window.opening(moment, calendar), day)


def ladder(
    due: Due, calendar: Calendar, policy: Policy, until: datetime, previous: Due | None = None
) -> Iterator[Rung]:
    """Rungs before the due and, up to `until`, after it; in order. Raises OutsideCalendarError.

    Calendar days count back from the last day in time; a rung on a day off, or one that would come when it is
    already late (a due at a clock time before the window opens), moves to the working day before. Working days late
    count from the first on which the window is open after the due. Where there was a `previous` occurrence, it alone
    is spoken of until the day after its last: a monthly report is not urged thirty days ahead. Only the last rung
    before the due stands in any case, so that nothing turns late without having been urged once.
    """
    last_day, key = due.last_day, due.key
    for days in policy.ladder.before:
        opening = policy.opening_of(last_day - timedelta(days=days), calendar, Roll.PREVIOUS)
        while opening >= due.overdue_after:
            opening = at(calendar.add(local_date(opening), -1), policy.window.opens)
        if days == policy.ladder.before[-1] or not _belongs_to(previous, opening):
            yield Rung(f"before-{days}", RungKind.BEFORE, opening, key)
    if due.overdue_after > until:
        return
    first = policy.window.opening(due.overdue_after, calendar)
    day_before = local_date(first) - timedelta(days=1)
    step = 1
    while True:
        days_late = _days_late(policy.ladder, step)
        moment = max(at(calendar.add(day_before, days_late), policy.window.opens), first)
        if moment > until:
            return
        yield Rung(f"overdue-{days_late}", RungKind.OVERDUE, moment, key, step)
        step += 1


def _belongs_to(previous: Due | None, moment: datetime) -> bool:
    """Whether the talk is still of the previous occurrence: up to the day after its last day in time."""
    return previous is not None and local_date(moment) <= previous.last_day + timedelta(days=1)


def _days_late(ladder: Ladder, step: int) -> int:
    """Working days late at the `step`-th urging, from 1."""
    further = max(0, step - len(ladder.overdue))
    return ladder.overdue[step - further - 1] + further * ladder.then_every


def words(started_at: datetime, calendar: Calendar, policy: Policy, until: datetime) -> Iterator[Rung]:
    """One rung a quarter for directives without a date: the policy's day of the quarter's last month, rolled forward.

    The shipped day is the 15th: reporting periods close on the 14th (Nghị định 09/2019/NĐ-CP, điều 12).
    """
    year, quarter = local_date(started_at).year, (local_date(started_at).month - 1) // 3 + 1
    while True:
        opening = policy.opening_of(date(year, quarter * 3, policy.word_day), calendar, Roll.NEXT)
        if opening > until:
            return
        if opening >= started_at:
            yield Rung(f"word-{year}-q{quarter}", RungKind.WORD, opening, f"{year}-Q{quarter}")
        year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)


def watches(due: Due, started_at: datetime, calendar: Calendar, policy: Policy, until: datetime) -> Iterator[Rung]:
    """The monitor's weekly list, once the due is near: the policy's weekday, or the next working day after it."""
    first = max(local_date(started_at), due.last_day - timedelta(days=policy.monitor_horizon))
    day = first + timedelta(days=(policy.monitor_weekday - first.weekday()) % 7)
    while True:
        opening = policy.opening_of(day, calendar, Roll.NEXT)
        if opening > until:
            return
        week = day.isocalendar()
        if opening >= started_at:
            yield Rung(f"watch-{week.year}-w{week.week:02d}", RungKind.WATCH, opening, f"{week.year}-W{week.week:02d}")
        day += timedelta(days=7)


def rungs(
    track: Track, directive: Directive, started_at: datetime, calendar: Calendar, policy: Policy, until: datetime
) -> tuple[Rung, ...]:
    """Every rung of a track up to `until` (rungs before the due are given even beyond it), in order of time.

    Where the calendar ends earlier, so do the rungs.
    """
    kinds: list[Iterable[Rung]] = [assigned(started_at, calendar, policy), enrolled(track, calendar, policy)]
    if track.due:
        urged = tuple(to_the_end(ladder(track.due, calendar, policy, until, track.previous), calendar))
        kinds += [urged, resumed(track, urged, calendar, policy)]
        kinds.append(watches(track.due, started_at, calendar, policy, until))
    elif directive.tracking is Tracking.PERIODIC and not track.milestone.follows:
        kinds.append(words(started_at, calendar, policy, until))
    found = [rung for kind in kinds for rung in to_the_end(kind, calendar)]
    return tuple(sorted(found, key=lambda rung: rung.at))
