"""After an adoption: write down which milestones moved and why, and let no reminder be repeated because of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from actions.evaluate import situations
from config.reading import Configuration
from domain.changes import TrackChange, coming, compare, pairs
from domain.changes_said import moved_days, reasons, said
from domain.clocktime import local_date
from domain.ledger import Entry, EntryKind
from domain.outbox import Delivery, State
from domain.plan import Track
from domain.situation import Situation
from store import Session
from store.ledger import append
from store.outbox import history, insert_new

SYSTEM = "dondoc"
"""Actor and source of what the system itself writes into the ledger."""

_UNSAID = frozenset({State.OBSOLETE, State.FAILED})
"""Such a row said nothing, and its rung may still be said; so may what was planned for a due that moved."""


def replan(session: Session, before: Configuration, after: Configuration, as_of: datetime) -> tuple[Entry, ...]:
    """Notes (one per milestone and occurrence that moved) and outbox rows that follow from the change at `as_of`.

    Only what the calendar, the policy or a directive's own text moves is looked for; units and people move no due.
    """
    rules = (before.rules.calendar.version, before.rules.policy) != (after.rules.calendar.version, after.rules.policy)
    both = [code for code in after.directives if code in before.directives]
    concerned = [code for code in both if rules or before.directives[code] != after.directives[code]]
    old, new = (situations(session, _of(given, concerned), as_of) for given in (before, after))
    notes: list[Entry] = []
    for code in concerned:
        if code in old and code in new:  # one that cannot be looked at was logged
            notes += _replanned(session, old[code], new[code])
    return tuple(notes)


def _of(given: Configuration, codes: Iterable[str]) -> Configuration:
    return replace(given, directives={code: given.directives[code] for code in codes})


def _replanned(session: Session, old: Situation, new: Situation) -> Iterator[Entry]:
    code = new.directive.code
    insert_new(session, said_already(old, new, history(session, code)), new.as_of)
    moved: defaultdict[tuple[str, date | None], list[TrackChange]] = defaultdict(list)
    for change in compare(old, new):
        if change.before and change.after:
            due = change.track.due
            moved[change.track.milestone.id, due.occurrence if due else None].append(change)
    for (milestone, occurrence), changes in moved.items():
        note = _note(old, new, milestone, occurrence, changes)
        append(session, note)
        yield note


def _note(old: Situation, new: Situation, milestone: str, occurrence: date | None, changes: list[TrackChange]) -> Entry:
    """The same change adopted at the same instant has the same id."""
    code = new.directive.code
    parts = [_about(new, change, changes) + said(change) for change in changes]
    why = dict.fromkeys(reason for change in changes for reason in reasons(old, new, change))
    text = ". ".join(["Tính lại kế hoạch", *parts]) + (f". Lý do: {'; '.join(why)}" if why else "") + "."
    days = dict.fromkeys(day for change in changes for day in moved_days(old, new, change))
    specials = [new.rules.calendar.special(day) for day in days]
    letters = dict.fromkeys(special.source for special in specials if special and special.source)
    digest = sha256("\n".join([code, milestone, str(occurrence), new.as_of.isoformat(), text]).encode()).hexdigest()
    return Entry(
        id=f"tinh-lai-{digest[:24]}",
        kind=EntryKind.NOTE,
        directive=code,
        milestone=milestone,
        occurrence=occurrence,
        as_of=local_date(new.as_of),
        recorded_at=new.as_of,
        actor=SYSTEM,
        source=SYSTEM,
        evidence=", ".join(letters) or None,
        text=text,
    )


def _about(new: Situation, change: TrackChange, changes: list[TrackChange]) -> str:
    """Whom a part is about, where the milestone runs on several dues."""
    subjects = change.track.subjects
    if not subjects or sum(one.milestone.id == change.track.milestone.id for one in new.tracks) == 1 == len(changes):
        return ""
    more = f" và {len(subjects) - 3} {new.directive.subject_word} khác" if len(subjects) > 3 else ""
    return f"Đối với {', '.join(subject.name for subject in subjects[:3])}{more}: "


def said_already(old: Situation, new: Situation, rows: tuple[Delivery, ...]) -> Iterator[Delivery]:
    """For every rung that was said and whose new day has passed already, a row that is never sent.

    A rung put off into the future has none: it will be said once more (domain/reminders.py).
    """
    for was, is_ in pairs(old, new):
        if was is None or is_ is None or not new.whole(is_).open:
            continue
        said_on = {rung: local_date(at) for (rung, _), at in coming(old, was).items()}
        for (rung, _), at in coming(new, is_).items():
            if at <= new.as_of and rung in said_on:
                yield from _stamps(rows, was, is_, rung, said_on[rung], at)


def _stamps(
    rows: tuple[Delivery, ...], was: Track, is_: Track, rung: str, said_on: date, at: datetime
) -> Iterator[Delivery]:
    day, same_due = local_date(at), was.occurrence == is_.occurrence
    if same_due and day == said_on:
        return
    known = {row.key: row for row in rows}
    for row in rows:
        key = row.key
        of_rung = (key.milestone, key.rung_id, key.occurrence) == (was.milestone.id, rung, was.occurrence)
        unsaid = row.state in _UNSAID or (row.state is State.PLANNED and not same_due)
        if not of_rung or not key.on_ladder or local_date(row.rung_at) != said_on or unsaid:
            continue
        plain = key.model_copy(update={"rung": rung, "occurrence": is_.occurrence})
        there = known.get(plain)  # of another day, or obsolete: the new day joins the rung's name
        taken = there is not None and (local_date(there.rung_at) != day or there.state is State.OBSOLETE)
        yield row.model_copy(
            update={
                "key": plain.model_copy(update={"rung": f"{rung}@{day.isoformat()}"}) if taken else plain,
                "rung_at": at,
                "state": State.BEFORE_START,
                "note": "đã nhắc lần này trước khi kế hoạch được tính lại",
            }
        )
