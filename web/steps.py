"""The milestones of a directive over time, as its pictures and the table beside them show them."""

from __future__ import annotations

from domain.clocktime import local_date
from domain.plan import Track
from domain.situation import Situation
from domain.standing import Official
from reports.timeline import Step

MOST = 16
"""Milestones in one picture; of one that comes every day there are hundreds."""


def steps(situation: Situation) -> tuple[Step, ...]:
    """What has a due, in the order of the dues; of more than fit those nearest to today."""
    found = []
    for track in situation.tracks:
        whole = situation.whole(track)
        if track.due:
            found.append(
                Step(
                    name=track.name,
                    begun=track.begun,
                    due=track.due.nominal,
                    original=track.due.original,
                    met=whole.met.as_of if whole.met else None,
                    late=whole.official in (Official.OPEN_OVERDUE, Official.DONE_LATE),
                    whose=_whose(situation, track),
                )
            )
    today = local_date(situation.as_of)
    nearest = sorted(found, key=lambda step: abs((step.due - today).days))[:MOST]
    return tuple(sorted(nearest, key=lambda step: (step.due, step.name)))


def _whose(situation: Situation, track: Track) -> str:
    """`11 dự án`, or the name of the only one; empty where the due is for all."""
    tracks = situation.tracks_of(track.milestone.id)
    if len({one.due.occurrence if one.due else None for one in tracks}) == len(tracks) or not track.subjects:
        return ""
    if len(track.subjects) == 1:
        return track.subjects[0].name
    return f"{len(track.subjects)} {situation.directive.subject_word}"
