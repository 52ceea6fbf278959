"""A look at a directive: what it plans, what it takes back, when the next one is due."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions.evaluate import NoSuchDirectiveError, evaluate, evaluate_each, reschedule, situation, situations
from domain.due import DueSpec
from domain.ledger import EntryKind
from domain.outbox import Delivery, State
from domain.standing import Official
from store import Store, reading, session
from store.ledger import append
from store.moments import due_for_look, looks
from tests.actions.offices import ALONE, STARTS, configured, known, looked, rows
from tests.world import FORTY, START, changed, day, decided, instant, started, variant

OFFICE = configured(ALONE)
CODE = ALONE.code
FAR = variant(
    changed(START, due=DueSpec(phrase="trong năm 2045", date=day("31/12/2045"))), code="ngoai-lich", coordinating=()
)
"""Due after the last day of the calendar: it cannot be planned."""


@pytest.fixture
def expected_errors() -> list[str]:
    return ["^không rà soát được nhiệm vụ ngoai-lich"]


def urged(store: Store) -> dict[str, State]:
    """Rows of the ladder of the first milestone, by rung."""
    ladder = [row for row in rows(store) if row.key.milestone == "khoi-cong" and is_urging(row)]
    return {row.key.rung: row.state for row in ladder}


def is_urging(row: Delivery) -> bool:
    return row.key.rung.startswith(("before-", "overdue-"))


def due(store: Store, at: datetime) -> tuple[str, ...]:
    with reading(store) as opened:
        return due_for_look(opened, at)


def next_moment(store: Store) -> datetime | None:
    with reading(store) as opened:
        return looks(opened)[CODE][1]


def test_a_second_look_at_the_same_instant_plans_nothing(store: Store) -> None:
    assert looked(store, OFFICE, STARTS) == len(rows(store)) > 0
    before = rows(store)
    assert looked(store, OFFICE, STARTS) == 0
    assert rows(store) == before


def test_the_next_look_is_at_the_next_rung_and_not_before(store: Store) -> None:
    with session(store) as opened:
        found = evaluate(opened, OFFICE, CODE, instant("21/6/2024 07:30"))
    assert found.next_moment == next_moment(store) == instant("24/6/2024 07:30")  # the monitor's Monday
    assert due(store, instant("24/6/2024 07:29")) == ()
    assert due(store, instant("24/6/2024 07:30")) == (CODE,)


def test_after_an_outage_the_latest_rung_speaks_and_the_others_have_their_rows(store: Store) -> None:
    looked(store, OFFICE, STARTS)
    looked(store, OFFICE, instant("21/6/2024 07:30"))
    assert urged(store) == {
        "before-30": State.COALESCED,
        "before-14": State.COALESCED,
        "before-7": State.PLANNED,
    }


def test_a_look_takes_back_what_has_been_done_meanwhile(store: Store) -> None:
    looked(store, OFFICE, instant("21/6/2024 07:30"))
    known(store, started("22/6/2024", recorded="22/6/2024 08:00"))
    looked(store, OFFICE, instant("24/6/2024 07:30"))
    assert urged(store)["before-7"] is State.OBSOLETE
    assert {row.state for row in rows(store) if row.key.milestone == "khoi-cong"} <= {State.OBSOLETE, State.COALESCED}


def test_an_entry_written_after_the_look_began_calls_for_another(store: Store) -> None:
    looked(store, OFFICE, STARTS)
    assert due(store, STARTS) == ()
    known(store, started("22/4/2024", recorded="22/4/2024 16:00"))
    assert due(store, STARTS) == (CODE,)
    looked(store, OFFICE, instant("23/4/2024 07:30"))
    assert due(store, instant("23/4/2024 07:30")) == ()


def test_a_look_at_the_past_knows_what_was_known_then(store: Store) -> None:
    known(store, started("28/6/2024", recorded="3/7/2024 09:00"))
    with reading(store) as opened:
        then = situation(opened, OFFICE, CODE, instant("2/7/2024 09:00"))
        now = situation(opened, OFFICE, CODE, instant("4/7/2024 09:00"))
        told = situation(opened, OFFICE, CODE, instant("2/7/2024 09:00"), known_at=instant("4/7/2024 09:00"))
    assert [one.whole(one.tracks[0]).official for one in (then, now, told)] == [
        Official.OPEN_OVERDUE,
        Official.DONE_ON_TIME,
        Official.DONE_ON_TIME,
    ]


def test_an_unknown_directive_is_named_with_the_way_to_find_the_right_one(store: Store) -> None:
    with reading(store) as opened, pytest.raises(NoSuchDirectiveError, match=r"“nham-ma”.*dondoc plan"):
        situation(opened, OFFICE, "nham-ma", STARTS)


def test_a_directive_that_cannot_be_looked_at_stops_no_other(store: Store) -> None:
    office = configured(FAR, ALONE)
    swept = evaluate_each(store, office, [FAR.code, CODE], STARTS)
    assert swept.faults == (FAR.code,)
    assert swept.planned == len(rows(store)) > 0
    assert rows(store, FAR.code) == ()
    with reading(store) as opened:
        assert set(situations(opened, office, STARTS)) == {CODE}
        assert FAR.code not in looks(opened)


# ------------------------------------------------------------------------------------------------------ after recording


def rescheduled(store: Store, at: datetime) -> datetime | None:
    with session(store) as opened:
        moment = reschedule(opened, OFFICE, CODE, at)
    assert moment == next_moment(store)
    return moment


def test_what_a_recording_brings_to_be_said_waits_for_the_next_morning_of_work(store: Store) -> None:
    # The rung of Friday 21/6 is still unsaid when something is recorded in the afternoon.
    assert rescheduled(store, instant("21/6/2024 15:00")) == instant("24/6/2024 07:30")


def test_with_nothing_to_say_the_next_look_is_the_next_rung(store: Store) -> None:
    looked(store, OFFICE, instant("27/6/2024 07:30"))
    assert rescheduled(store, instant("27/6/2024 15:00")) == instant("28/6/2024 07:30")


def test_when_all_is_done_there_is_no_next_look(store: Store) -> None:
    alone = configured(variant(START, coordinating=()))
    known(store, started("28/6/2024", recorded="28/6/2024 09:00"))
    with session(store) as opened:
        assert evaluate(opened, alone, CODE, instant("28/6/2024 09:00")).next_moment is None
    assert due(store, instant("31/12/2030 09:00")) == ()


def test_look_after_look_no_rung_is_passed_over(store: Store) -> None:
    rungs: list[datetime] = []
    moment: datetime | None = instant("23/9/2024 07:30")
    office = configured(variant(FORTY.model_copy(update={"follows": ()}), coordinating=()))
    while moment and moment < instant("1/10/2024 07:30"):
        with session(store) as opened:
            moment = evaluate(opened, office, CODE, moment).next_moment
        rungs += [moment] if moment else []
    assert rungs == [instant("27/9/2024 07:30"), instant("30/9/2024 07:30"), instant("1/10/2024 07:30")]


@pytest.mark.parametrize(
    ("undone", "looks"),
    [
        ("26/6/2024 09:00", "27/6/2024 07:30"),  # there are mornings left
        ("28/6/2024 09:00", "28/6/2024 09:00"),  # Friday; the due is Sunday, and tomorrow is off
        ("28/6/2024 06:00", "28/6/2024 07:30"),
        ("28/6/2024 17:30", "1/7/2024 07:30"),  # too late for anybody to be told in time
        ("1/7/2024 09:00", "2/7/2024 07:30"),  # late already: a day of recording makes one message
    ],
)
def test_what_is_opened_again_on_the_last_day_is_said_on_that_day(store: Store, undone: str, looks: str) -> None:
    told = started("20/6/2024", recorded="20/6/2024 16:00")
    known(store, told, decided(EntryKind.RETURN, told, undone))
    assert rescheduled(store, instant(undone)) == instant(looks)


def test_what_a_wrong_report_took_back_is_said_once_it_is_returned(store: Store) -> None:
    looked(store, OFFICE, instant("28/6/2024 07:30"))
    assert urged(store)["before-0"] is State.PLANNED
    wrong = started("28/6/2024", recorded="28/6/2024 07:31")
    known(store, wrong)
    looked(store, OFFICE, instant("28/6/2024 07:35"))
    assert urged(store)["before-0"] is State.OBSOLETE
    known(store, decided(EntryKind.RETURN, wrong, "28/6/2024 07:45"))
    assert rescheduled(store, instant("28/6/2024 07:45")) == instant("28/6/2024 07:45")  # the last day: at once
    looked(store, OFFICE, instant("28/6/2024 07:45"))
    assert urged(store)["before-0"] is State.PLANNED


def test_in_one_session_a_situation_is_found_once_until_something_is_written_or_another_is_asked_for(
    store: Store,
) -> None:
    at, later = instant("21/6/2024 07:30"), instant("22/6/2024 07:30")
    with session(store) as opened:
        found = situation(opened, OFFICE, CODE, at)
        assert situation(opened, OFFICE, CODE, at) is found
        append(opened, started("20/6/2024"))
        again = situation(opened, OFFICE, CODE, at)
        assert again.standings != found.standings
        assert situation(opened, OFFICE, CODE, later).as_of == later
        assert situation(opened, OFFICE, CODE, at, known_at=later) is not again
        assert situation(opened, configured(ALONE), CODE, at) is not again


def test_what_a_savepoint_took_back_is_not_in_the_situation_of_another_entry_in_its_place(store: Store) -> None:
    at = instant("21/6/2024 07:30")
    with session(store) as opened:
        nested = opened.begin_nested()
        append(opened, started("20/6/2024"))
        assert situation(opened, OFFICE, CODE, at).state.figures
        nested.rollback()
        append(opened, decided(EntryKind.NOTE, started("19/6/2024"), "20/6/2024 10:00"))
        assert not situation(opened, OFFICE, CODE, at).state.figures
