"""What the ledger says of one directive, as known at an instant: the fold of its entries.

Only entries recorded by then count (`recorded_at <= known_at`), and only what was true by then (`as_of <= as_of`).
A correction replaces the report it names, a returned report no longer counts: once known, that holds for every day one
asks about. Nothing is ever averaged or interpolated. Which occurrence of a recurring milestone a report counts for is
decided elsewhere (domain/occurrences.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from domain.clocktime import local_date
from domain.ledger import Entry, EntryKind
from domain.metric import Value

WHOLE = ""
"""The one subject of a directive without subjects: the directive itself."""


@dataclass(frozen=True)
class Figure:
    """A report that counts."""

    entry: str
    as_of: date
    happened: datetime
    timed: bool
    """Whether the clock time is known; otherwise some moment of the day."""
    value: Value
    """Of the plan in force on its day."""
    stated: Value
    """As it was written down."""
    confirmed: bool
    recorded_at: datetime
    actor: str
    """Code of the person who reported it."""
    occurrence: date | None = None
    """The written day of the occurrence it names."""


@dataclass(frozen=True)
class Stop:
    """A suspension, or a cancellation."""

    kind: EntryKind
    """SUSPEND or CANCEL."""
    since: date
    """The first day without work."""
    recorded_at: datetime
    until: date | None = None
    """The day on which it went on; None while it holds."""
    resumed_at: datetime | None = None
    """When that was recorded."""

    def holds(self, day: date) -> bool:
        """Whether the work stood still on `day`."""
        return self.since <= day and (self.until is None or day < self.until)

    def silences(self, moment: datetime) -> bool:
        """Whether it was known at `moment`, and its end was not."""
        return self.recorded_at <= moment and (self.resumed_at is None or moment < self.resumed_at)


@dataclass(frozen=True)
class Subject:
    """A đối tượng, as enrolled."""

    code: str
    name: str
    unit: str | None
    enrolled: date | None
    """First day it is counted; None: always."""
    known_from: datetime | None
    """When its enrolment was recorded."""
    left: date | None = None
    stops: tuple[Stop, ...] = ()
    """In the order of time."""
    enrolled_by: str | None = None
    """Code of the person who recorded its enrolment."""

    @property
    def stopped(self) -> EntryKind | None:
        """SUSPEND or CANCEL while that holds."""
        return _holding(self.stops)

    def stopped_on(self, day: date) -> EntryKind | None:
        """SUSPEND or CANCEL where that held on `day`."""
        return next((stop.kind for stop in reversed(self.stops) if stop.holds(day)), None)

    def in_force(self, day: date) -> bool:
        """Whether it is counted on `day`."""
        begun = self.enrolled is None or self.enrolled <= day
        return begun and (self.left is None or day < self.left) and self.stopped_on(day) is not EntryKind.CANCEL

    def running(self, day: date) -> bool:
        """Whether it is counted on `day`, and worked at."""
        return self.in_force(day) and self.stopped_on(day) is None


@dataclass(frozen=True)
class Handed:
    """Work that passed to another unit."""

    subject: str
    """Its code, or WHOLE."""
    former: str | None
    """The unit whose part passed; None: all who led."""
    unit: str
    """Or a group, for the whole."""
    day: date
    """The first day on which it was theirs."""
    entry: str


@dataclass(frozen=True)
class Extension:
    """A granted later day, the latest for its milestone, subject and occurrence, and when the grant was recorded."""

    day: date
    granted_at: datetime
    position: int
    """Its place in the ledger: what is adopted together is recorded at one instant."""
    first: Mapping[date, datetime]
    """Every day ever granted, and when it first was: a day that is put back was known all along."""
    count: int
    """How many grants there were, this one included."""


@dataclass(frozen=True)
class State:
    """One directive at one moment."""

    subjects: tuple[Subject, ...]
    figures: Mapping[tuple[str, str], tuple[Figure, ...]]
    """(metric, subject) → reports that count, by the day they are true of."""
    plans: Mapping[tuple[str, str], tuple[tuple[date, Decimal], ...]]
    """(metric, subject) → plan in đồng from a day on."""
    extensions: Mapping[tuple[str, str, date | None], Extension]
    """(milestone, subject, named occurrence) → the latest grant; subject WHOLE for all."""
    schedules: Mapping[tuple[str, str], tuple[date, datetime]]
    """(event metric, subject) → its fixed day, and when that was recorded; subject WHOLE for all."""
    acknowledged: Mapping[str, tuple[datetime, ...]]
    """Person → when they said that they had read the urging."""
    halts: Mapping[str, tuple[Stop, ...]]
    """Subject, or WHOLE → its stops, in the order of the ledger."""
    handed_to: Mapping[str, str]
    """Subject, or WHOLE → the unit that took over."""
    handed: tuple[Handed, ...] = ()
    """Every hand-over, in the order of the ledger."""

    @property
    def stops(self) -> Mapping[str, EntryKind]:
        """Subject, or WHOLE → SUSPEND or CANCEL while that holds."""
        return {subject: kind for subject, stops in self.halts.items() if (kind := _holding(stops))}

    @property
    def stopped(self) -> EntryKind | None:
        """SUSPEND or CANCEL of the whole directive."""
        return _holding(self.halts.get(WHOLE, ()))

    @cached_property
    def actual(self) -> State:
        """The same without estimates: what completion, pace and forecast rest on."""
        if not any(figure.value.estimate for figures in self.figures.values() for figure in figures):
            return self
        kept = {where: tuple(f for f in figures if not f.value.estimate) for where, figures in self.figures.items()}
        return replace(self, figures=kept)

    def of(self, metric: str, subject: str = WHOLE) -> tuple[Figure, ...]:
        """Reports that count on the metric for the subject, oldest first."""
        return self.figures.get((metric, subject), ())

    def plan(self, metric: str, subject: str, day: date) -> Decimal | None:
        """The plan in force on `day`, đồng."""
        in_force = [amount for since, amount in self.plans.get((metric, subject), ()) if since <= day]
        return in_force[-1] if in_force else None

    def extension(self, milestone: str, subject: str, occurrence: date | None = None) -> Extension | None:
        """The grant that holds for the subject: its own, else the whole milestone's; the later-recorded of the two.

        Of a recurring milestone each occurrence is extended by itself.
        """
        granted = self._granted(milestone, subject, occurrence)
        return max(granted, key=lambda grant: (grant.granted_at, grant.position), default=None)

    def first_granted(self, milestone: str, subject: str, day: date, occurrence: date | None = None) -> datetime:
        """When the day, which holds for the subject, was first granted to it or to all."""
        return min(grant.first[day] for grant in self._granted(milestone, subject, occurrence) if day in grant.first)

    def extended(self, milestone: str, subject: str, occurrence: date | None = None) -> int:
        """How many times the subject was given a later day: by grants of its own and by those for all."""
        return sum(grant.count for grant in self._granted(milestone, subject, occurrence))

    def _granted(self, milestone: str, subject: str, occurrence: date | None) -> tuple[Extension, ...]:
        codes = dict.fromkeys((subject, WHOLE))
        granted = (self.extensions.get((milestone, code, occurrence)) for code in codes)
        return tuple(grant for grant in granted if grant)


def fold(entries: Iterable[Entry], known_at: datetime, as_of: datetime | None = None) -> State:
    """The state of one directive from its entries, in the order of the ledger."""
    today = local_date(as_of or known_at)
    said = [entry for entry in entries if entry.recorded_at <= known_at]
    known = [entry for entry in said if entry.as_of <= today]
    halts = _halts(known)
    return State(
        subjects=_subjects(known, halts),
        figures=_figures(known, said),
        plans=_plans(known),
        extensions=_extensions(known),
        schedules={
            (entry.metric, entry.subject or WHOLE): (entry.day, entry.recorded_at)
            for entry in known
            if entry.kind is EntryKind.SCHEDULE and entry.metric and entry.day
        },
        acknowledged=_acknowledged(known),
        halts=halts,
        handed_to={
            entry.subject or WHOLE: entry.unit for entry in known if entry.kind is EntryKind.HAND_OVER and entry.unit
        },
        handed=_handed(known),
    )


def _handed(known: list[Entry]) -> tuple[Handed, ...]:
    """Of a subject the former unit is known even where the entry does not name it."""
    units: dict[str, str] = {}
    found = []
    for entry in known:
        subject = entry.subject or WHOLE
        if entry.kind is EntryKind.HAND_OVER and entry.unit:
            former = entry.former or units.get(subject)
            found.append(Handed(subject, former, entry.unit, entry.as_of, entry.id))
        if entry.kind in (EntryKind.ENROL, EntryKind.HAND_OVER) and entry.subject and entry.unit:
            units[subject] = entry.unit
    return tuple(found)


def _extensions(known: list[Entry]) -> dict[tuple[str, str, date | None], Extension]:
    found: dict[tuple[str, str, date | None], Extension] = {}
    for position, entry in enumerate(known):
        if entry.kind is EntryKind.EXTENSION_GRANT and entry.day:
            where = (entry.milestone or "", entry.subject or WHOLE, entry.occurrence)
            earlier = found.get(where)
            first = {entry.day: entry.recorded_at, **(earlier.first if earlier else {})}
            count = earlier.count + 1 if earlier else 1
            found[where] = Extension(entry.day, entry.recorded_at, position, first, count)
    return found


def _figures(known: list[Entry], said: list[Entry]) -> dict[tuple[str, str], tuple[Figure, ...]]:
    replaced = {entry.refers_to for entry in said if entry.kind is EntryKind.CORRECTION}
    returned, confirmed = _decided(said)
    reports = [
        entry
        for entry in known
        if entry.kind in (EntryKind.REPORT, EntryKind.CORRECTION)
        and entry.id not in replaced
        and entry.id not in returned
    ]
    plans, occurrences = _plans(known), _occurrences(said)
    collected: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for entry in reports:
        if entry.metric is None or entry.value is None:
            continue
        where = (entry.metric, entry.subject or WHOLE)
        collected[where].append(
            Figure(
                entry=entry.id,
                as_of=entry.as_of,
                happened=entry.happened(),
                timed=entry.as_of_time is not None,
                value=_against_plan(entry.value, plans.get(where, ()), entry.as_of),
                stated=entry.value,
                confirmed=entry.id in confirmed,
                recorded_at=entry.recorded_at,
                actor=entry.actor,
                occurrence=occurrences.get(entry.id),
            )
        )
    return {
        where: tuple(sorted(found, key=lambda f: (f.happened, f.recorded_at))) for where, found in collected.items()
    }


def _occurrences(said: list[Entry]) -> dict[str, date]:
    """Report → the occurrence it names; a correction that names none is about the one its report named."""
    named: dict[str, date] = {}
    for entry in said:
        day = entry.occurrence or named.get(entry.refers_to or "")
        if day:
            named[entry.id] = day
    return named


def _decided(said: list[Entry]) -> tuple[set[str], set[str]]:
    """Ids of reports sent back and of reports accepted; the later decision on a report holds."""
    verdict = {
        entry.refers_to: entry.kind
        for entry in said
        if entry.kind in (EntryKind.CONFIRM, EntryKind.RETURN) and entry.refers_to
    }
    returned = {entry for entry, kind in verdict.items() if kind is EntryKind.RETURN}
    return returned, set(verdict) - returned


def _against_plan(value: Value, plans: tuple[tuple[date, Decimal], ...], day: date) -> Value:
    """A percentage is of the plan in force on its day; a bare one with a known plan gets its numerator derived."""
    in_force = [amount for since, amount in plans if since <= day]
    if not in_force or value.number is None or in_force[-1] <= 0:
        return value
    plan = in_force[-1]
    if value.numerator is None:
        return value.model_copy(update={"numerator": value.number * plan / 100, "denominator": plan, "derived": True})
    return value.model_copy(update={"number": value.numerator / plan * 100, "denominator": plan})


def _plans(known: list[Entry]) -> dict[tuple[str, str], tuple[tuple[date, Decimal], ...]]:
    collected: defaultdict[tuple[str, str], list[tuple[date, Decimal]]] = defaultdict(list)
    for entry in known:
        if entry.kind is EntryKind.PLAN and entry.metric and entry.value and entry.value.number is not None:
            collected[entry.metric, entry.subject or WHOLE].append((entry.as_of, entry.value.number))
    return {where: tuple(sorted(steps, key=lambda step: step[0])) for where, steps in collected.items()}


def _subjects(known: list[Entry], halts: Mapping[str, tuple[Stop, ...]]) -> tuple[Subject, ...]:
    enrolled = {entry.subject: entry for entry in known if entry.kind is EntryKind.ENROL and entry.subject}
    last = {entry.subject: entry for entry in known if entry.kind in (EntryKind.ENROL, EntryKind.LEAVE)}
    left = {subject: entry.as_of for subject, entry in last.items() if entry.kind is EntryKind.LEAVE}
    units = {entry.subject: entry.unit for entry in known if entry.kind in (EntryKind.ENROL, EntryKind.HAND_OVER)}
    return tuple(
        Subject(
            code=code,
            name=entry.name or code,
            unit=units[code],
            enrolled=entry.as_of,
            known_from=entry.recorded_at,
            left=left.get(code),
            stops=halts.get(code, ()),
            enrolled_by=entry.actor,
        )
        for code, entry in enrolled.items()
    )


def _halts(known: list[Entry]) -> dict[str, tuple[Stop, ...]]:
    """Each stop from its day to the day of what ends it: a resumption, or the next stop."""
    found: defaultdict[str, list[Stop]] = defaultdict(list)
    for entry in known:
        if entry.kind not in (EntryKind.SUSPEND, EntryKind.RESUME, EntryKind.CANCEL):
            continue
        stops = found[entry.subject or WHOLE]
        if _holding(stops):
            stops[-1] = replace(stops[-1], until=entry.as_of, resumed_at=entry.recorded_at)
        if entry.kind is not EntryKind.RESUME:
            stops.append(Stop(entry.kind, entry.as_of, entry.recorded_at))
    return {subject: tuple(stops) for subject, stops in found.items()}


def _holding(stops: Sequence[Stop]) -> EntryKind | None:
    """The last of the stops, while it holds."""
    return stops[-1].kind if stops and stops[-1].until is None else None


def _acknowledged(known: list[Entry]) -> dict[str, tuple[datetime, ...]]:
    collected: defaultdict[str, list[datetime]] = defaultdict(list)
    for entry in known:
        if entry.kind is EntryKind.ACKNOWLEDGE:
            collected[entry.actor].append(entry.recorded_at)
    return {person: tuple(instants) for person, instants in collected.items()}
