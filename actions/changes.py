"""What adopting a draft now would change: directives, dues, rungs, and who is told. Nothing is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from actions.adopt import in_force
from actions.replan import said_already
from config.areas import MODELS, Area
from config.reading import Configuration, Draft, IncompleteError, configuration
from config.settling import InForce, settle
from domain.changes import RungChange, TrackChange, changed_days, coming, compare
from domain.changes_said import policy_changes, reasons
from domain.clocktime import local_date
from domain.directive import Directive
from domain.findings import Finding
from domain.ledger import Entry
from domain.outbox import Delivery, State
from domain.recipients import recipients
from domain.reminders import decide
from domain.situation import Situation, look
from store import Session
from store.configuration import first_adopted
from store.ledger import entries
from store.outbox import history

AHEAD = timedelta(days=30)
"""How far ahead it is counted who is told."""


class Kind(StrEnum):
    """What becomes of a directive."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Moved:
    """A milestone that comes, goes or moves, and why."""

    change: TrackChange
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class DirectiveChange:
    """A directive that comes, goes, is reworded, or has milestones that move."""

    directive: Directive
    kind: Kind
    fields: tuple[str, ...]
    """Those written differently; none where only a rule moved it."""
    milestones: tuple[Moved, ...]


Planned = Mapping[str, frozenset[tuple[date, str, str, str]]]
"""Person → what they are told in the time ahead: day, directive, milestone, rung."""


@dataclass(frozen=True)
class Difference:
    """Everything that adopting would change."""

    as_of: datetime
    before: Configuration | None
    """What is in force; None before the first adoption."""
    after: Configuration
    directives: tuple[DirectiveChange, ...]
    told_before: Planned
    told_after: Planned
    findings: tuple[Finding, ...]
    """What of the draft would not come into force, and why."""

    @property
    def days(self) -> tuple[date, ...]:
        """Days off or worked only in the newer calendar."""
        return changed_days(self.before.rules.calendar, self.after.rules.calendar) if self.before else ()

    @property
    def policy(self) -> tuple[str, ...]:
        """Parts of the policy that dues and rungs rest on and that differ."""
        return policy_changes(self.before.rules.policy, self.after.rules.policy) if self.before else ()

    @property
    def moves_running_dues(self) -> bool:
        """Whether an open milestone that stays is judged by another day."""
        return any(moved.change.judged_anew for one in self.directives for moved in one.milestones)


def difference(session: Session | None, draft: Draft, as_of: datetime) -> Difference:
    """What adopting the draft at `as_of` would change; without a session nothing was adopted before.

    Raises IncompleteError where a whole-file area is broken and was never adopted, and OutsideCalendarError.
    """
    standing = in_force(session) if session else InForce({}, {})
    settled = settle(draft, standing)
    missing = [area for area in MODELS if area not in settled.areas and area not in standing.areas]
    if missing:
        raise IncompleteError(missing, settled.findings)
    kept = {code: one for code, one in standing.directives.items() if code not in settled.removed}
    after = configuration({**standing.areas, **settled.areas}, {**kept, **settled.directives})
    complete = standing.areas.keys() >= MODELS.keys()
    before = configuration(dict(standing.areas), standing.directives) if complete else None
    old = dict(_looked(session, before, (), as_of)) if before else {}
    new = dict(_looked(session, after, [fact.entry(as_of) for fact in draft.facts], as_of))
    rows = {code: history(session, code) if session else () for code in {*old, *new}}
    settled_rows = {code: (*rows[code], *_left(old.get(code), one, rows[code])) for code, one in new.items()}
    return Difference(
        as_of=as_of,
        before=before,
        after=after,
        directives=tuple(_changes(old, new)),
        told_before=_planned(old.values(), rows),
        told_after=_planned(new.values(), settled_rows),
        findings=settled.findings,
    )


def _looked(
    session: Session | None, given: Configuration, facts: Iterable[Entry], as_of: datetime
) -> Iterator[tuple[str, Situation]]:
    """How every directive stands, with the facts that the ledger does not have yet."""
    for code, directive in given.directives.items():
        known = entries(session, code, as_of) if session else ()
        ids = {entry.id for entry in known}
        fresh = [fact for fact in facts if fact.directive == code and fact.id not in ids]
        adopted_at = (first_adopted(session, Area.DIRECTIVE, code) if session else None) or as_of
        yield code, look(directive, [*known, *fresh], given.rules, as_of, adopted_at)


def _left(was: Situation | None, is_: Situation, rows: tuple[Delivery, ...]) -> Iterable[Delivery]:
    """The rows that adoption leaves so that nothing said is said again."""
    return said_already(was, is_, rows) if was else ()


def _changes(old: Mapping[str, Situation], new: Mapping[str, Situation]) -> Iterator[DirectiveChange]:
    """In the order of the newer configuration, what is removed last."""
    for code in dict.fromkeys((*new, *old)):
        was, is_ = old.get(code), new.get(code)
        if was and is_:
            moved = tuple(Moved(change, reasons(was, is_, change)) for change in compare(was, is_))
            fields = _rewritten(was.directive, is_.directive)
            if moved or fields:
                yield DirectiveChange(is_.directive, Kind.CHANGED, fields, moved)
        elif found := is_ or was:
            yield DirectiveChange(found.directive, Kind.ADDED if is_ else Kind.REMOVED, (), _alone(was, is_))


def _alone(was: Situation | None, is_: Situation | None) -> tuple[Moved, ...]:
    """Every open milestone of a directive that comes or goes, with its rungs still ahead."""
    moved = []
    for situation in (one for one in (was, is_) if one):
        for track in (track for track in situation.tracks if situation.whole(track).open):
            ahead = [(rung, at) for (rung, _), at in coming(situation, track).items() if at > situation.as_of]
            rungs = tuple(RungChange(rung, None, at) if is_ else RungChange(rung, at, None) for rung, at in ahead)
            moved.append(Moved(TrackChange(None if is_ else track, track if is_ else None, rungs), ()))
    return tuple(moved)


def _rewritten(was: Directive, is_: Directive) -> tuple[str, ...]:
    return tuple(name for name in Directive.model_fields if getattr(was, name) != getattr(is_, name))


def _planned(situations: Iterable[Situation], rows: Mapping[str, tuple[Delivery, ...]]) -> Planned:
    """What would be said at once, and at every rung of the time ahead that is still to come."""
    told: defaultdict[str, set[tuple[date, str, str, str]]] = defaultdict(set)
    for situation in situations:
        code = situation.directive.code
        decision = decide(situation, rows[code])
        for row in (*decision.new, *decision.revived):
            if row.state is State.PLANNED:
                told[row.key.person].add((local_date(row.not_before), code, row.key.milestone, row.key.rung_id))
        for milestone, rung, day, person in _ahead(situation):
            told[person].add((day, code, milestone, rung))
    return {person: frozenset(items) for person, items in told.items()}


def _ahead(situation: Situation) -> Iterator[tuple[str, str, date, str]]:
    until = situation.as_of + AHEAD
    for track in situation.tracks:
        if not situation.whole(track).open:
            continue
        for rung in situation.rungs(track, until):
            if situation.as_of < rung.at <= until:
                for person in recipients(situation, track, rung):
                    yield track.milestone.id, rung.id, local_date(rung.at), person
