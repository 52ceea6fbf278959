"""When a reminder is born: a rung fires once, when it has passed and has no row."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from domain.directive import LeadMode
from domain.due import DueSpec
from domain.ledger import Entry, EntryKind
from domain.outbox import Delivery, Reason, State
from domain.reminders import decide
from domain.workdays import days
from tests.world import (
    CAU,
    DUONG,
    FOOTNOTE_8,
    FORTY,
    PROJECTS,
    START,
    TAN_THANH,
    TINH_HINH,
    UNDATED,
    changed,
    day,
    disbursed,
    enrol,
    entry,
    grant,
    instant,
    live,
    on,
    report,
    started,
    variant,
)

LEAD, DAU_MOI_TAN_THANH, DAU_MOI_VU_LE = "dau-moi-huyen", "dau-moi-tan-thanh", "dau-moi-vu-le"
ALONE = variant(START)
"""Khởi công only, without its followers."""


def told(rows: Iterable[Delivery], person: str = LEAD, *states: State) -> list[str]:
    """Rungs of the rows for one person, in any or the given states."""
    return [row.key.rung for row in rows if row.key.person == person and (not states or row.state in states)]


def ladder(rows: Iterable[Delivery], person: str = LEAD, *states: State) -> list[str]:
    return told((row for row in rows if row.key.on_ladder), person, *states)


# --------------------------------------------------------------------------------------------- once, when it has passed


def test_a_rung_fires_the_moment_it_passes_and_not_before() -> None:
    assert decide(on("31/5/2024 07:29", (), ALONE), live(["22/4/2024"], (), ALONE)).new == ()
    (new,) = decide(on("31/5/2024 07:30", (), ALONE), live(["22/4/2024"], (), ALONE)).new
    assert (new.key.rung, new.key.occurrence, new.key.person) == ("before-30", "2024-06-30", LEAD)
    assert (new.rung_at, new.not_before) == (instant("31/5/2024 07:30"), instant("31/5/2024 07:30"))


def test_the_whole_ladder_of_khoi_cong_each_rung_once() -> None:
    dates = ("22/4/2024", "31/5/2024", "14/6/2024", "21/6/2024", "27/6/2024", "28/6/2024", "1/7/2024", "4/7/2024")
    rows = live([one for one in dates for _ in range(3)], (), ALONE)  # asking again changes nothing
    assert told(rows, LEAD, State.PLANNED) == [
        "assigned",
        "before-30",
        "before-14",
        "before-7",
        "before-3",
        "before-1",
        "before-0",  # both on Friday 28/6: a row each
        "overdue-1",
        "overdue-4",
    ]
    assert len({row.key for row in rows}) == len(rows)


def test_a_late_look_fires_what_a_punctual_one_would_have() -> None:
    rows = live(["22/4/2024"], (), ALONE)
    (new,) = decide(on("1/6/2024 13:13", (), ALONE), rows).new  # a Saturday
    assert new.key.rung == "before-30"
    assert new.rung_at == instant("31/5/2024 07:30")
    assert new.not_before == instant("3/6/2024 07:30")


def test_after_an_outage_the_latest_rung_speaks_and_every_rung_has_its_row() -> None:
    rows = live(["22/4/2024"], (), ALONE)
    rows += decide(on("5/7/2024 09:00", (), ALONE), rows).new
    assert ladder(rows, LEAD, State.PLANNED) == ["overdue-4"]
    assert ladder(rows, LEAD, State.COALESCED) == [
        *("before-30", "before-14", "before-7", "before-3", "before-1", "before-0", "overdue-1"),
    ]
    assert {row.note for row in rows if row.state is State.COALESCED} == {"gộp vào lượt nhắc sau cùng thời điểm gửi"}


@pytest.mark.parametrize("back", ["28/6/2024", "1/7/2024", "5/7/2024", "20/8/2024"])
def test_an_outage_loses_no_rung_and_repeats_none(back: str) -> None:
    every_day = [f"{one:%d/%m/%Y}" for one in days(day("22/4/2024"), day(back))]
    punctual, after_outage = live(every_day, PROJECTS), live(["22/4/2024", back], PROJECTS)
    assert {row.key for row in after_outage} == {row.key for row in punctual}
    assert decide(on(f"{back} 07:30", PROJECTS), after_outage).new == ()


def test_rungs_made_meaningless_during_an_outage_are_not_made_up_for() -> None:
    known = (*PROJECTS, started("15/6/2024", CAU))
    rows = live(["22/4/2024", "1/7/2024"], known, ALONE)
    assert ladder(rows, DAU_MOI_TAN_THANH) == []
    assert ladder(rows, DAU_MOI_VU_LE, State.PLANNED) == ["overdue-1"]


def test_rungs_before_the_start_leave_a_row_and_are_never_sent() -> None:
    late_start = variant(START, starts=day("17/6/2024"))
    rows = live(["17/6/2024", "21/6/2024"], (), late_start)
    assert ladder(rows, LEAD, State.BEFORE_START) == ["before-30", "before-14"]
    assert told(rows, LEAD, State.PLANNED) == ["assigned", "before-7"]


def test_nothing_comes_before_the_directive_starts() -> None:
    assert decide(on("19/4/2024 17:00", PROJECTS), ()).new == ()


# ----------------------------------------------------------------------------------------------------- when a due moves


def test_an_extension_arms_the_rungs_ahead_and_only_those() -> None:
    granted = grant("khoi-cong", "31/7/2024", "26/6/2024 10:00")
    before = ("22/4/2024", "31/5/2024", "14/6/2024", "21/6/2024")
    rows = live([*before, "27/6/2024", "1/7/2024", "17/7/2024"], (granted,), ALONE)
    of_old = told((row for row in rows if row.key.occurrence == "2024-06-30"), LEAD)
    assert of_old == ["before-30", "before-14", "before-7"]  # what had been said before the grant
    of_new = [row for row in rows if row.key.occurrence == "2024-07-31"]
    assert told(of_new) == told(of_new, LEAD, State.PLANNED) == ["before-30", "before-14"]


def test_rungs_of_the_new_due_that_had_passed_are_not_made_up_for() -> None:
    granted = grant("khoi-cong", "10/7/2024", "28/6/2024 10:00")
    rows = live(["22/4/2024", "27/6/2024", "28/6/2024", "1/7/2024"], (granted,), ALONE)
    of_new = [(row.key.rung, row.state) for row in rows if row.key.occurrence == "2024-07-10"]
    # 10/6, 26/6 and 3/7 would be the days; the grant came on 28/6
    assert of_new == [("before-30", State.BEFORE_START), ("before-14", State.BEFORE_START)]


def test_a_rung_whose_instant_did_not_move_is_not_fired_again() -> None:
    friday = variant(changed(START, due=DueSpec(phrase="", date=day("28/6/2024"))))
    rows = live(["22/4/2024", "28/6/2024"], (), ALONE)  # due on Sunday 30/6: before-0 on Friday 28/6
    sent = [row.model_copy(update={"state": State.ACCEPTED}) for row in rows]
    again = decide(on("28/6/2024 08:00", (), friday), sent).new
    assert "before-0" not in told(again)
    assert "before-3" in told(again)  # 25/6 rather than 27/6: it moved


def test_a_row_overtaken_by_a_new_due_before_it_went_out_is_replaced() -> None:
    friday = variant(changed(START, due=DueSpec(phrase="", date=day("28/6/2024"))))
    waiting = [row for row in live(["22/4/2024", "28/6/2024"], (), ALONE) if row.key.rung == "before-0"]
    decision = decide(on("28/6/2024 08:00", (), friday), waiting)
    assert ("before-0", "2024-06-28") in [(row.key.rung, row.key.occurrence) for row in decision.new]
    assert (waiting[0].key, "hạn đã thay đổi") in decision.overtaken


def test_subjects_on_two_dues_make_one_row_of_what_concerns_the_whole() -> None:
    granted = grant("khoi-cong", "31/7/2024", "20/4/2024", DUONG)
    rows = live(["22/4/2024"], (*PROJECTS, granted), ALONE)
    assert len({row.key for row in rows}) == len(rows)
    assert told(rows, LEAD) == ["assigned"]


def test_one_list_names_the_subjects_of_both_dues() -> None:
    granted = grant("khoi-cong", "5/7/2024", "20/4/2024", DUONG)
    (listed,) = [row for row in live(["24/6/2024"], (*PROJECTS, granted), ALONE) if row.key.rung == "watch-2024-w26"]
    assert listed.subjects == (CAU, DUONG)


def test_a_rung_of_one_due_never_swallows_a_rung_of_the_other() -> None:
    granted = grant("khoi-cong", "31/7/2024", "20/4/2024", DUONG)
    rows = live(["22/4/2024", "5/7/2024"], (*PROJECTS, granted), ALONE)  # away from 23/4 to 4/7
    speaking = [row for row in rows if row.key.on_ladder and row.key.person == LEAD and row.state is State.PLANNED]
    assert [(row.key.rung, row.subjects) for row in speaking] == [("overdue-4", (CAU,)), ("before-30", (DUONG,))]


def test_a_due_armed_by_an_event_is_urged_from_then_on() -> None:
    within = DueSpec.model_validate({"phrase": "", "within": {"days": 20, "event": "khoi-cong"}})
    directive = variant(START, changed(FORTY, due=within))
    known = (started("3/6/2024", recorded="18/6/2024 10:00"),)
    rows = live(["22/4/2024", "17/6/2024", "19/6/2024", "20/6/2024"], known, directive)
    of_due = [
        (row.key.rung, row.state) for row in rows if row.key.occurrence == "2024-06-24" and row.key.person == LEAD
    ]
    assert of_due == [
        ("before-30", State.BEFORE_START),
        ("before-14", State.BEFORE_START),
        ("before-7", State.BEFORE_START),
    ]


# ---------------------------------------------------------------------------------------------- lists, words, newcomers


def words(dates: list[str], *known: Entry) -> list[str]:
    return [row.key.rung for row in live(dates, known, UNDATED) if row.key.rung.startswith("word")]


def test_a_word_is_asked_each_quarter_unless_one_was_given() -> None:
    dates = ["22/4/2024", "17/6/2024", "16/9/2024", "16/12/2024"]
    assert words(dates) == ["word-2024-q2", "word-2024-q3", "word-2024-q4"]
    said = report(TINH_HINH, "Đã họp giao ban", "10/9/2024")
    assert words(dates, said) == ["word-2024-q2", "word-2024-q4"]
    long_ago = report(TINH_HINH, "Đã họp giao ban", "17/6/2024", recorded="18/6/2024")
    assert words(dates, long_ago) == ["word-2024-q2", "word-2024-q3", "word-2024-q4"]


def test_of_several_lead_units_only_the_silent_are_asked() -> None:
    each = UNDATED.model_copy(update={"lead": ("cac-xa",), "lead_mode": LeadMode.EACH})
    said = report(TINH_HINH, "Đã họp giao ban", "10/9/2024", TAN_THANH)
    rows = [row for row in live(["16/9/2024"], (said,), each) if row.key.rung == "word-2024-q3"]
    assert [row.key.person for row in rows] == [DAU_MOI_VU_LE]
    both = (said, report(TINH_HINH, "Đã họp", "11/9/2024", "xa-vu-le"))
    assert not [row for row in live(["16/9/2024"], both, each) if row.key.rung == "word-2024-q3"]


def test_the_monitor_gets_a_list_each_week_from_two_weeks_before_the_due() -> None:
    rows = live(["10/6/2024", "17/6/2024", "24/6/2024"], PROJECTS)
    assert told(rows, "theo-doi", State.PLANNED) == ["watch-2024-w25", "watch-2024-w26"]
    assert {row.reason for row in rows if row.key.person == "theo-doi"} == {Reason.MONITOR}


def test_weeks_missed_are_one_list() -> None:
    rows = live(["10/6/2024", "24/6/2024"], PROJECTS)
    assert told(rows, "theo-doi", State.COALESCED) == ["watch-2024-w25"]
    assert told(rows, "theo-doi", State.PLANNED) == ["watch-2024-w26"]


def test_a_unit_is_told_of_its_new_subject_on_the_next_working_day() -> None:
    later = enrol("truong", TAN_THANH, "3/6/2024 10:00")
    known = (*PROJECTS, later)
    rows = live(["22/4/2024", "31/5/2024", "3/6/2024", "4/6/2024"], known, ALONE)
    newly = [(row.key.occurrence, row.subjects) for row in rows if row.key.rung == "enrolled"]
    assert newly == [("2024-04-19", (CAU,)), ("2024-04-19", (DUONG,)), ("2024-06-03", ("truong",))]


def test_newcomers_of_two_days_are_both_told_of_after_an_outage() -> None:
    known = (enrol(CAU, TAN_THANH, "22/4/2024"), enrol(DUONG, TAN_THANH, "23/4/2024"))
    rows = [row for row in live(["26/4/2024"], known, ALONE) if row.key.rung == "enrolled"]
    assert [(row.subjects, row.state) for row in rows] == [((CAU,), State.PLANNED), ((DUONG,), State.PLANNED)]


def test_a_new_unit_is_not_urged_for_the_time_before_it_came() -> None:
    known = (PROJECTS[0], enrol(DUONG, "xa-vu-le", "17/6/2024 10:00"))
    rows = live(["22/4/2024", "31/5/2024", "14/6/2024", "18/6/2024", "21/6/2024"], known, ALONE)
    assert ladder(rows, DAU_MOI_VU_LE, State.BEFORE_START) == ["before-30", "before-14"]
    assert told(rows, DAU_MOI_VU_LE, State.PLANNED) == ["enrolled", "before-7"]


def test_nobody_is_told_what_they_just_did_themselves() -> None:
    own = enrol(CAU, TAN_THANH, "22/4/2024", actor=DAU_MOI_TAN_THANH)
    by_others = enrol(DUONG, TAN_THANH, "22/4/2024")
    rows = [row for row in live(["23/4/2024"], (own, by_others), ALONE) if row.key.rung == "enrolled"]
    assert [(row.key.person, row.subjects) for row in rows] == [(DAU_MOI_TAN_THANH, (DUONG,))]
    assert not [row for row in live(["23/4/2024"], (own,), ALONE) if row.key.rung == "enrolled"]


# -------------------------------------------------------------------------------------------------------- what stops it


@pytest.mark.parametrize("kind", [EntryKind.CANCEL, EntryKind.SUSPEND])
def test_met_cancelled_or_suspended_stops_all(kind: EntryKind) -> None:
    for stop in (started("15/6/2024"), entry(kind, "15/6/2024")):
        rows = live(["22/4/2024", "31/5/2024", "14/6/2024"], (stop,), ALONE)
        assert decide(on("31/7/2024", (stop,), ALONE), rows).new == ()


def test_a_milestone_that_is_met_does_not_stop_the_next() -> None:
    known = (started("15/6/2024"), disbursed("10%", "20/6/2024"))
    rows = live(["22/4/2024", "30/8/2024"], known, FOOTNOTE_8)
    assert ladder(rows) == ["before-30"]
