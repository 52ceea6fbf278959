"""Whether, and by which report, a milestone is met. Completion is what was recorded, never what a date suggests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Literal

from domain.clocktime import last_instant
from domain.directive import Directive, Milestone, Quantifier
from domain.figures import reaches
from domain.metric import SUMMED, Metric, MetricKind, Value
from domain.policy import Completion
from domain.state import WHOLE, Figure, State, Subject


def fulfils(metric: Metric, milestone: Milestone, value: Value) -> bool:
    """Whether a figure is what was ordered: it reaches the target, or is the word that every occurrence asks for.

    An estimate reaches no target: it says what somebody expects before the books are closed.
    """
    worded = milestone.recurring and milestone.target is None
    return worded or (not value.estimate and reaches(metric, value, milestone.target))


@dataclass(frozen=True)
class Met:
    """The moment a target was reached, and whether the monitor has accepted it."""

    happened: datetime
    as_of: date
    timed: bool
    confirmed: bool
    recorded_at: datetime
    """When the last report it rests on was written down."""


def met_by_subject(
    directive: Directive, milestone: Milestone, state: State, subject: str, completion: Completion
) -> Met | None:
    """The first report that counts and reaches the target: no interpolation, later figures do not undo it."""
    metric = directive.metric(milestone.metric)
    for figure in state.of(milestone.metric, subject):
        if fulfils(metric, milestone, figure.value) and _counts(figure, completion):
            return Met(figure.happened, figure.as_of, figure.timed, figure.confirmed, figure.recorded_at)
    return None


def met_as_a_whole(
    directive: Directive,
    milestone: Milestone,
    state: State,
    subjects: Sequence[Subject],
    completion: Completion,
) -> Met | None:
    """When the quantifier over the subjects in force was satisfied; on the directive itself if it has no subjects."""
    if not subjects:
        return None if state.subjects else met_by_subject(directive, milestone, state, WHOLE, completion)
    if milestone.quantifier is Quantifier.TOTAL:
        return _met_in_total(directive.metric(milestone.metric), milestone, state, subjects, completion)
    met = [met_by_subject(directive, milestone, state, subject.code, completion) for subject in subjects]
    reached = sorted((one for one in met if one), key=lambda one: one.happened)
    needed = _needed(milestone, len(subjects))
    if len(reached) < needed:
        return None
    last, rests_on = reached[needed - 1], reached[:needed]
    confirmed = all(one.confirmed for one in rests_on)
    return Met(last.happened, last.as_of, last.timed, confirmed, max(one.recorded_at for one in rests_on))


def total(metric: Metric, state: State, subjects: Sequence[Subject], day: date) -> Value | None:
    """The sum over the subjects at the end of `day`: Σ numerators / Σ plans, Σ đồng or Σ things.

    None where nothing adds up: no plan and no figure yet, or a metric of another kind. One estimate among the figures
    makes the sum an estimate.
    """
    newest = _newest(metric, state, subjects, last_instant(day), Completion.RECORDED)
    return _sum(metric, state, subjects, newest, day)


def _needed(milestone: Milestone, subjects: int) -> int:
    if milestone.quantifier is Quantifier.EACH or milestone.at_least is None:
        return subjects
    if milestone.quantifier is Quantifier.COUNT:
        return max(1, ceil(milestone.at_least))
    return max(1, ceil(milestone.at_least * subjects / 100))  # 50% of 3 subjects is 2


def _met_in_total(
    metric: Metric, milestone: Milestone, state: State, subjects: Sequence[Subject], completion: Completion
) -> Met | None:
    actual = state.actual
    figures = [figure for subject in subjects for figure in actual.of(metric.id, subject.code)]
    counting = [figure for figure in figures if _counts(figure, completion)]
    for figure in sorted(counting, key=lambda figure: figure.happened):
        newest = _newest(metric, actual, subjects, figure.happened, completion)
        value = _sum(metric, state, subjects, newest, figure.as_of)
        if value and reaches(metric, value, milestone.target):
            confirmed = all(one.confirmed for one in newest.values())
            recorded_at = max(one.recorded_at for one in newest.values())
            return Met(figure.happened, figure.as_of, figure.timed, confirmed, recorded_at)
    return None


def _newest(
    metric: Metric, state: State, subjects: Sequence[Subject], moment: datetime, completion: Completion
) -> dict[str, Figure]:
    """Subject → its newest figure by then that counts."""
    return {
        subject.code: figure
        for subject in subjects
        for figure in state.of(metric.id, subject.code)
        if figure.happened <= moment and _counts(figure, completion)
    }


def _sum(
    metric: Metric, state: State, subjects: Sequence[Subject], newest: Mapping[str, Figure], day: date
) -> Value | None:
    if metric.kind not in SUMMED:
        return None
    estimate: Literal[True] | None = True if any(figure.value.estimate for figure in newest.values()) else None
    if metric.kind is not MetricKind.PERCENT:
        number = sum((figure.value.number or Decimal(0) for figure in newest.values()), Decimal(0))
        return Value(number=number, estimate=estimate) if newest else None
    planned = done = Decimal(0)
    for subject in subjects:
        value = newest[subject.code].value if subject.code in newest else Value()
        plan = state.plan(metric.id, subject.code, day)
        if value.numerator is not None:
            done += value.numerator
            plan = plan or value.denominator
        planned += plan or Decimal(0)
    if not planned:
        return None
    return Value(number=done / planned * 100, numerator=done, denominator=planned, estimate=estimate)


def _counts(figure: Figure, completion: Completion) -> bool:
    return figure.confirmed or completion is Completion.RECORDED
