"""One directive at one instant: its plan, what the ledger says, and the standings that follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from domain.carrying import led_by, members
from domain.clocktime import at, local_date
from domain.directive import Directive, LeadMode
from domain.ledger import Entry
from domain.office import Office
from domain.plan import LADDER, Rung, Track, rungs
from domain.policy import Policy
from domain.standing import Standing, standings
from domain.state import State, Subject, fold
from domain.tracks import tracks
from domain.workdays import Calendar

_NEAR = timedelta(days=10)
"""How far ahead is looked at first: most often something comes within it."""


@dataclass(frozen=True)
class Rules:
    """What holds for every directive of an office: people, calendar, policy."""

    office: Office
    calendar: Calendar
    policy: Policy


@dataclass(frozen=True)
class Situation:
    """Everything a decision about one directive rests on. Pure: the same arguments give the same situation."""

    directive: Directive
    rules: Rules
    as_of: datetime
    started_at: datetime
    state: State
    tracks: tuple[Track, ...]
    standings: tuple[Standing, ...]

    def whole(self, track: Track) -> Standing:
        """The standing of a track as a whole."""
        return self._by_track[id(track)][0]

    def singles(self, track: Track) -> tuple[Standing, ...]:
        """The standings of a track's subjects."""
        return tuple(self._by_track[id(track)][1:])

    @cached_property
    def _by_track(self) -> Mapping[int, list[Standing]]:
        """Found once: a recurring milestone may have as many tracks as days have passed."""
        found: dict[int, list[Standing]] = {id(track): [] for track in self.tracks}
        for standing in self.standings:
            found[id(standing.track)].append(standing)
        return found

    def tracks_of(self, milestone: str, occurrence: str | None = None) -> tuple[Track, ...]:
        """The tracks of a milestone; of one occurrence where it is given as the keys of deliveries have it."""
        return self._by_occurrence.get((milestone, occurrence), ())

    @cached_property
    def _by_occurrence(self) -> Mapping[tuple[str, str | None], tuple[Track, ...]]:
        found: defaultdict[tuple[str, str | None], list[Track]] = defaultdict(list)
        for track in self.tracks:
            found[track.milestone.id, None].append(track)
            found[track.milestone.id, track.occurrence].append(track)
        return {where: tuple(tracks) for where, tracks in found.items()}

    def unmet(self, track: Track) -> tuple[Subject, ...]:
        """Subjects still to reach the target, the longest without a report first, otherwise as enrolled."""
        return self._unmet[id(track)]

    @cached_property
    def _unmet(self) -> Mapping[int, tuple[Subject, ...]]:
        found = {}
        for track in self.tracks:
            metric = track.milestone.metric
            unmet = [
                (self._last_heard(metric, s.subject.code), s.subject)
                for s in self.singles(track)
                if s.subject and s.open
            ]
            found[id(track)] = tuple(subject for _, subject in sorted(unmet, key=lambda heard: heard[0]))
        return found

    def _last_heard(self, metric: str, subject: str) -> date:
        figures = self.state.of(metric, subject)
        return figures[-1].as_of if figures else date.min

    @property
    def lead(self) -> tuple[str, ...]:
        """Codes of the units or groups that lead: as the notice says, until it was handed over."""
        return led_by(self.directive.lead, self.state.handed, self.rules.office)

    @cached_property
    def leads(self) -> tuple[str, ...]:
        """Units that lead now; without those that are subjects themselves, which are told as such."""
        units = self.rules.office.expand(self.lead, local_date(self.as_of))
        subjects = {subject.code for subject in self.state.subjects}
        return tuple(unit for unit in units if unit not in subjects)

    @cached_property
    def carriers(self) -> frozenset[str]:
        """Units that have something of it to do: who leads, and whose the subjects are."""
        return frozenset((*self.leads, *(subject.unit for subject in self.state.subjects if subject.unit)))

    def rungs(self, track: Track, until: datetime) -> tuple[Rung, ...]:
        """The track's rungs, overdue ones up to `until`."""
        return rungs(track, self.directive, self.started_at, self.rules.calendar, self.rules.policy, until)

    def ahead(self, track: Track) -> tuple[Rung, ...]:
        """The track's rungs, overdue ones up to some days from now."""
        known = self._ahead
        if id(track) not in known:
            known[id(track)] = self.rungs(track, self.as_of + _NEAR)
        return known[id(track)]

    @cached_property
    def _ahead(self) -> dict[int, tuple[Rung, ...]]:
        """Found once, as they are asked for: whether each is reached, and when the next one comes, rest on them."""
        return {}

    def passed(self, track: Track) -> tuple[Rung, ...]:
        """The track's rungs up to the situation's instant."""
        known = self._passed
        if id(track) not in known:
            known[id(track)] = tuple(rung for rung in self.rungs(track, self.as_of) if rung.at <= self.as_of)
        return known[id(track)]

    @cached_property
    def _passed(self) -> dict[int, tuple[Rung, ...]]:
        """Found once, as they are asked for: every row of an outbox is held against them."""
        return {}

    @cached_property
    def addressed(self) -> dict[tuple[int, str, str], frozenset[str]]:
        """Whom rungs tell, found once as they are asked for (domain/recipients.py): each row of an outbox asks."""
        return {}


