"""What can be recorded now for some units: a row for each subject and metric of an open milestone, the nearest due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from actions.sheet_places import Place
from domain.clocktime import local_date
from domain.directive import Directive, Milestone, Quantifier
from domain.figures import say
from domain.metric import Metric
from domain.office import Office, Role
from domain.plan import Track
from domain.situation import Situation
from domain.state import WHOLE, Subject

_WORKING = (Role.FOCAL, Role.HEAD)
"""Posts that answer for a unit's work; as domain/authority.py has it."""


@dataclass(frozen=True)
class Recordable:
    """A figure that somebody may be asked for."""

    place: Place
    directive: Directive
    milestone: Milestone
    metric: Metric
    subject: Subject | None
    unit: str
    """Of the subject, else of those that lead, in words."""
    due: date | None
    latest: str
    """As recorded, in words; empty where nothing was."""
    latest_day: date | None


def units_of(office: Office, person: str, day: date) -> frozenset[str]:
    """The units whose work the person answers for on that day."""
    known = office.person(person)
    posts = known.posts if known else ()
    return frozenset(post.unit for post in posts if post.role in _WORKING and post.valid.holds(day))


def recordable(found: Situation, units: Collection[str]) -> tuple[Recordable, ...]:
    """What the units may record of the directive now, nearest due first."""
    leads = bool(set(found.leads) & set(units))
    rows: dict[Place, Recordable] = {}
    for track in sorted(found.tracks, key=_due):
        for subject in _open(found, track):
            if leads or (subject and subject.unit in units):
                row = _row(found, track, subject)
                rows.setdefault(row.place, row)
    return tuple(rows.values())


def _due(track: Track) -> date:
    return track.due.nominal if track.due else date.max


def _open(found: Situation, track: Track) -> Iterator[Subject | None]:
    """The subjects with something to report; None: the directive as a whole."""
    if not found.whole(track).open:
        return
    if track.milestone.quantifier is Quantifier.EACH and track.subjects:
        yield from (one.subject for one in found.singles(track) if one.open)
        return
    today = local_date(found.as_of)
    yield from (one for one in track.subjects if one.running(today))
    if not track.subjects:
        yield None


def _row(found: Situation, track: Track, subject: Subject | None) -> Recordable:
    directive, code = found.directive, subject.code if subject else WHOLE
    metric = directive.metric(track.milestone.metric)
    figures = track.reports.of(metric.id, code)
    return Recordable(
        place=Place(directive.code, metric.id, code, track.due.occurrence if track.due else None),
        directive=directive,
        milestone=track.milestone,
        metric=metric,
        subject=subject,
        unit=_names(found, [subject.unit] if subject and subject.unit else found.lead),
        due=track.due.nominal if track.due else None,
        latest=say(metric, figures[-1].stated) if figures else "",
        latest_day=figures[-1].as_of if figures else None,
    )


def _names(found: Situation, codes: Iterable[str]) -> str:
    return ", ".join(found.rules.office.name_of(code) for code in codes)
