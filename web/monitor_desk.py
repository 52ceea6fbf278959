"""What the monitor's page lists: reports to judge, later days to decide on, work nobody reports on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from actions.replan import SYSTEM
from domain.access import Access
from domain.authority import not_monitor
from domain.directive import Directive
from domain.figures import say
from domain.laterday import judged
from domain.ledger import Entry
from domain.requests import Request
from domain.situation import Situation
from domain.standing import Freshness, Official, Standing
from domain.state import WHOLE
from domain.waiting import Unjudged, unheard, unjudged
from store import Session
from store.ledger import find_all

Waiting = tuple[Situation, Unjudged]


@dataclass(frozen=True)
class Report:
    """A report that waits for a verdict."""

    entry: str
    directive: Directive
    about: str
    """Metric, and the subject where there is one."""
    value: str
    as_of: date
    recorded_at: datetime
    by: str
    evidence: str | None
    own: bool
    """Reported by who is looking: somebody else has to judge it."""

    @property
    def title(self) -> str:
        """Of its directive."""
        return self.directive.title


@dataclass(frozen=True)
class Silence:
    """A milestone of which nothing new was heard."""

    directive: Directive
    name: str
    units: str
    standing: Standing
    newest: date | None
    never: bool
    overdue: bool


def monitored(access: Access, seen: Sequence[Situation]) -> tuple[Situation, ...]:
    """The directives on which this person decides; all are seen on one day, so each unit is asked about once."""
    of_unit = {one.directive.monitor: one for one in seen}
    decides = {unit for unit, one in of_unit.items() if not_monitor(one, access.person.code) is None}
    return tuple(one for one in seen if one.directive.monitor in decides)


def unconfirmed(mine: Iterable[Situation]) -> list[Waiting]:
    """People's reports that wait, the longest waiting first; what the notice itself states needs no verdict."""
    found = ((situation, one) for situation in mine for one in unjudged(situation) if one.figure.actor != SYSTEM)
    return sorted(found, key=lambda pair: pair[1].figure.recorded_at)


def reports(opened: Session, those: Sequence[Waiting], person: str) -> list[Report]:
    """What `person` reads of them, in the same order."""
    entries = {one.id: one for one in find_all(opened, [one.figure.entry for _, one in those])}
    return [_report(situation, one, entries[one.figure.entry], person) for situation, one in those]


def _report(situation: Situation, one: Unjudged, entry: Entry, person: str) -> Report:
    by = situation.rules.office.person(entry.actor)
    return Report(
        entry=entry.id,
        directive=situation.directive,
        about=" — ".join(filter(None, (one.metric.name, one.subject.name if one.subject else ""))),
        value=say(one.metric, one.figure.stated),
        as_of=entry.as_of,
        recorded_at=entry.recorded_at,
        by=by.name if by else entry.actor,
        evidence=entry.evidence,
        own=entry.actor == person,
    )


def silences(mine: Iterable[Situation]) -> list[Silence]:
    """Overdue first, then what never was reported on, then by the day of the newest report."""
    found = [_silence(situation, standing, newest) for situation in mine for standing, newest in unheard(situation)]
    return sorted(found, key=lambda one: (not one.overdue, not one.never, one.newest or date.min))


def _silence(situation: Situation, standing: Standing, newest: date | None) -> Silence:
    office = situation.rules.office
    return Silence(
        directive=situation.directive,
        name=standing.track.name,
        units=", ".join(office.name_of(unit) for unit in situation.lead),
        standing=standing,
        newest=newest,
        never=standing.freshness is Freshness.NEVER,
        overdue=standing.official is Official.OPEN_OVERDUE,
    )


@dataclass(frozen=True)
class Plea:
    """A request for a later day that waits for a decision."""

    entry: str
    directive: Directive
    about: str
    due: date | None
    """The last day in time as it is judged now."""
    day: date
    """The one asked for."""
    by: str
    asked_at: datetime
    reason: str
    evidence: str | None
    own: bool


def pleas(waiting: Iterable[Request], mine: Sequence[Situation], person: str) -> list[Plea]:
    """The requests on directives of this monitor, in the order they were made."""
    by_code: Mapping[str, Situation] = {one.directive.code: one for one in mine}
    return [_plea(by_code[one.place[0]], one, person) for one in waiting if one.place[0] in by_code]


def _plea(situation: Situation, request: Request, person: str) -> Plea:
    directive, milestone, subject, occurrence = situation.directive, *request.place[1:]
    names = {one.code: one.name for one in situation.state.subjects}
    tracks = situation.tracks_of(milestone, occurrence.isoformat() if occurrence else None)
    about = [tracks[0].name if tracks else milestone]
    if subject != WHOLE:
        about.append(names.get(subject, subject))
    by = situation.rules.office.person(request.by)
    return Plea(
        entry=request.entry,
        directive=directive,
        about=" — ".join(about),
        due=_due(situation, milestone, subject, occurrence),
        day=request.day,
        by=by.name if by else request.by,
        asked_at=request.asked_at,
        reason=request.reason,
        evidence=request.evidence,
        own=request.by == person,
    )


def _due(situation: Situation, milestone: str, subject: str, occurrence: date | None) -> date | None:
    dues = [one.due.nominal for one in judged(situation, milestone, subject, occurrence) if one.due]
    return max(dues, default=None)
