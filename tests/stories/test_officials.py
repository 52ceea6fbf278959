"""Officials at work: what each is told, lived through the real ledger, outbox and delivery, morning by morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from config.placed import Placed
from config.reading import Draft
from domain.clocktime import at
from domain.directive import Directive
from domain.due import DueSpec
from domain.ledger import EntryKind
from domain.outbox import State
from tests.stories.conftest import Founding
from tests.stories.town import CODE, HEAD, LEAD, MONITOR, MORNING, PLAN, Town, drafted, when


def test_the_first_morning_brings_the_new_directive_once(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 5, 30))
    assert town.taken() == [("22/04 07:30", LEAD)]


def test_an_official_with_items_in_five_directives_gets_one_message_a_window(found: Founding) -> None:
    codes = (CODE, PLAN, "bac-son-don-doan-unesco", "tan-thanh-ntm-2024", "bac-son-y-te")
    town = found(drafted(*codes), at(date(2024, 4, 22)))
    town.tick(at(date(2024, 4, 22), MORNING))
    (mine,) = [letter for _, person, letter in town.letters if person == LEAD]
    for code in codes[:4]:
        assert town.configuration.directives[code].title in mine.text
    assert "1 nhiệm vụ mới không ấn định thời hạn" in mine.text
    people = [person for _, person in town.taken()]
    assert len(people) == len(set(people))
    town.tick(at(date(2024, 4, 22), time(9)))
    assert town.taken() == []


def test_what_is_met_is_never_urged_again(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 6, 20))
    assert town.days_of(LEAD) == ["22/04", "31/05", "14/06"]
    town.report(when(6, 20), "khoi-cong", "xong")
    town.live(date(2024, 6, 21), date(2024, 8, 29))
    assert town.taken() == []


def test_lateness_reaches_the_head_at_the_second_urging_and_the_monitor_at_the_third(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 6, 30))
    town.taken()
    town.live(date(2024, 7, 1), date(2024, 7, 12))
    told = town.letters.copy()
    assert town.taken() == [
        ("01/07 07:30", LEAD),
        ("01/07 07:30", MONITOR),  # Monday's list
        ("04/07 07:30", HEAD),
        ("04/07 07:30", LEAD),
        ("08/07 07:30", MONITOR),  # Monday's list
        ("11/07 07:30", HEAD),
        ("11/07 07:30", LEAD),
        ("11/07 07:30", MONITOR),
    ]
    why = {person: letter.text.split("Lý do gửi: ")[1].splitlines()[0] for _, person, letter in told[-3:]}
    assert why[LEAD].startswith("đơn vị chủ trì")
    assert why[HEAD].startswith("thủ trưởng đơn vị")
    assert why[MONITOR].startswith("đơn vị theo dõi, đôn đốc")


def test_an_acknowledgement_silences_its_giver_for_five_working_days_and_nobody_else(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 7, 1))
    town.taken()
    town.say(when(7, 4, 7), EntryKind.ACKNOWLEDGE)
    town.live(date(2024, 7, 4), date(2024, 7, 25))
    assert [day for day in town.taken() if day[1] in (LEAD, HEAD)] == [
        ("04/07 07:30", HEAD),
        ("11/07 07:30", HEAD),
        ("25/07 07:30", HEAD),
        ("25/07 07:30", LEAD),
    ]


def test_a_returned_result_is_urged_again(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 6, 27))
    town.report(when(6, 27), "khoi-cong", "xong")
    town.live(date(2024, 6, 28), date(2024, 7, 3))
    town.taken()
    town.say(when(7, 3, 15), EntryKind.RETURN, actor=MONITOR, refers_to="but-toan-06270900-report")
    town.live(date(2024, 7, 4), date(2024, 7, 4))
    told = set(town.taken())  # the monitor's Monday list found nothing open on 1/7, and comes now
    assert told == {("04/07 07:30", LEAD), ("04/07 07:30", HEAD), ("04/07 07:30", MONITOR)}


def test_an_extension_arms_only_the_rungs_still_ahead(town: Town) -> None:
    town.report(when(4, 26), "khoi-cong", "xong")
    town.live(date(2024, 4, 26), date(2024, 9, 16))
    assert town.days_of(LEAD) == ["26/04", "30/08", "16/09"]
    town.say(when(9, 20), EntryKind.EXTENSION_GRANT, milestone="giai-ngan-40", day=date(2024, 10, 31), actor=MONITOR)
    town.live(date(2024, 9, 21), date(2024, 10, 31))
    assert town.days_of(LEAD) == ["01/10", "17/10", "24/10", "28/10", "30/10", "31/10"]
    ladder = {
        key[1]: state for key, state in town.rows().items() if key[0] == "giai-ngan-40" and key[2] == "2024-10-31"
    }
    assert set(ladder.values()) == {State.ACCEPTED}


def test_adopted_five_days_before_the_due_only_what_is_ahead_is_sent(found: Founding) -> None:
    town = found(due_on(date(2024, 10, 31)), at(date(2024, 10, 25), time(10)))
    town.tick(at(date(2024, 10, 25), time(10, 5)))
    town.live(date(2024, 10, 26), date(2024, 10, 31))
    assert town.days_of(LEAD) == ["25/10", "28/10", "30/10", "31/10"]
    states = {key[1]: state for key, state in town.rows(PLAN).items() if key[3] == LEAD}
    assert [states[f"before-{days}"] for days in (30, 14, 7)] == [State.BEFORE_START] * 3
    assert states["assigned"] is State.ACCEPTED


def due_on(day: date) -> Draft:
    """The plan of public investment alone, without a written start, due on another day."""
    draft = drafted(PLAN)

    def moved(directive: Directive) -> Directive:
        due = DueSpec.model_validate({"phrase": f"đến hết ngày {day:%d/%m/%Y}", "date": day})
        milestones = tuple(one.model_copy(update={"due": due}) for one in directive.milestones)
        return directive.model_copy(update={"milestones": milestones, "starts": None})

    def placed(one: Placed) -> Placed:
        return replace(one, directive=moved(one.directive))

    notices = tuple(
        replace(notice, directives=tuple(placed(one) for one in notice.directives), facts=())
        for notice in draft.notices
    )
    return replace(draft, notices=notices)


@pytest.mark.parametrize("days", [1, 5, 40])
def test_after_an_outage_one_message_speaks_for_all_and_every_rung_has_a_row(town: Town, days: int) -> None:
    """The machine stops after 20/6 and comes back on a working day; khởi công was due meanwhile, or is near."""
    town.live(date(2024, 4, 22), date(2024, 6, 20))
    town.taken()
    back = {1: date(2024, 6, 21), 5: date(2024, 6, 28), 40: date(2024, 7, 30)}[days]
    town.tick(at(back, time(10)))
    told = town.taken()
    assert len([person for _, person in told if person == LEAD]) == 1
    assert len(told) == len({person for _, person in told})
    rungs = {key[1] for key in town.rows() if key[0] == "khoi-cong" and key[3] == LEAD}
    expected = {
        1: {"before-7"},
        5: {"before-7", "before-3", "before-1", "before-0"},
        40: {"before-7", "before-3", "before-1", "before-0", "overdue-1", "overdue-4", "overdue-9", "overdue-19"},
    }[days]
    assert expected <= rungs
    town.tick(at(back, time(11)))
    assert town.taken() == []


def test_nothing_goes_out_at_night_and_nothing_is_lost_by_waiting(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 5, 30))
    town.taken()
    town.tick(at(date(2024, 5, 31), time(22)))
    assert town.taken() == []
    town.tick(at(date(2024, 6, 1), time(10)))  # Saturday
    assert town.taken() == []
    town.tick(at(date(2024, 6, 3), MORNING))
    assert town.days_of(LEAD) == ["03/06"]


def test_a_huyen_that_has_ended_is_urged_no_more_and_nothing_breaks(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 4, 22))
    town.taken()
    town.tick(at(date(2025, 7, 2), MORNING))
    told = {person for _, person in town.taken()}
    assert LEAD not in told
    assert HEAD not in told
