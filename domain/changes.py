"""What another calendar, policy or wording would move: two situations of one directive, compared track by track.

A rung or a safe due moves when its day does: another hour of the same morning moves nothing. What lies in the past on
both sides moves nobody either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.clocktime import local_date
from domain.due import Due
from domain.plan import LADDER, Rung, RungKind, Track
from domain.situation import Situation
from domain.workdays import Calendar

HORIZON = timedelta(days=30)
"""Rungs are compared up to so long after the due, or after now where the due has passed."""


@dataclass(frozen=True)
class RungChange:
    """A rung and its instants; None where it is not there."""

    rung: str
    before: datetime | None
    after: datetime | None

    @property
    def days(self) -> tuple[date, ...]:
        """The days it stood and stands on."""
        return tuple(local_date(at) for at in (self.before, self.after) if at)


@dataclass(frozen=True)
class TrackChange:
    """A milestone on one due, as it was and as it would be; None where it was not, or would be no more."""

    before: Track | None
    after: Track | None
    rungs: tuple[RungChange, ...]
    """Those that move, come or go."""

    @property
    def track(self) -> Track:
        """The newer of the two."""
        found = self.after or self.before
        assert found is not None  # one of them is there, or there would be no change
        return found

    @property
    def dues(self) -> tuple[Due | None, Due | None]:
        """Before and after."""
        return self.before.due if self.before else None, self.after.due if self.after else None

    @property
    def due_moved(self) -> bool:
        """Whether the milestone was there and stays, and its due or its safe due stands on another day."""
        return bool(self.before and self.after) and _days(self.dues[0]) != _days(self.dues[1])

    @property
    def judged_anew(self) -> bool:
        """Whether it was there and stays, and is late from another instant."""
        late = [(due.nominal, due.overdue_after) if due else None for due in self.dues]
        return bool(self.before and self.after) and late[0] != late[1]


def pairs(before: Situation, after: Situation) -> tuple[tuple[Track | None, Track | None], ...]:
    """The tracks of both sides: the same milestone, occurrence and subjects stand together."""
    old = {_identity(track): track for track in before.tracks}
    new = {_identity(track): track for track in after.tracks}
    return tuple((old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old)))


def compare(before: Situation, after: Situation) -> tuple[TrackChange, ...]:
    """The open milestones whose due or coming rungs move, and those that come or go. Raises OutsideCalendarError."""
    found = []
    for old, new in pairs(before, after):
        if not _open(before, after, old, new):
            continue
        change = TrackChange(old, new, tuple(_rungs(before, after, old, new)))
        if old is None or new is None or change.due_moved or change.rungs:
            found.append(change)
    return tuple(found)


def changed_days(before: Calendar, after: Calendar) -> tuple[date, ...]:
    """Days that both calendars cover and only one of them works, in order."""
    first, last = max(before.first, after.first), min(before.last, after.last)
    named = {special.day for special in (*before.specials, *after.specials) if first <= special.day <= last}
    return tuple(day for day in sorted(named) if before.is_working(day) != after.is_working(day))


def _identity(track: Track) -> tuple[object, ...]:
    occurrence = track.due.occurrence if track.due else None
    return track.milestone.id, occurrence, tuple(subject.code for subject in track.subjects)


def _open(before: Situation, after: Situation, old: Track | None, new: Track | None) -> bool:
    if new is not None:
        return after.whole(new).open
    return old is not None and before.whole(old).open


def _days(due: Due | None) -> tuple[object, ...] | None:
    return (due.nominal, due.overdue_after, local_date(due.safe_due)) if due else None


def _rungs(before: Situation, after: Situation, old: Track | None, new: Track | None) -> Iterator[RungChange]:
    """By the time they stand at, those that are still to come on either side."""
    was, is_ = coming(before, old), coming(after, new)
    changes = [RungChange(key[0], was.get(key), is_.get(key)) for key in dict.fromkeys((*was, *is_))]
    for change in sorted(changes, key=lambda one: min(at for at in (one.before, one.after) if at)):
        moved = len(set(change.days)) == 2 or None in (change.before, change.after)
        if moved and any(at and at > after.as_of for at in (change.before, change.after)):
            yield change


def coming(situation: Situation, track: Track | None) -> dict[tuple[str, str], datetime]:
    """Rung, and what it is of where there are several → its instant; without the monitor's own weekly list."""
    if track is None:
        return {}
    late = track.due.overdue_after if track.due else situation.as_of
    rungs = situation.rungs(track, max(late, situation.as_of) + HORIZON)
    return {_known_by(rung): rung.at for rung in rungs if rung.kind is not RungKind.WATCH}


def _known_by(rung: Rung) -> tuple[str, str]:
    """The ladder is there once, wherever the due went."""
    return rung.id, "" if rung.kind in LADDER else rung.occurrence
