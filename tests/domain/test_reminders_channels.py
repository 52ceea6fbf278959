"""Which channel carries a word: the first that works. A channel that changes repeats nothing and loses nothing."""

from __future__ import annotations

from domain.outbox import Delivery, State
from domain.overtaken import CHANNEL_GIVEN_UP
from domain.reminders import decide
from domain.situation import Rules
from tests.world import PEOPLE, RULES, START, after, live, on, rules, variant

ALONE = variant(START, coordinating=())
LEAD = "dau-moi-huyen"
DAYS = ["22/4/2024", "31/5/2024", "14/6/2024"]
"""The days of the first rungs; the next is of Friday 21/6."""


def reads(*channels: str) -> Rules:
    """The office, its people reading these channels."""
    return rules(people=[one.model_copy(update={"channels": channels}) for one in PEOPLE])


def sent(state: State = State.ACCEPTED) -> list[Delivery]:
    """What went out by e-mail up to 14/6."""
    return [
        row.model_copy(update={"state": state}) if row.state is State.PLANNED else row for row in live(DAYS, (), ALONE)
    ]


def ways(rows: list[Delivery] | tuple[Delivery, ...], rung: str) -> list[tuple[str, State]]:
    """Channel and state of the lead's rows of a rung."""
    return [(row.key.channel, row.state) for row in rows if (row.key.person, row.key.rung) == (LEAD, rung)]


def at(when: str, rows: list[Delivery], given: Rules = RULES) -> list[Delivery]:
    return after(rows, decide(on(when, (), ALONE, given), rows))


def test_what_one_channel_refuses_for_good_is_said_on_the_next() -> None:
    refused = [row.model_copy(update={"state": State.FAILED}) if row.key.rung == "before-14" else row for row in sent()]
    rows = at("14/6/2024 09:00", refused)
    assert ways(rows, "before-14") == [("email", State.FAILED), ("zalo", State.PLANNED)]
    assert ways(rows, "before-30") == [("email", State.ACCEPTED)]
    assert at("14/6/2024 10:00", rows) == rows


def test_where_every_channel_refuses_nothing_is_tried_again_until_the_next_rung() -> None:
    rows = at("14/6/2024 09:00", sent(State.FAILED))
    lost = [row.model_copy(update={"state": State.FAILED}) if row.state is State.PLANNED else row for row in rows]
    assert decide(on("14/6/2024 10:00", (), ALONE), lost).new == ()
    assert ways(at("21/6/2024 07:30", lost), "before-7") == [("email", State.PLANNED)]


def test_another_first_channel_repeats_nothing_that_was_said() -> None:
    assert decide(on("14/6/2024 16:00", (), ALONE, reads("zalo", "email")), sent()).new == ()
    new = decide(on("21/6/2024 07:30", (), ALONE, reads("zalo", "email")), sent()).new
    assert ways(new, "before-7") == [("zalo", State.PLANNED)]


def test_what_waits_on_a_channel_given_up_is_said_on_the_present_one_and_once() -> None:
    waiting = live(DAYS, (), ALONE)
    decision = decide(on("17/6/2024 09:00", (), ALONE, reads("zalo")), waiting)
    assert {note for _, note in decision.overtaken} == {CHANNEL_GIVEN_UP}
    rows = after(waiting, decision)
    assert ways(rows, "before-14") == [("email", State.OBSOLETE), ("zalo", State.PLANNED)]
    back = at("17/6/2024 10:00", rows)  # e-mail is there again: the word stays where it is
    assert ways(back, "before-14") == [("email", State.OBSOLETE), ("zalo", State.PLANNED)]


def test_a_rung_added_between_those_already_said_sends_no_further_copy() -> None:
    denser = RULES.policy.ladder.model_copy(update={"before": (30, 20, 14, 7, 3, 1, 0)})
    rows = at("17/6/2024 14:00", sent(), rules(ladder=denser))
    assert ways(rows, "before-20") == [("email", State.COALESCED)]
    assert [row.key.rung for row in rows if row.state is State.PLANNED and row.key.on_ladder] == []
