"""What the ledger says of one directive, as known at an instant: the fold of its entries.

Only entries recorded by then count (`recorded_at <= known_at`), and only what was true by then (`as_of <= as_of`).
A correction replaces the report it names, a returned report no longer counts: once known, that holds for every day one
asks about. Nothing is ever averaged or interpolated. Which occurrence of a recurring milestone a report counts for is
decided elsewhere (domain/occurrences.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

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
    occurrence: date | None = None
    """The written day of the occurrence it names."""


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
    stopped: EntryKind | None = None
    """SUSPEND or CANCEL while that holds."""
    enrolled_by: str | None = None
    """Code of the person who recorded its enrolment."""

    def in_force(self, day: date) -> bool:
        """Whether it is counted on `day`."""
        begun = self.enrolled is None or self.enrolled <= day
        return begun and (self.left is None or day < self.left) and self.stopped is not EntryKind.CANCEL


@dataclass(frozen=True)
class Extension:
    """A granted later day, and when the grant was recorded."""

    day: date
    granted_at: datetime
    count: int = 1
    """How many grants there were for the same milestone, subject and occurrence, this one included."""


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
    schedules: Mapping[str, tuple[date, datetime]]
    """Event metric → its fixed day, and when that was recorded."""
    acknowledged: Mapping[str, tuple[datetime, ...]]
    """Person → when they said that they had read the urging."""
    stops: Mapping[str, EntryKind]
    """Subject, or WHOLE → SUSPEND or CANCEL while that holds."""
    handed_to: Mapping[str, str]
    """Subject, or WHOLE → the unit that took over."""

    @property
    def stopped(self) -> EntryKind | None:
        """SUSPEND or CANCEL of the whole directive."""
        return self.stops.get(WHOLE)

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
        granted = [self.extensions.get((milestone, code, occurrence)) for code in {subject, WHOLE}]
        return max((grant for grant in granted if grant), key=lambda grant: grant.granted_at, default=None)

    def extended(self, milestone: str, subject: str, occurrence: date | None = None) -> int:
        """How many times the subject was given a later day: by grants of its own and by those for all."""
        granted = [self.extensions.get((milestone, code, occurrence)) for code in {subject, WHOLE}]
        return sum(grant.count for grant in granted if grant)


def fold(entries: Iterable[Entry], known_at: datetime, as_of: datetime | None = None) -> State:
    """The state of one directive from its entries, in the order of the ledger."""
    today = local_date(as_of or known_at)
    said = [entry for entry in entries if entry.recorded_at <= known_at]
    known = [entry for entry in said if entry.as_of <= today]
    stops = _stops(known)
    return State(
        subjects=_subjects(known, stops),
        figures=_figures(known, said),
        plans=_plans(known),
        extensions=_extensions(known),
        schedules={
            entry.metric: (entry.day, entry.recorded_at)
            for entry in known
            if entry.kind is EntryKind.SCHEDULE and entry.metric and entry.day
        },
        acknowledged=_acknowledged(known),
        stops=stops,
        handed_to={
            entry.subject or WHOLE: entry.unit for entry in known if entry.kind is EntryKind.HAND_OVER and entry.unit
        },
    )


def _extensions(known: list[Entry]) -> dict[tuple[str, str, date | None], Extension]:
    found: dict[tuple[str, str, date | None], Extension] = {}
    for entry in known:
        if entry.kind is EntryKind.EXTENSION_GRANT and entry.day:
            where = (entry.milestone or "", entry.subject or WHOLE, entry.occurrence)
            count = found[where].count + 1 if where in found else 1
            found[where] = Extension(entry.day, entry.recorded_at, count)
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


def _subjects(known: list[Entry], stops: Mapping[str, EntryKind]) -> tuple[Subject, ...]:
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
            stopped=stops.get(code),
            enrolled_by=entry.actor,
        )
        for code, entry in enrolled.items()
    )


def _stops(known: list[Entry]) -> dict[str, EntryKind]:
    kinds = (EntryKind.SUSPEND, EntryKind.RESUME, EntryKind.CANCEL)
    last = {entry.subject or WHOLE: entry.kind for entry in known if entry.kind in kinds}
    return {subject: kind for subject, kind in last.items() if kind is not EntryKind.RESUME}


def _acknowledged(known: list[Entry]) -> dict[str, tuple[datetime, ...]]:
    collected: defaultdict[str, list[datetime]] = defaultdict(list)
    for entry in known:
        if entry.kind is EntryKind.ACKNOWLEDGE:
            collected[entry.actor].append(entry.recorded_at)
    return {person: tuple(instants) for person, instants in collected.items()}
