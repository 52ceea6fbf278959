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
    metrics = {metric.id: metric for metric in situation.directive.metrics}
    found = [
        Unjudged(metrics[metric], subjects.get(subject), figures[-1])
        for (metric, subject), figures in situation.state.figures.items()
        if not (figures[-1].confirmed or figures[-1].value.estimate)
        and metric in metrics  # a plan may have dropped one that was reported on
        and (subject == WHOLE or subject in subjects)
    ]
    return tuple(sorted(found, key=lambda one: one.figure.recorded_at))


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
