"""Units beside each other: numbers that add up, and shares that say what they are shares of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.comparison import (
    WORST_FIRST,
    Load,
    added,
    as_a_whole,
    compared,
    doing,
    loads,
    own,
    tally,
    together,
    weeks,
)
from domain.directive import LeadMode
from domain.ledger import EntryKind
from domain.situation import Situation
from domain.standing import Official
from tests.world import (
    CAU,
    HUYEN,
    PROJECTS,
    TAN_THANH,
    UNDATED,
    VU_LE,
    day,
    entry,
    on,
    started,
    variant,
)

STARTED = started("20/6/2024", CAU)
"""The bridge in time; the road not at all."""


def in_july() -> Situation:
    return on("3/7/2024 08:00", (*PROJECTS, STARTED))


def test_who_leads_has_the_whole_and_others_their_own_subjects() -> None:
    found = in_july()
    assert doing(found) == (HUYEN, TAN_THANH, VU_LE)
    assert own(found, HUYEN) == tuple(map(found.whole, found.tracks))
    assert [one.subject.code for one in own(found, TAN_THANH) if one.subject] == [CAU] * 3
    assert own(found, "so-y-te") == ()


def test_a_piece_of_work_is_as_its_worst_milestone() -> None:
    found = in_july()
    classes = {unit: together(own(found, unit)) for unit in doing(found)}
    assert classes == {HUYEN: Official.OPEN_OVERDUE, TAN_THANH: Official.OPEN_IN_TIME, VU_LE: Official.OPEN_OVERDUE}
    assert as_a_whole(found) is Official.OPEN_OVERDUE
    assert together(()) is None


def test_a_unit_that_leads_for_itself_is_its_own_subject() -> None:
    alone = variant(lead=(TAN_THANH, VU_LE), lead_mode=LeadMode.EACH)
    found = on("3/7/2024 08:00", (), alone)
    assert doing(found) == (TAN_THANH, VU_LE)
    assert {one.subject.code for one in own(found, VU_LE) if one.subject} == {VU_LE}


def test_every_class_is_weighed() -> None:
    assert set(WORST_FIRST) == set(Official)
    cancelled = on("3/7/2024 08:00", (entry(EntryKind.CANCEL, "1/7/2024", actor="theo-doi"),))
    assert as_a_whole(cancelled) is Official.CANCELLED


def test_shares_name_two_denominators() -> None:
    found = tally(
        [
            *[Official.DONE_ON_TIME] * 3,
            Official.DONE_LATE,
            Official.OPEN_OVERDUE,
            Official.OPEN_IN_TIME,
            Official.NO_DUE,
            Official.SUSPENDED,
        ]
    )
    assert (found.total, found.due) == (8, 5)
    assert (found.share_of_all, found.share_of_due) == (Decimal("37.5"), Decimal(60))
    nothing = tally(())
    assert (nothing.total, nothing.share_of_all, nothing.share_of_due) == (0, None, None)


def test_the_units_are_counted_and_added() -> None:
    found = compared([in_july(), on("3/7/2024 08:00", (), UNDATED)])
    assert {unit: dict(one.counts) for unit, one in found.items()} == {
        HUYEN: {Official.OPEN_OVERDUE: 1, Official.NO_DUE: 1},
        TAN_THANH: {Official.OPEN_IN_TIME: 1},
        VU_LE: {Official.OPEN_OVERDUE: 1},
    }
    total = added(found.values())
    assert total.total == sum(one.total for one in found.values()) == 4
    assert total.of(Official.OPEN_OVERDUE) == 2


def test_work_without_any_milestone_yet_is_not_counted() -> None:
    """Of what comes again nothing may have come yet; and a group may be of nobody."""
    assert compared([replace(in_july(), tracks=(), standings=())]) == {}
    assert compared([on("3/7/2024 08:00", (), variant(lead=("nhom-khong-co",)))]) == {}


def test_weeks_begin_on_monday_around_today() -> None:
    assert weeks(day("3/7/2024"), 1, 2) == tuple(date(2024, 6, 24) + timedelta(weeks=number) for number in range(4))


def test_what_falls_due_is_laid_out_by_week() -> None:
    mondays = weeks(day("3/7/2024"), 0, 13)
    found = loads([in_july()], mondays)
    assert found[HUYEN][0] == Load(due=0, late=1), "late from the week before: it counts in the first"
    assert found[HUYEN][13] == Load(due=1, late=0), "30/9/2024 is the Monday of the last"
    assert found[TAN_THANH][0] == Load()
    assert found[VU_LE][0] == Load(late=1)
    assert sum(load.due + load.late for row in found.values() for load in row) == 5
    assert loads([on("3/7/2024 08:00", (), UNDATED)], mondays) == {}


@pytest.mark.parametrize(("when", "late"), [("30/6/2024 23:59", 0), ("1/7/2024 00:00", 1)])
def test_a_due_of_this_week_is_late_from_its_own_moment(when: str, late: int) -> None:
    found = loads([on(when, PROJECTS)], weeks(day("30/6/2024"), 0, 0))
    assert found[HUYEN] == (Load(due=1 - late, late=late),)
