"""After another calendar, policy or text is adopted: notes in the ledger, and nothing said is said again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from actions.deliver import deliver
from actions.replan import replan
from config.reading import Configuration
from domain.ledger import Entry, EntryKind
from domain.outbox import Delivery, State
from domain.situation import Rules
from domain.workdays import Special, layered
from store import Store, reading, session
from store.ledger import entries
from tests.actions.offices import RULES, Postman, configured, courier, known, looked, rows
from tests.world import (
    CALENDAR,
    CAU,
    DUONG,
    FORTY,
    PROJECTS,
    START,
    changed,
    day,
    enrol,
    grant,
    instant,
    started,
    variant,
)

ALONE = variant(START, coordinating=())
MORNINGS = ["22/4/2024", "31/5/2024", "14/6/2024", "21/6/2024", "27/6/2024", "28/6/2024"]
NOW = instant("28/6/2024 10:00")


def swapped(off: str, worked: str) -> Rules:
    """The rules with two days swapped by a letter."""
    letter = [
        Special(day(off), works=False, name="", source="1999/VPCP-KGVX"),
        Special(day(worked), works=True, name="", source="1999/VPCP-KGVX"),
    ]
    return replace(RULES, calendar=replace(CALENDAR, version="sau", specials=layered(CALENDAR.specials, letter)))


EARLIER, LATER = swapped("28/6/2024", "6/7/2024"), swapped("1/7/2024", "29/6/2024")
"""The last working day before Sunday 30/6 becomes Thursday 27/6; or Saturday 29/6."""


def live(store: Store, office: Configuration, mornings: list[str], post: Postman | None = None) -> None:
    """Look at 07:30 of each day, and deliver if there is a postman."""
    for one in mornings:
        looked(store, office, instant(f"{one} 07:30"))
        if post:
            deliver(courier(store, post), office, instant(f"{one} 07:30"))


def replanned(store: Store, before: Configuration, after: Configuration, now: datetime = NOW) -> tuple[Entry, ...]:
    with session(store) as opened:
        return replan(opened, before, after, now)


def ladder(store: Store, *states: State) -> list[tuple[str, str]]:
    """Rung and day of the rows of the ladder in those states."""
    return [(r.key.rung, f"{r.rung_at:%d/%m}") for r in rows(store) if r.key.on_ladder and r.state in states]


def notes(store: Store) -> list[Entry]:
    with reading(store) as opened:
        return list(entries(opened, kinds=[EntryKind.NOTE]))


def test_a_rung_that_was_said_and_whose_new_day_is_past_is_never_said_again(store: Store) -> None:
    before, after = configured(ALONE), configured(ALONE, given=EARLIER)
    live(store, before, MORNINGS, Postman())
    said = ladder(store, State.ACCEPTED, State.COALESCED)
    replanned(store, before, after)
    assert ladder(store, State.BEFORE_START) == [
        ("before-0@2024-06-27", "27/06"),
        ("before-1@2024-06-27", "27/06"),
    ]
    assert looked(store, after, NOW) == 0
    assert ladder(store, State.ACCEPTED, State.COALESCED) == said


def test_a_rung_that_was_said_and_put_off_is_said_once_more(store: Store) -> None:
    before, after = configured(ALONE), configured(ALONE, given=LATER)
    live(store, before, MORNINGS, Postman())
    replanned(store, before, after)
    assert looked(store, after, NOW) == 0
    post = Postman()
    live(store, after, ["29/6/2024"], post)
    assert post.readers == ["dau-moi-huyen"]
    live(store, after, ["30/6/2024"], post)
    assert post.readers == ["dau-moi-huyen"]


def test_a_rung_not_sent_yet_and_put_off_becomes_obsolete_and_waits(store: Store) -> None:
    before, after = configured(ALONE), configured(ALONE, given=LATER)
    live(store, before, MORNINGS)
    replanned(store, before, after)
    looked(store, after, NOW)
    notes_of = {row.key.rung: row.note for row in rows(store) if row.state is State.OBSOLETE}
    assert notes_of["before-0"] == "thời điểm nhắc đã dời sang ngày khác"
    looked(store, after, instant("29/6/2024 07:30"))
    assert ("before-0@2024-06-29", "29/06") in ladder(store, State.PLANNED)


def test_rows_of_a_due_that_moved_are_obsolete_and_what_it_said_before_is_not_repeated(store: Store) -> None:
    later = variant(changed(START, due={"phrase": "đến hết ngày 02/7/2024", "date": "2024-07-02"}), coordinating=())
    before, after = configured(ALONE), configured(later)
    live(store, before, MORNINGS[:-1], Postman())
    looked(store, before, instant("28/6/2024 07:30"))  # planned, and not sent
    replanned(store, before, after)
    looked(store, after, NOW)
    obsolete = [row for row in rows(store) if row.state is State.OBSOLETE]
    assert {(row.key.rung, row.note) for row in obsolete} == {
        ("before-1", "hạn đã thay đổi"),
        ("before-0", "hạn đã thay đổi"),
    }
    of_the_new = [row for row in rows(store) if row.key.occurrence == "2024-07-02"]
    assert {row.key.rung for row in of_the_new if row.state is State.BEFORE_START} == {
        "before-30",
        "before-14",
        "before-7",
        "before-3",  # said on 27/6, now of 28/6 07:30
    }
    assert {row.key.rung for row in of_the_new} & {"before-1", "before-0"} == set()


def test_there_and_back_again_says_nothing_twice(store: Store) -> None:
    before, after = configured(ALONE), configured(ALONE, given=EARLIER)
    live(store, before, MORNINGS, Postman())
    replanned(store, before, after)
    looked(store, after, NOW)
    replanned(store, after, before, instant("28/6/2024 11:00"))
    assert looked(store, before, instant("28/6/2024 11:00")) == 0
    assert len(notes(store)) == 2  # the rungs after the due moved there and back


def test_the_note_is_about_the_milestone_and_the_same_at_the_same_instant(store: Store) -> None:
    before, after = configured(ALONE), configured(ALONE, given=EARLIER)
    live(store, before, MORNINGS[:2])
    (note,) = replanned(store, before, after)
    assert replanned(store, before, after) == (note,)
    assert notes(store) == [note]
    assert (note.directive, note.milestone, note.subject, note.occurrence) == ("khoi-cong-moi", "khoi-cong", None, None)
    assert (note.actor, note.source, note.evidence) == ("dondoc", "dondoc", "1999/VPCP-KGVX")


def test_a_milestone_on_several_dues_has_one_note_that_names_whom_each_part_is_about(store: Store) -> None:
    more = [enrol(f"truong-{number}", None, "19/4/2024 10:00") for number in range(3)]
    granted = grant("khoi-cong", "5/7/2024", "10/6/2024", CAU)
    known(store, *PROJECTS, *more, granted)
    subjects = variant(START)
    (note,) = replanned(store, configured(subjects), configured(subjects, given=swapped("5/7/2024", "13/7/2024")))
    assert note.text is not None
    assert "Đối với Dự án cau: " in note.text
    assert f"Đối với Dự án {DUONG}, Dự án truong-0, Dự án truong-1 và 1 dự án khác: " in note.text


def test_each_occurrence_of_a_recurring_milestone_has_its_own_note(store: Store) -> None:
    monthly = changed(START, due={"phrase": "ngày 05 hằng tháng", "every": {"every": "month", "days": [5]}})
    directive = variant(monthly, coordinating=())
    found = replanned(store, configured(directive), configured(directive, given=swapped("5/7/2024", "13/7/2024")))
    days = [note.occurrence for note in found]
    assert day("5/7/2024") in days
    assert len(set(days)) == len(days)  # older ones still missed are urged around that day as well


@pytest.mark.parametrize(
    "after",
    [
        configured(ALONE),
        configured(ALONE.model_copy(update={"title": "Tên khác"})),
        configured(ALONE, given=swapped("16/12/2024", "21/12/2024")),
        configured(),
    ],
    ids=["the same", "another title", "days elsewhere in the year", "gone"],
)
def test_what_moves_nothing_is_not_noted(store: Store, after: Configuration) -> None:
    assert replanned(store, configured(ALONE), after) == ()
    assert notes(store) == []


def test_what_is_done_is_neither_noted_nor_marked(store: Store) -> None:
    before, after = configured(ALONE), configured(ALONE, given=EARLIER)
    live(store, before, MORNINGS, Postman())
    known(store, started("28/6/2024", recorded="28/6/2024 09:00"))
    kept: tuple[Delivery, ...] = rows(store)
    assert replanned(store, before, after) == ()
    assert rows(store) == kept


def test_a_milestone_that_is_added_is_not_noted(store: Store) -> None:
    assert replanned(store, configured(ALONE), configured(variant(START, FORTY, coordinating=()))) == ()


def test_what_was_said_of_a_due_in_between_is_not_said_again_when_the_old_one_returns(store: Store) -> None:
    later = variant(changed(START, due={"phrase": "đến hết ngày 02/7/2024", "date": "2024-07-02"}), coordinating=())
    before, after = configured(ALONE), configured(later)
    live(store, before, MORNINGS[:-2], Postman())
    looked(store, before, instant("27/6/2024 07:30"))  # before-3 is planned, and not sent
    replanned(store, before, after, instant("27/6/2024 10:00"))
    looked(store, after, instant("27/6/2024 10:00"))
    live(store, after, ["28/6/2024"], Postman())  # before-3 of the new due is sent
    replanned(store, after, before)
    looked(store, before, NOW)
    assert {row.key.rung for row in rows(store) if row.state is State.PLANNED} == {"before-1", "before-0"}
    assert ("before-3", "28/06") in ladder(store, State.ACCEPTED)
