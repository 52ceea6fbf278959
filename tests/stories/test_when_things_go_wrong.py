"""Machines stop, clocks run wrong, people take things back: nobody is forgotten, and nobody is written to at night."""

from __future__ import annotations

from datetime import date, time, timedelta

from domain.clocktime import at
from domain.ledger import EntryKind
from tests.stories.town import LEAD, MORNING, Town, when


def lived_until(town: Town, last: date) -> None:
    """Every morning up to `last`; the box is empty then."""
    town.live(date(2024, 4, 22), last)
    town.taken()


def test_a_result_returned_on_the_last_day_is_said_on_that_day(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 6, 13))
    town.report(when(6, 13, 16), "khoi-cong", "xong", id="khoi-cong-1")
    lived_until(town, date(2024, 6, 28))
    town.say(when(6, 28, 9), EntryKind.RETURN, refers_to="khoi-cong-1", text="chưa có biên bản")
    town.tick(when(6, 28, 9) + timedelta(minutes=15))
    assert ("28/06 09:15", LEAD) in town.taken()
    town.tick(at(date(2024, 7, 1), MORNING))
    assert LEAD in {person for _, person in town.taken()}


def test_work_that_goes_on_again_on_the_last_day_is_spoken_of_on_that_day(town: Town) -> None:
    lived_until(town, date(2024, 5, 15))
    town.say(when(5, 15, 10), EntryKind.SUSPEND)
    lived_until(town, date(2024, 6, 28))
    town.say(when(6, 28, 14), EntryKind.RESUME)
    town.tick(when(6, 28, 14) + timedelta(minutes=15))
    assert ("28/06 14:15", LEAD) in town.taken()


def test_a_machine_back_on_friday_night_writes_on_monday_morning(town: Town) -> None:
    lived_until(town, date(2024, 6, 26))
    for night in (at(date(2024, 6, 28), time(22)), at(date(2024, 6, 29), time(9)), at(date(2024, 6, 30), time(12))):
        town.tick(night)
        assert town.taken() == []
    town.tick(at(date(2024, 7, 1), MORNING))
    assert [person for _, person in town.taken()].count(LEAD) == 1
