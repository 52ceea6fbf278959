"""Near its last day the working calendar ends what is planned, not the program: what lies within is urged as ever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.due import DueSpec
from domain.findings import Severity
from domain.outbox import State
from domain.reach import calendar_ends
from domain.recurrence import Frequency, Recurrence
from domain.reminders import decide
from domain.situation import Rules, decision_points, next_moment
from domain.workdays import OutsideCalendarError, to_the_end
from tests.domain.test_occurrences import every
from tests.world import CALENDAR, FORTY, OFFICE, POLICY, START, UNDATED, changed, day, instant, on, variant

LAST = day("31/12/2024")
SHORT = replace(CALENDAR, last=LAST, specials=tuple(one for one in CALENDAR.specials if one.day <= LAST))
RULES = Rules(office=OFFICE, calendar=SHORT, policy=POLICY)
ALONE = variant(changed(FORTY, follows=()), coordinating=())


def test_a_due_within_130_days_of_the_end_is_urged_as_ever() -> None:
    now = on("30/9/2024 08:00", (), ALONE, RULES)
    assert [row.key.rung for row in decide(now, ()).planned if row.key.on_ladder] == ["before-0"]
    assert next_moment(now) == instant("1/10/2024 07:30")


def test_rungs_end_with_the_calendar() -> None:
    now = on("30/12/2024 08:00", (), ALONE, RULES)
    (track,) = now.tracks
    assert max(rung.at for rung in now.rungs(track, instant("1/6/2025"))) == instant("30/12/2024 07:30")
    assert next_moment(now) is None
    assert decision_points(on("20/12/2024", (), ALONE, RULES), instant("1/6/2025"))[-1] == instant("30/12/2024 07:30")


def test_a_due_on_the_last_day_has_its_rungs_before_it() -> None:
    at_the_end = variant(changed(START, due=DueSpec(phrase="", date=LAST)), coordinating=())
    now = on("31/12/2024 08:00", (), at_the_end, RULES)
    spoken = [row.key.rung for row in decide(now, ()).new if row.key.on_ladder and row.state is State.PLANNED]
    assert spoken == ["before-0"]


def test_occurrences_and_words_end_with_the_calendar() -> None:
    quarterly = every(Recurrence(every=Frequency.QUARTER, days=(25,)))
    dues = [track.due.nominal for track in on("1/11/2024", (), quarterly, RULES).tracks if track.due]
    assert dues[-1] == day("25/12/2024")
    assert next_moment(on("20/12/2024 08:00", (), UNDATED, RULES)) is None


def test_a_directive_that_starts_after_the_end_waits_for_a_longer_calendar() -> None:
    later = variant(changed(START, due=DueSpec(phrase="", date=LAST)), starts=day("1/2/2025"))
    assert decide(on("20/12/2024 08:00", (), later, RULES), ()).planned == ()


def test_what_lies_before_the_calendar_is_refused_aloud() -> None:
    with pytest.raises(OutsideCalendarError):
        list(to_the_end((SHORT.add(one, 1) for one in [day("1/1/2004")]), SHORT))


@pytest.mark.parametrize(("when", "warned"), [("14/6/2024 08:00", False), ("15/6/2024 08:00", True)])
def test_the_end_is_announced_200_days_ahead(when: str, warned: bool) -> None:
    found = calendar_ends(SHORT, instant(when))
    assert [one.severity for one in found] == ([Severity.WARNING] if warned else [])
    assert all("lịch làm việc chỉ đến 31/12/2024" in one.message for one in found)
