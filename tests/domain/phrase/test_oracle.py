"""`explain` says what the fingers count, and what `resolve` computes for a directive."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from domain.due import BeforeDay, Reading, resolve
from domain.phrase.explaining import explain
from domain.phrase.explanation import Explanation
from tests.domain.naive import coming, shipped
from tests.domain.phrase.generated import Generated, generated
from tests.world import CALENDAR

FINGERS = shipped()
CLOSING = time(17, 0)
STRICT, LENIENT = Reading(closing=CLOSING), Reading(closing=CLOSING, before_day=BeforeDay.LENIENT)
COUNT = 6_000
AHEAD = timedelta(days=400)


def answered(one: Generated, reading: Reading) -> Explanation:
    return explain(one.phrase, CALENDAR, reading, one.issued, one.received)


def first_of(one: Generated) -> date | None:
    """The first occurrence that can still be kept; None for what comes once."""
    every = one.written.get("every")
    if every is None:
        return None
    late_at_once = one.written.get("bound") == "exclusive"
    return next(coming(every, one.issued + timedelta(days=late_at_once), one.issued + AHEAD))


@pytest.mark.parametrize("reading", [STRICT, LENIENT], ids=["strict", "lenient"])
def test_the_answer_is_the_one_counted_on_the_fingers(reading: Reading) -> None:
    lenient = reading is LENIENT
    for one in generated(COUNT, 1):
        answer = answered(one, reading)
        expected = FINGERS.due(one.written, one.known, (CLOSING, lenient), occurrence=first_of(one))
        assert expected is not None
        got = (answer.nominal, answer.overdue_after, answer.safe_due)
        assert got == (expected.nominal, expected.late, expected.safe), (one, answer)


def test_what_is_explained_is_what_a_directive_computes() -> None:
    for one in generated(COUNT, 2):
        answer = answered(one, STRICT)
        assert answer.spec is not None, one
        anchors = {**one.known, **_start(answer)}
        occurrence = answer.nominal if answer.spec.every else None
        due = resolve(answer.spec, CALENDAR, STRICT, anchors, occurrence=occurrence)
        assert due is not None
        got = (answer.nominal, answer.bound, answer.overdue_after, answer.safe_due)
        assert got == (due.nominal, due.bound, due.overdue_after, due.safe_due), one


def _start(answer: Explanation) -> dict[str, date]:
    """The day that is named in the phrase itself, under the code of its event."""
    within = answer.spec.within if answer.spec else None
    if within is None or within.event is None or answer.anchor is None:
        return {}
    return {f"event:{within.event}": date.fromisoformat(answer.anchor)}


def test_every_occurrence_is_one_the_fingers_find() -> None:
    recurring = [one for one in generated(COUNT, 3) if "every" in one.written]
    assert len(recurring) > COUNT // 4
    for one in recurring[:400]:
        days = answered(one, STRICT).occurrences
        found = coming(one.written["every"], days[0], days[0] + timedelta(days=6 * 366))
        assert list(days) == [next(found) for _ in days]