def look(
    directive: Directive,
    entries: Iterable[Entry],
    rules: Rules,
    as_of: datetime,
    adopted_at: datetime,
    known_at: datetime | None = None,
) -> Situation:
    """The situation at `as_of`, as known at `known_at` (default: the same instant). Raises OutsideCalendarError.

    The directive starts at 00:00 of its `starts` day, or when it was adopted.
    """
    started_at = at(directive.starts) if directive.starts else adopted_at
    state = fold(entries, known_at or as_of, as_of)
    if directive.lead_mode is LeadMode.EACH and not state.subjects:
        state = replace(state, subjects=_lead_units(directive, rules.office, state, as_of))
    planned = tracks(directive, state, rules.calendar, rules.policy, started_at, as_of)
    found = tuple(
        standing
        for track in planned
        for standing in standings(directive, track, state, rules.calendar, rules.policy, as_of)
    )
    return Situation(directive, rules, as_of, started_at, state, planned, found)


def _lead_units(directive: Directive, office: Office, state: State, as_of: datetime) -> tuple[Subject, ...]:
    """The units that lead on that day; one that has ended stays once its part was handed over."""
    handed = {one.subject for one in state.handed}
    today = set(office.expand(directive.lead, local_date(as_of)))
    return tuple(
        Subject(
            code=unit,
            name=office.name_of(unit),
            unit=state.handed_to.get(unit, unit),
            enrolled=None,
            known_from=None,
            stops=state.halts.get(unit, ()),
        )
        for unit in dict.fromkeys(members(office, directive.lead))
        if unit in today or unit in handed
    )


def steady_until(situation: Situation) -> datetime:
    """Until when time alone changes nothing of where the directive stands: to its next due, at most to midnight."""
    midnight = at(local_date(situation.as_of) + timedelta(days=1))
    dues = (track.due.overdue_after for track in situation.tracks if track.due)
    return min([midnight, *(due for due in dues if due > situation.as_of)])


_FAR = timedelta(days=130)
"""How far ahead the next moment is looked for where none is near: farther than the longest gap, a quarter."""


def next_moment(situation: Situation) -> datetime | None:
    """When to look again: the next rung of an open milestone; None when all is closed."""
    tracks = [track for track in situation.tracks if situation.whole(track).open]
    found = _first_after(situation.as_of, (situation.ahead(track) for track in tracks))
    if found is not None and found <= situation.as_of + _NEAR:
        return found
    until = situation.as_of + _FAR
    return _first_after(situation.as_of, (situation.rungs(track, until) for track in tracks))


def _first_after(moment: datetime, found: Iterable[tuple[Rung, ...]]) -> datetime | None:
    return min((rung.at for rungs_of in found for rung in rungs_of if rung.at > moment), default=None)


def decision_points(situation: Situation, until: datetime) -> tuple[datetime, ...]:
    """Every instant up to `until` at which an open milestone's rung passes, in order, once each."""
    points = {
        rung.at
        for track in situation.tracks
        if situation.whole(track).open
        for rung in situation.rungs(track, until)
        if situation.as_of < rung.at <= until
    }
    return tuple(sorted(points))


def urges_at(situation: Situation) -> bool:
    """Whether a rung of an open milestone's ladder passes at the very instant of the situation."""
    return any(
        rung.at == situation.as_of and rung.kind in LADDER
        for track in situation.tracks
        if situation.whole(track).open
        for rung in situation.rungs(track, situation.as_of)
    )
