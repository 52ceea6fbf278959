"""The program against the fingers: 20,000 questions of every form, and what must be true of any answer."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import vietnamese as vn
from domain.due import DueSpec, Reading, resolve, walk
from domain.walk import folded
from domain.workdays import Roll
from tests.domain.naive import ONE_DAY, Fingers, shipped
from tests.domain.questions import compare, swapped_about
from tests.domain.sentences import every_form
from tests.world import CALENDAR, day

FINGERS = shipped()
PAIRS = {"shipped": (CALENDAR, FINGERS), "swapped about": swapped_about()}


@pytest.mark.parametrize(("pair", "count"), [("shipped", 12_000), ("swapped about", 8_000)])
def test_no_answer_differs_from_the_one_found_on_the_fingers(pair: str, count: int) -> None:
    forms = every_form(*PAIRS[pair])
    compared = compare(forms, count, seed=148)
    assert compared.mismatches == []
    assert compared.asked.total() == count
    assert min(compared.asked[form.name] for form in forms) > count / 100 * 2
    assert 0 < compared.outside < count / 20


def test_a_program_that_is_wrong_on_one_day_would_be_found() -> None:
    """The comparison itself: somebody ticked Saturday 4/5/2024 wrongly."""
    mistaken = Fingers(
        FINGERS.first,
        FINGERS.last,
        FINGERS.ticked - {day("4/5/2024")},
        FINGERS.confirmed_from,
        FINGERS.confirmed_through,
    )
    found = compare(every_form(CALENDAR, mistaken), 12_000, seed=148).mismatches
    assert {one.form for one in found} >= {"added", "counted", "due within"}


# ---------------------------------------------------------------------------------------------- true of every calendar

pairs = st.sampled_from(sorted(PAIRS))
some_days = st.dates(date(2009, 1, 1), date(2032, 12, 31))
numbers = st.integers(-120, 120)


@settings(max_examples=500, deadline=None)
@given(pairs, some_days, st.integers(1, 120))
def test_there_and_back_ends_on_a_working_day_not_after_the_origin(pair: str, origin: date, n: int) -> None:
    calendar, _ = PAIRS[pair]
    there = calendar.add(origin, n)
    back = calendar.add(there, -n)
    assert calendar.is_working(there)
    assert calendar.is_working(back)
    assert back <= origin
    assert (back == origin) == calendar.is_working(origin)


@settings(max_examples=500, deadline=None)
@given(pairs, some_days, numbers, numbers)
def test_a_larger_number_is_a_later_day(pair: str, origin: date, one: int, other: int) -> None:
    calendar, _ = PAIRS[pair]
    fewer, more = sorted((one, other))
    assert (calendar.add(origin, fewer) < calendar.add(origin, more)) == (fewer < more)


@settings(max_examples=500, deadline=None)
@given(pairs, some_days, st.integers(1, 120))
def test_as_many_are_counted_as_were_added(pair: str, origin: date, n: int) -> None:
    calendar, _ = PAIRS[pair]
    assert calendar.working_days(origin, calendar.add(origin, n)) == n


@settings(max_examples=500, deadline=None)
@given(pairs, some_days, some_days, some_days)
def test_spans_add_up(pair: str, first: date, second: date, third: date) -> None:
    calendar, _ = PAIRS[pair]
    both = calendar.working_days(first, second) + calendar.working_days(second, third)
    assert calendar.working_days(first, third) == both


@settings(max_examples=500, deadline=None)
@given(pairs, some_days, st.sampled_from(Roll))
def test_what_was_rolled_stays(pair: str, written: date, how: Roll) -> None:
    calendar, _ = PAIRS[pair]
    rolled = calendar.roll(written, how)
    assert calendar.roll(rolled, how) == rolled
    assert calendar.is_working(rolled) or how is Roll.NONE


# -------------------------------------------------------------------------------------------------------- the walk told

READING = Reading(closing=time(17))
LONGEST = {"days": 90, "working_days": 60, "weeks": 10, "months": 12, "years": 3}


@st.composite
def periods(draw: st.DrawFn, *units: str) -> DueSpec:
    unit = draw(st.sampled_from(units))
    within = {unit: draw(st.integers(0, LONGEST[unit])), "of": "issued", "before": draw(st.booleans())}
    return DueSpec.model_validate({"phrase": "…", "within": within, "roll": draw(st.sampled_from([None, *Roll]))})


@settings(max_examples=500, deadline=None)
@given(pairs, periods(*LONGEST), some_days)
def test_the_walk_begins_and_ends_with_the_due(pair: str, spec: DueSpec, start: date) -> None:
    calendar, _ = PAIRS[pair]
    due, told = resolve(spec, calendar, READING, {"issued": start}), walk(spec, calendar, READING, {"issued": start})
    assert due is not None
    assert (told[0], told[-1]) == (due.steps[0], due.steps[-1])
    assert told[-1] == f"trễ kể từ {vn.moment(due.overdue_after)}"
    assert set(due.steps) <= set(told)


@settings(max_examples=500, deadline=None)
@given(pairs, periods("working_days"), some_days)
def test_its_sentences_count_exactly_the_days_worked(pair: str, spec: DueSpec, start: date) -> None:
    calendar, fingers = PAIRS[pair]
    assert spec.within is not None
    end = spec.within.end(start, calendar)
    sentences = tuple(spec.within.steps(start, end, calendar))
    one, number = start, 0
    for sentence in sentences:
        one += ONE_DAY if end > start else -ONE_DAY
        number += fingers.works(one)
        assert f" {vn.day(one)}: " in sentence
        assert sentence.endswith(f"ngày làm việc thứ {number}") == fingers.works(one)
    assert (one, number) == (end, spec.within.working_days)
    told = walk(spec, calendar, READING, {"issued": start})
    assert told[1 : 1 + len(folded(sentences))] == folded(sentences)
