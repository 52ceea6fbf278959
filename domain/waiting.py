"""What waits for the monitor: reports nobody has judged yet, and work of which nothing new was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.metric import Metric
from domain.situation import Situation
from domain.standing import Freshness, Standing
from domain.state import WHOLE, Figure, Subject


@dataclass(frozen=True)
class Unjudged:
    """The newest report on a metric, for a subject or the directive as a whole, that was not confirmed."""

    metric: Metric
    subject: Subject | None
    figure: Figure


def unjudged(situation: Situation) -> tuple[Unjudged, ...]:
    """The newest report on each metric and subject where nobody confirmed it, the longest waiting first.

    An older report that a newer one of the same thing has overtaken is not asked about; an estimate waits for its
    actual figure.
    """
    subjects = {subject.code: subject for subject in situation.state.subjects}
    found = [
        Unjudged(situation.directive.metric(metric), subjects.get(subject), figures[-1])
        for (metric, subject), figures in situation.state.figures.items()
        if _judged_by(situation, metric, subject) and not figures[-1].confirmed and not figures[-1].value.estimate
    ]
    return tuple(sorted(found, key=lambda one: one.figure.recorded_at))


def _judged_by(situation: Situation, metric: str, subject: str) -> bool:
    """Whether a metric of the directive as it is now: a plan may have dropped one that was reported on."""
    known = metric in {one.id for one in situation.directive.metrics}
    return known and (subject == WHOLE or subject in {one.code for one in situation.state.subjects})


def unheard(situation: Situation) -> tuple[tuple[Standing, date | None], ...]:
    """Open dated milestones whose figure is stale or was never given, each with the day of its newest report."""
    found = []
    for track in situation.tracks:
        whole = situation.whole(track)
        if whole.open and whole.due and whole.freshness is not Freshness.FRESH:
            found.append((whole, _newest(situation, track.milestone.metric)))
    return tuple(found)


def _newest(situation: Situation, metric: str) -> date | None:
    days = [figures[-1].as_of for (one, _), figures in situation.state.figures.items() if one == metric]
    return max(days, default=None)
