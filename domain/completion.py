"""Whether, and by which report, a milestone is met. Completion is what was recorded, never what a date suggests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.directive import Directive, Milestone, Quantifier
from domain.figures import reaches
from domain.metric import Metric, Value
from domain.policy import Completion
from domain.state import WHOLE, Figure, State, Subject


@dataclass(frozen=True)
class Met:
    """The moment a target was reached, and whether the monitor has accepted it."""

    happened: datetime
    as_of: date
    timed: bool
    confirmed: bool


def met_by_subject(
    directive: Directive, milestone: Milestone, state: State, subject: str, completion: Completion
) -> Met | None:
    """The first report that counts and reaches the target: no interpolation, later figures do not undo it."""
    metric = directive.metric(milestone.metric)
    for figure in state.of(milestone.metric, subject):
        if reaches(metric, figure.value, milestone.target) and _counts(figure, completion):
            return Met(figure.happened, figure.as_of, figure.timed, figure.confirmed)
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
    last = reached[needed - 1]
    return Met(last.happened, last.as_of, last.timed, all(one.confirmed for one in reached[:needed]))


def total(metric: Metric, state: State, subjects: Sequence[Subject], day: date) -> Value | None:
    """Σ numerators / Σ plans over the subjects on `day`, đồng; None where no subject has a plan."""
    planned = done = Decimal(0)
    for subject in subjects:
        latest = [figure for figure in state.of(metric.id, subject.code) if figure.as_of <= day]
        plan = state.plan(metric.id, subject.code, day)
        if latest and latest[-1].value.numerator is not None:
            done += latest[-1].value.numerator
            plan = plan or latest[-1].value.denominator
        planned += plan or Decimal(0)
    return Value(number=done / planned * 100, numerator=done, denominator=planned) if planned else None


def _needed(milestone: Milestone, subjects: int) -> int:
    if milestone.quantifier is Quantifier.EACH or milestone.at_least is None:
        return subjects
    if milestone.quantifier is Quantifier.COUNT:
        return int(milestone.at_least)
    return max(1, -int(-milestone.at_least * subjects // 100))  # rounded up: 50% of 3 subjects is 2


def _met_in_total(
    metric: Metric, milestone: Milestone, state: State, subjects: Sequence[Subject], completion: Completion
) -> Met | None:
    figures = sorted(
        (figure for subject in subjects for figure in state.of(metric.id, subject.code) if _counts(figure, completion)),
        key=lambda figure: figure.happened,
    )
    for figure in figures:
        value = total(metric, state, subjects, figure.as_of)
        if value and reaches(metric, value, milestone.target):
            return Met(figure.happened, figure.as_of, figure.timed, figure.confirmed)
    return None


def _counts(figure: Figure, completion: Completion) -> bool:
    return figure.confirmed or completion is Completion.RECORDED
