"""A rung whose day moved after it was said: once more if the new day lies ahead, otherwise never again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.outbox import Delivery, State
from domain.overtaken import overtaken_by
from domain.recipients import recipients
from domain.reminders import decide
from domain.situation import Rules
from domain.workdays import Special, layered
from tests.world import CALENDAR, FOOTNOTE_8, RULES, START, day, instant, live, on, rules, track_of, variant

ALONE = variant(START, coordinating=())


def swapped(off: str, worked: str) -> Rules:
    """The rules with two days swapped by a letter."""
    letter = (
        Special(day(off), works=False, name="", source="1"),
        Special(day(worked), works=True, name="", source="1"),
    )
    return replace(RULES, calendar=replace(CALENDAR, version="sau", specials=layered(CALENDAR.specials, letter)))


LATER = swapped("1/7/2024", "29/6/2024")
"""A Saturday worked: the last rungs before Sunday 30/6 move from Friday 28/6 to Saturday 29/6."""
EARLIER = swapped("28/6/2024", "6/7/2024")
"""A Friday off: the same rungs move to Thursday 27/6."""


def ladder(rows: list[Delivery] | tuple[Delivery, ...]) -> list[tuple[str, str]]:
    """Rung and day of the rows of the ladder."""
    return sorted((row.key.rung, f"{row.rung_at:%d/%m}") for row in rows if row.key.on_ladder)


def said(state: State = State.ACCEPTED) -> list[Delivery]:
    """What was said up to the morning of Friday 28/6."""
    mornings = ["22/4/2024", "31/5/2024", "14/6/2024", "21/6/2024", "27/6/2024", "28/6/2024"]
    return [row.model_copy(update={"state": state}) for row in live(mornings, (), ALONE)]


def test_a_rung_that_was_put_off_is_said_again_on_its_new_day_and_once() -> None:
    rows = said()
    assert ladder(decide(on("28/6/2024 09:00", (), ALONE, LATER), rows).new) == []
    again = decide(on("29/6/2024 07:30", (), ALONE, LATER), rows).new
    assert ladder(again) == [("before-0@2024-06-29", "29/06"), ("before-1@2024-06-29", "29/06")]
    assert {row.key.rung_id for row in again} == {"before-0", "before-1"}
    assert decide(on("29/6/2024 09:00", (), ALONE, LATER), [*rows, *again]).new == ()


def test_a_rung_that_comes_back_to_the_day_it_was_said_on_is_not_said_again() -> None:
    rows = [*said(), *decide(on("29/6/2024 07:30", (), ALONE, LATER), said()).new]
    assert decide(on("30/6/2024 09:00", (), ALONE), rows).new == ()


@pytest.mark.parametrize(
    ("given", "note"),
    [(LATER, "thời điểm nhắc đã dời sang ngày khác"), (EARLIER, None), (RULES, None)],
    ids=["later", "earlier", "where it was"],
)
def test_what_was_not_sent_yet_waits_for_the_new_day_if_that_lies_ahead(given: Rules, note: str | None) -> None:
    row = next(row for row in said(State.PLANNED) if row.key.rung == "before-0")
    assert overtaken_by(on("28/6/2024 09:00", (), ALONE, given), row) == note


def test_a_window_that_opens_later_on_the_same_day_moves_nothing() -> None:
    window = RULES.policy.window.model_copy(update={"opens": instant("1/1/2024 09:30").time()})
    later = rules(window=window)
    row = next(row for row in said(State.PLANNED) if row.key.rung == "before-0")
    assert overtaken_by(on("28/6/2024 08:00", (), ALONE, later), row) is None
    assert decide(on("28/6/2024 10:00", (), ALONE, later), said()).new == ()


def test_a_row_left_for_the_new_day_keeps_it_from_being_said() -> None:
    rows = said()
    stamped = [
        row.model_copy(
            update={
                "key": row.key.model_copy(update={"rung": f"{row.key.rung}@2024-06-27"}),
                "rung_at": instant("27/6/2024 07:30"),
                "state": State.BEFORE_START,
            }
        )
        for row in rows
        if f"{row.rung_at:%d/%m}" == "28/06"
    ]
    assert ladder(decide(on("28/6/2024 09:00", (), ALONE, EARLIER), rows).new) == [
        ("before-0@2024-06-27", "27/06"),
        ("before-1@2024-06-27", "27/06"),
    ]
    assert decide(on("28/6/2024 09:00", (), ALONE, EARLIER), [*rows, *stamped]).new == ()


def test_whom_a_rung_tells_can_be_asked_ahead_of_it() -> None:
    now = on("22/4/2024 08:00", (), FOOTNOTE_8)
    track = track_of(now, "khoi-cong")
    told = {rung.id: recipients(now, track, rung) for rung in now.rungs(track, instant("20/7/2024"))}
    assert told["before-7"] == ("dau-moi-huyen", "tai-chinh")
    assert told["before-3"] == ("dau-moi-huyen",)
    assert told["overdue-4"] == ("chu-tich-huyen", "dau-moi-huyen")
