"""A difference as plain data, for screens and other programs."""

from __future__ import annotations

from collections.abc import Iterator

from actions.changes import AHEAD, Difference, DirectiveChange, Moved, Planned
from actions.plan import Json, due_row, finding_row
from domain.clocktime import iso


def difference_row(found: Difference, only: str | None = None) -> Json:
    """Everything that adopting would change; `only`: the directives' part for one code.

    Keys, in docs/how-to/enter-swapped-days.md at length: as_of, first, calendar {before, after, days[]}, policy[],
    directives [{directive, title, change, fields[], milestones [{id, name, occurrence, subjects[], change, due {before,
    after}, reasons[], rungs [{rung, before, after}]}]}], people [{person, name, before, after, days {dropped[],
    added[]}}], messages {days, before, after}, findings[].
    """
    old, new = found.before, found.after.rules.calendar
    return {
        "as_of": iso(found.as_of),
        "first": old is None,
        "calendar": {
            "before": old.rules.calendar.version if old else None,
            "after": new.version,
            "days": [
                {
                    "day": day.isoformat(),
                    "works": new.is_working(day),
                    "name": special.name if (special := new.special(day)) else None,
                    "source": special.source if special else None,
                }
                for day in found.days
            ],
        },
        "policy": list(found.policy),
        "directives": [_directive(one) for one in found.directives if only in (None, one.directive.code)],
        "people": list(_people(found)),
        "messages": {
            "days": AHEAD.days,
            "before": _messages(found.told_before),
            "after": _messages(found.told_after),
        },
        "findings": [finding_row(finding) for finding in found.findings],
    }


def _directive(one: DirectiveChange) -> Json:
    return {
        "directive": one.directive.code,
        "title": one.directive.title,
        "change": one.kind.value,
        "fields": list(one.fields),
        "milestones": [_milestone(moved) for moved in one.milestones],
    }


def _milestone(moved: Moved) -> Json:
    change = moved.change
    track, (old, new) = change.track, change.dues
    occurrence = track.due.occurrence if track.due else None
    added, removed = change.before is None, change.after is None
    return {
        "id": track.milestone.id,
        "name": track.milestone.name,
        "occurrence": occurrence.isoformat() if occurrence else None,
        "subjects": [subject.code for subject in track.subjects],
        "change": "added" if added else "removed" if removed else "moved",
        "due": {"before": due_row(old), "after": due_row(new)},
        "reasons": list(moved.reasons),
        "rungs": [
            {
                "rung": one.rung,
                "before": iso(one.before) if one.before else None,
                "after": iso(one.after) if one.after else None,
            }
            for one in change.rungs
        ],
    }


def _people(found: Difference) -> Iterator[Json]:
    """Whoever is told other things, or on other days, than before."""
    office = found.after.rules.office
    for code in sorted({*found.told_before, *found.told_after}):
        was, is_ = found.told_before.get(code, frozenset()), found.told_after.get(code, frozenset())
        if was == is_:
            continue
        person = office.person(code) or (found.before.rules.office.person(code) if found.before else None)
        days = [{day for day, *_ in told} for told in (was, is_)]
        yield {
            "person": code,
            "name": person.name if person else code,
            "before": len(was),
            "after": len(is_),
            "days": {
                "dropped": [day.isoformat() for day in sorted(days[0] - days[1])],
                "added": [day.isoformat() for day in sorted(days[1] - days[0])],
            },
        }


def _messages(told: Planned) -> int:
    """One per person and day: what falls on one day goes out together."""
    return sum(len({day for day, *_ in items}) for items in told.values())
