"""The program against the fingers: 20,000 questions of every form, and what must be true of any answer."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.due import DueSpec, Reading, resolve, walk
from domain.walk import counted_days, folded
from domain.workdays import Calendar, Roll, days
from tests.domain.naive import Fingers, shipped
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

calendars = st.sampled_from([calendar for calendar, _ in PAIRS.values()])
some_days = st.dates(date(2006, 1, 1), date(2034, 12, 31))
numbers = st.integers(-120, 120)


@settings(max_examples=500, deadline=None)
@given(calendars, some_days, st.integers(1, 120))
def test_there_and_back_ends_on_a_working_day_not_after_the_origin(calendar: Calendar, origin: date, n: int) -> None:
    there = calendar.add(origin, n)
    back = calendar.add(there, -n)
    assert calendar.is_working(there)
    assert back <= origin
    assert calendar.working_days(back, origin) == 0
    assert back == origin if calendar.is_working(origin) else calendar.is_working(back) or back == origin


@settings(max_examples=500, deadline=None)
@given(calendars, some_days, numbers, numbers)
def test_a_larger_number_is_a_later_day(calendar: Calendar, origin: date, one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    assert (calendar.add(origin, fewer) < calendar.add(origin, more)) == (fewer < more)


@settings(max_examples=500, deadline=None)
@given(calendars, some_days, st.integers(1, 120))
def test_as_many_are_counted_as_were_added(calendar: Calendar, origin: date, n: int) -> None:
    assert calendar.working_days(origin, calendar.add(origin, n)) == n


@settings(max_examples=500, deadline=None)
@given(calendars, some_days, some_days, some_days)
def test_spans_add_up(calendar: Calendar, first: date, second: date, third: date) -> None:
    both = calendar.working_days(first, second) + calendar.working_days(second, third)
    assert calendar.working_days(first, third) == both


@settings(max_examples=500, deadline=None)
@given(calendars, some_days, st.sampled_from(Roll))
def test_what_was_rolled_stays(calendar: Calendar, written: date, how: Roll) -> None:
    rolled = calendar.roll(written, how)
    assert calendar.roll(rolled, how) == rolled
    assert calendar.is_working(rolled) or how is Roll.NONE


# -------------------------------------------------------------------------------------------------------- the walk told

READING = Reading(closing=time(17))
LONGEST = {"days": 90, "working_days": 60, "weeks": 10, "months": 12, "years": 3}


@st.composite
def periods(draw: st.DrawFn) -> DueSpec:
    unit = draw(st.sampled_from(sorted(LONGEST)))
    within = {unit: draw(st.integers(0, LONGEST[unit])), "of": "issued", "before": draw(st.booleans())}
    roll = draw(st.sampled_from([None, *Roll]))
    return DueSpec.model_validate({"phrase": "…", "within": within, "roll": roll})


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(sorted(PAIRS)), periods(), some_days)
def test_the_walk_ends_where_the_due_does_and_counts_exactly_the_days_worked(
    pair: str, spec: DueSpec, start: date
) -> None:
    calendar, fingers = PAIRS[pair]
    due, told = resolve(spec, calendar, READING, {"issued": start}), walk(spec, calendar, READING, {"issued": start})
    assert due is not None
    assert spec.within is not None
    assert (told[0], told[-1]) == (due.steps[0], due.steps[-1])
    end = spec.within.end(start, calendar)
    way = tuple(spec.within.steps(start, end, calendar))
    assert folded(way) == told[1 : 1 + len(folded(way))]
    if spec.within.working_days is not None:
        passed = list(days(start + timedelta(days=1), end) if end > start else days(end, start - timedelta(days=1)))
        worked = [one for one in (passed if end > start else reversed(passed)) if fingers.works(one)]
        assert [sentence for sentence in way if "ngày làm việc thứ" in sentence] == [
            sentence for one, sentence in zip(_in_order(start, passed), way, strict=True) if fingers.works(one)
        ]
        numbers_told = [sentence.rpartition(" ")[2] for sentence in way if "ngày làm việc thứ" in sentence]
        assert numbers_told == [str(number) for number in range(1, len(worked) + 1)]
        assert len(worked) == spec.within.working_days
