"""Why a planned row must not go out any more."""

from __future__ import annotations

import pytest

from domain.ledger import Entry, EntryKind
from domain.office import Interval, Post, Role
from domain.outbox import Delivery, Reason, State
from domain.overtaken import overtaken_by
from domain.reminders import decide
from domain.situation import Rules
from tests.world import (
    CAU,
    DUONG,
    PEOPLE,
    PROJECTS,
    RULES,
    START,
    TAN_THANH,
    TINH_HINH,
    UNDATED,
    VU_LE,
    day,
    enrol,
    entry,
    grant,
    live,
    on,
    person,
    report,
    rules,
    started,
    variant,
)

ALONE = variant(START)
FRIDAY = ["22/4/2024", "21/6/2024", "28/6/2024"]


def row_of(rung: str, who: str, given: Rules = RULES) -> Delivery:
    """A row planned on Friday 28/6 at 07:30 and not sent yet."""
    rows = live(FRIDAY, PROJECTS, ALONE, given)
    return next(row for row in rows if (row.key.rung, row.key.person) == (rung, who))


def note(row: Delivery, *since: Entry, given: Rules = RULES) -> str | None:
    return overtaken_by(on("28/6/2024 16:30", (*PROJECTS, *since), ALONE, given), row)


LEADS = row_of("before-0", "dau-moi-huyen")
VU_LES = row_of("before-0", "dau-moi-vu-le")


def test_a_row_that_is_still_true_stays() -> None:
    rows = live(FRIDAY, PROJECTS, ALONE)
    assert {note(row) for row in rows if row.state is State.PLANNED} == {None}


def test_what_was_done_in_the_meantime_is_not_urged() -> None:
    by_cau, by_duong = started("28/6/2024 08:00", CAU), started("28/6/2024 08:00", DUONG)
    assert note(VU_LES, by_duong) == "các đối tượng của lượt nhắc này đã hoàn thành"
    assert note(VU_LES, by_cau) is None
    assert note(LEADS, by_duong) is None
    assert note(LEADS, by_cau, by_duong) == "mốc đã hoàn thành hoặc không còn phải thực hiện"


def test_a_cancelled_directive_is_not_urged() -> None:
    cancelled = entry(EntryKind.CANCEL, "28/6/2024 08:00")
    assert note(LEADS, cancelled) == "mốc đã hoàn thành hoặc không còn phải thực hiện"


def test_a_due_that_was_moved_is_not_urged_but_lists_of_the_whole_still_are() -> None:
    granted = grant("khoi-cong", "31/7/2024", "28/6/2024 08:00")
    assert note(LEADS, granted) == "hạn đã thay đổi"
    assert note(row_of("assigned", "dau-moi-huyen"), granted) is None


def test_who_acknowledged_since_is_left_alone_unless_told_as_head_or_monitor() -> None:
    said = entry(EntryKind.ACKNOWLEDGE, "28/6/2024 08:00", actor="dau-moi-vu-le")
    assert note(VU_LES, said) == "người nhận đã báo tiếp nhận"
    assert note(LEADS, said) is None
    assert note(row_of("enrolled", "dau-moi-vu-le"), said) is None
    as_head = VU_LES.model_copy(update={"reason": Reason.HEAD})
    assert note(as_head, said) is None


def test_who_left_the_post_since_is_not_told_in_place_of_the_successor() -> None:
    until = Post(unit=VU_LE, role=Role.FOCAL, valid=Interval(to=day("27/6/2024")))
    others = [one for one in PEOPLE if one.code != "dau-moi-vu-le"]
    given = rules(people=[*others, person("dau-moi-vu-le", until)])
    assert note(VU_LES, given=given) == "việc này không còn phải nhắc người nhận"


@pytest.mark.parametrize(("to", "expected"), [(TAN_THANH, "việc này không còn phải nhắc người nhận"), (VU_LE, None)])
def test_a_project_handed_over_since_is_urged_of_the_new_unit(to: str, expected: str | None) -> None:
    assert note(VU_LES, entry(EntryKind.HAND_OVER, "28/6/2024 08:00", subject=DUONG, unit=to)) == expected


def test_a_rung_the_policy_no_longer_has_goes_out_as_decided() -> None:
    fewer = RULES.policy.ladder.model_copy(update={"before": (30, 14, 7)})
    assert note(LEADS, given=rules(ladder=fewer)) is None


def test_a_word_given_in_the_meantime_is_not_asked_for() -> None:
    (row,) = [row for row in live(["17/6/2024"], (), UNDATED) if row.key.rung == "word-2024-q2"]
    said = report(TINH_HINH, "Đã họp giao ban", "17/6/2024", recorded="17/6/2024 08:00")
    found = overtaken_by(on("17/6/2024 09:00", (said,), UNDATED), row)
    assert found == "việc này không còn phải nhắc người nhận"


def test_a_decision_names_the_overtaken_among_the_planned_only() -> None:
    done = (*PROJECTS, started("28/6/2024 08:00", CAU), started("28/6/2024 08:00", DUONG))
    sent = LEADS.model_copy(update={"state": State.ACCEPTED})
    decision = decide(on("28/6/2024 16:30", done, ALONE), [sent, VU_LES])
    assert decision.new == ()
    assert decision.overtaken == ((VU_LES.key, "mốc đã hoàn thành hoặc không còn phải thực hiện"),)


def test_a_row_of_several_subjects_stays_while_one_is_open() -> None:
    known = (*PROJECTS, enrol("truong", VU_LE, "22/4/2024"))
    row = next(
        row for row in live(FRIDAY, known, ALONE) if (row.key.rung, row.key.person) == ("before-0", "dau-moi-vu-le")
    )
    assert row.subjects == (DUONG, "truong")
    done = started("28/6/2024 08:00", DUONG)
    assert overtaken_by(on("28/6/2024 16:30", (*known, done), ALONE), row) is None
