"""A wrong entry that is taken back keeps nobody from being told: what it overtook returns to planned."""

from __future__ import annotations

import pytest

from domain.ledger import Entry, EntryKind
from domain.office import Role
from domain.outbox import Delivery, Reason, State
from domain.reminders import decide
from domain.situation import Rules
from tests.world import (
    CAU,
    DUONG,
    HUYEN,
    PEOPLE,
    PROJECTS,
    RULES,
    START,
    TAN_THANH,
    after,
    decided,
    entry,
    grant,
    live,
    on,
    person,
    rules,
    started,
    variant,
)

ALONE = variant(START, coordinating=())
FRIDAY = ["22/4/2024", "31/5/2024", "14/6/2024", "21/6/2024", "27/6/2024"]
"""Every rung before Friday 28/6, the last working day in time."""
FOCAL = "dau-moi-tan-thanh"


def looked(rows: list[Delivery], when: str, *said: Entry, given: Rules = RULES) -> list[Delivery]:
    """The outbox after a look at the instant."""
    return after(rows, decide(on(f"28/6/2024 {when}", (*PROJECTS, *said), ALONE, given), rows))


def told(rows: list[Delivery], who: str = FOCAL) -> dict[str, State]:
    """What became of the due-day rung, by milestone rung."""
    return {row.key.rung: row.state for row in rows if row.key.person == who and f"{row.rung_at:%d/%m}" == "28/06"}


def friday(given: Rules = RULES) -> list[Delivery]:
    """The due-day rungs are planned on Friday 28/6 at 07:30; what came before was sent."""
    sent = [row.model_copy(update={"state": State.ACCEPTED}) for row in live(FRIDAY, PROJECTS, ALONE, given)]
    rows = looked(sent, "07:30", given=given)
    assert set(told(rows).values()) <= {State.PLANNED}
    return rows


def test_a_report_that_is_returned_leaves_the_due_day_to_be_said() -> None:
    wrong = started("28/6/2024", CAU, recorded="28/6/2024 07:31")
    rows = looked(friday(), "07:32", wrong)
    assert set(told(rows).values()) == {State.OBSOLETE}
    rows = looked(rows, "07:46", wrong, decided(EntryKind.RETURN, wrong, "28/6/2024 07:45"))
    assert set(told(rows).values()) == {State.PLANNED}
    assert {row.note for row in rows if row.key.person == FOCAL and row.state is State.PLANNED} == {None}


def test_an_extension_corrected_back_leaves_the_due_day_to_be_said() -> None:
    wrong = grant("khoi-cong", "15/7/2024", "28/6/2024 07:31")
    rows = looked(friday(), "07:35", wrong)
    assert told(rows)["before-0"] is State.OBSOLETE
    rows = looked(rows, "08:00", wrong, grant("khoi-cong", "30/6/2024", "28/6/2024 07:40"))
    assert told(rows)["before-0"] is State.PLANNED


def test_rungs_that_passed_while_a_wrong_extension_stood_are_said_once_it_is_taken_back() -> None:
    wrong = grant("khoi-cong", "15/7/2024", "27/6/2024 16:00")
    sent = [row.model_copy(update={"state": State.ACCEPTED}) for row in live(FRIDAY, PROJECTS, ALONE)]
    rows = looked(looked(sent, "07:30", wrong), "08:00", wrong, grant("khoi-cong", "30/6/2024", "28/6/2024 07:55"))
    assert told(rows)["before-0"] is State.PLANNED


def test_what_a_short_suspension_took_back_is_said_when_it_goes_on() -> None:
    stop = entry(EntryKind.SUSPEND, "22/4/2024 08:30")
    start = decide(on("22/4/2024 08:00", (), ALONE), ()).new
    assert {row.key.rung for row in start} == {"assigned"} | {row.key.rung for row in start if row.key.on_ladder}
    held = after(start, decide(on("22/4/2024 09:00", (stop,), ALONE), start))
    assert {row.state for row in held if row.key.rung == "assigned"} == {State.OBSOLETE}
    goes_on = (stop, entry(EntryKind.RESUME, "22/4/2024 10:00"))
    again = after(held, decide(on("22/4/2024 11:00", goes_on, ALONE), held))
    assert {row.state for row in again if row.key.rung == "assigned"} == {State.PLANNED}


def test_who_has_done_their_own_is_still_told_as_the_lead_of_the_others() -> None:
    others = [one for one in PEOPLE if one.code not in (FOCAL, "dau-moi-huyen")]
    given = rules(people=[*others, person(FOCAL, (TAN_THANH, Role.FOCAL), (HUYEN, Role.FOCAL))])
    rows = friday(given)
    assert {row.subjects for row in rows if row.key.person == FOCAL and row.state is State.PLANNED} == {(CAU,)}
    rows = looked(rows, "07:35", started("28/6/2024", CAU, recorded="28/6/2024 07:31"), given=given)
    now = {(row.reason, row.subjects) for row in rows if row.key.person == FOCAL and row.state is State.PLANNED}
    assert now == {(Reason.LEAD, (DUONG,))}


def test_an_acknowledgement_is_final() -> None:
    said = entry(EntryKind.ACKNOWLEDGE, "28/6/2024 07:40", actor=FOCAL)
    rows = looked(friday(), "07:45", said)
    assert set(told(rows).values()) == {State.OBSOLETE}
    later = decide(on("16/7/2024 07:29", (*PROJECTS, said), ALONE), rows)
    assert [row.key.rung for row in later.revived if row.key.person == FOCAL] == []


def test_what_was_overtaken_stays_so_where_a_later_rung_has_spoken() -> None:
    wrong = started("28/6/2024", CAU, recorded="28/6/2024 07:31")
    known = (*PROJECTS, wrong, decided(EntryKind.RETURN, wrong, "28/6/2024 18:00"))
    rows = after(looked(friday(), "07:32", wrong), decide(on("1/7/2024 07:30", known, ALONE), friday()))
    assert {row.key.rung: row.state for row in rows if row.key.person == FOCAL and row.key.rung == "overdue-1"} == {
        "overdue-1": State.PLANNED
    }
    sent = [row.model_copy(update={"state": State.ACCEPTED}) if row.state is State.PLANNED else row for row in rows]
    assert decide(on("1/7/2024 09:00", known, ALONE), sent).revived == ()


@pytest.mark.parametrize("moment", ["08:00", "16:30"])
def test_a_second_look_revives_nothing_more(moment: str) -> None:
    wrong = started("28/6/2024", CAU, recorded="28/6/2024 07:31")
    known = (wrong, decided(EntryKind.RETURN, wrong, "28/6/2024 07:45"))
    rows = looked(looked(friday(), "07:32", wrong), "07:46", *known)
    again = decide(on(f"28/6/2024 {moment}", (*PROJECTS, *known), ALONE), rows)
    assert (again.new, again.revived, again.overtaken) == ((), (), ())
