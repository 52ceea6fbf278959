"""What another calendar, policy or wording moves, and how it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from domain.changes import TrackChange, changed_days, compare, pairs
from domain.changes_said import policy_changes, reasons, rung_name, said
from domain.directive import Directive
from domain.due import BeforeDay
from domain.ledger import Entry
from domain.situation import Rules, Situation
from domain.workdays import Special, layered
from tests.world import (
    CALENDAR,
    FORTY,
    NOTICE,
    POLICY,
    PROJECTS,
    RULES,
    START,
    UNDATED,
    changed,
    day,
    grant,
    on,
    rules,
    started,
    variant,
)

ALONE = variant(START, coordinating=())
PERIOD = variant(
    changed(START, due={"phrase": "trong 15 ngày làm việc", "within": {"working_days": 15, "of": "issued"}}),
    notice=NOTICE.model_copy(update={"issued": day("3/6/2024")}),
)
WRITTEN = "Hạn chuyển từ 24/6/2024 (trễ từ 00:00 ngày 25/6/2024, nên xong trước 17:00 ngày 24/6/2024)"


def with_letter(off: str, worked: str, source: str = "1999/VPCP-KGVX", given: Rules = RULES) -> Rules:
    """The rules with two days swapped by a letter."""
    letter = (
        Special(day(off), works=False, name="", source=source),
        Special(day(worked), works=True, name="", source=""),
    )
    return replace(given, calendar=replace(CALENDAR, version="sau", specials=layered(CALENDAR.specials, letter)))


SWAPPED = with_letter("28/6/2024", "6/7/2024")


def both(
    when: str,
    given: Rules = SWAPPED,
    old: Directive = ALONE,
    new: Directive | None = None,
    known: tuple[Entry, ...] = (),
) -> tuple[Situation, Situation]:
    return on(when, known, old), on(when, known, new or old, given)


def told(found: tuple[Situation, Situation]) -> list[tuple[str, tuple[str, ...]]]:
    """What moved, and why."""
    return [(said(change), reasons(*found, change)) for change in compare(*found)]


# ------------------------------------------------------------------------------------------------------------- calendar


def test_days_that_differ_are_those_worked_in_one_calendar_only() -> None:
    assert changed_days(CALENDAR, SWAPPED.calendar) == (day("28/6/2024"), day("6/7/2024"))
    assert changed_days(CALENDAR, CALENDAR) == ()
    shorter = replace(CALENDAR, last=day("30/6/2024"))
    assert changed_days(shorter, SWAPPED.calendar) == (day("28/6/2024"),)


def test_rungs_ahead_move_with_the_days_they_stand_on_and_the_letter_is_named() -> None:
    ((what, why),) = told(both("24/6/2024 08:00"))
    assert what.startswith(
        "Hạn 30/6/2024 giữ nguyên, nên xong trước 17:00 ngày 27/6/2024, trước đây là 17:00 ngày 28/6/2024. Lần nhắc: "
    )
    assert "trước hạn 1 ngày từ 28/6/2024 sang 27/6/2024; ngày cuối của hạn từ 28/6/2024 sang 27/6/2024" in what
    assert "quá hạn 9 ngày làm việc từ 11/7/2024 sang 10/7/2024" in what
    assert "trước hạn 3 ngày" not in what
    (reason,) = why
    assert reason.startswith(f"lịch làm việc đổi (phiên bản {CALENDAR.version} → sau): 28/6/2024 thành ngày nghỉ ")
    assert reason.endswith("(1999/VPCP-KGVX); 06/7/2024 thành ngày làm việc")


def test_a_rung_alone_names_the_day_it_moved_over_and_no_other() -> None:
    ((what, why),) = told(both("10/6/2024 08:00", with_letter("21/6/2024", "14/12/2024")))
    assert what == "Lần nhắc: trước hạn 7 ngày từ 21/6/2024 sang 20/6/2024"
    assert why == (
        f"lịch làm việc đổi (phiên bản {CALENDAR.version} → sau): 21/6/2024 thành ngày nghỉ (1999/VPCP-KGVX)",
    )


def test_rungs_after_the_due_name_the_days_since_the_due() -> None:
    ((what, why),) = told(both("24/6/2024 08:00", with_letter("3/7/2024", "14/12/2024", source="")))
    assert what.startswith("Lần nhắc: quá hạn 4 ngày làm việc từ 04/7/2024 sang 05/7/2024; quá hạn 9 ngày làm việc ")
    assert why == (f"lịch làm việc đổi (phiên bản {CALENDAR.version} → sau): 03/7/2024 thành ngày nghỉ",)


def test_a_period_counted_in_working_days_moves_by_the_day_lost() -> None:
    found = both("10/6/2024 08:00", with_letter("13/6/2024", "14/12/2024"), PERIOD)
    ((what, why),) = told(found)
    assert what.startswith(
        f"{WRITTEN} sang 25/6/2024 (trễ từ 00:00 ngày 26/6/2024, nên xong trước 17:00 ngày 25/6/2024)"
    )
    assert "13/6/2024 thành ngày nghỉ (1999/VPCP-KGVX)" in why[0]
    (change,) = compare(*found)
    assert change.due_moved
    assert change.judged_anew
    assert "Lần nhắc" not in said(replace(change, rungs=()))


def test_what_is_past_on_both_sides_moves_nobody() -> None:
    found = both("24/6/2024 08:00", with_letter("14/6/2024", "22/6/2024"))
    rungs = [{rung.id: f"{rung.at:%d/%m}" for rung in one.rungs(one.tracks[0], one.as_of)} for one in found]
    assert [days["before-14"] for days in rungs] == ["14/06", "13/06"]
    assert told(found) == []


def test_what_is_done_or_lies_elsewhere_in_the_year_does_not_move() -> None:
    done = (started("20/6/2024 08:00"),)
    assert told(both("24/6/2024 08:00", known=done)) == []
    assert told(both("24/6/2024 08:00", with_letter("16/12/2024", "21/12/2024"))) == []


def test_an_undated_milestone_is_asked_on_another_day() -> None:
    ((what, why),) = told(both("10/6/2024 08:00", with_letter("17/6/2024", "14/12/2024"), UNDATED))
    assert what == "Lần nhắc: hỏi tình hình hằng quý từ 17/6/2024 sang 18/6/2024"
    assert why[0].endswith("17/6/2024 thành ngày nghỉ (1999/VPCP-KGVX)")


# --------------------------------------------------------------------------------------------------------------- policy


def test_another_ladder_adds_and_drops_rungs() -> None:
    fewer = POLICY.ladder.model_copy(update={"before": (10, 3, 1, 0)})
    given = rules(ladder=fewer, coordinating_rungs=("assigned",))
    ((what, why),) = told(both("10/6/2024 08:00", given))
    assert what == (
        "Lần nhắc: trước hạn 14 ngày bỏ ngày 14/6/2024; trước hạn 10 ngày thêm ngày 20/6/2024; "
        "trước hạn 7 ngày bỏ ngày 21/6/2024"
    )
    assert why == ("quy chế nhắc việc đổi: nấc nhắc",)


def test_another_hour_of_the_same_morning_moves_nothing() -> None:
    window = POLICY.window.model_copy(update={"opens": time(8), "closes": time(16, 30)})
    assert told(both("10/6/2024 08:00", rules(window=window))) == []
    assert policy_changes(POLICY, POLICY.model_copy(update={"window": window})) == ("window",)


def test_another_reading_of_before_a_day_moves_the_instant_that_is_late() -> None:
    before = variant(changed(START, due={"phrase": "trước ngày 27/6/2024", "date": "2024-06-27", "bound": "exclusive"}))
    ((what, why),) = told(both("10/6/2024 08:00", rules(truoc_ngay=BeforeDay.LENIENT), before))
    assert what.startswith("Hạn chuyển từ 27/6/2024 (trễ từ 00:00 ngày 27/6/2024")
    assert why == ("quy chế nhắc việc đổi: cách hiểu “trước ngày”",)


# -------------------------------------------------------------------------------------------------------------- wording


def test_another_date_in_the_text_is_the_reason_itself() -> None:
    later = variant(changed(START, due={"phrase": "đến hết ngày 31/7/2024", "date": "2024-07-31"}), coordinating=())
    ((what, why),) = told(both("10/6/2024 08:00", RULES, ALONE, later))
    assert " sang 31/7/2024 (" in what
    assert why == ("hạn ghi trong nhiệm vụ được sửa: “chậm nhất trong tháng 6/2024” → “đến hết ngày 31/7/2024”",)


def test_a_due_that_comes_where_there_was_none() -> None:
    undated = variant(changed(START, due=None), coordinating=())
    ((what, why),) = told(both("10/6/2024 08:00", RULES, undated, ALONE))
    assert what.startswith("Hạn chuyển từ chưa có hạn sang 30/6/2024")
    assert why == ("hạn ghi trong nhiệm vụ được sửa: không có hạn → “chậm nhất trong tháng 6/2024”",)


def test_a_period_from_another_day_of_issue() -> None:
    reissued = variant(*PERIOD.milestones, notice=NOTICE.model_copy(update={"issued": day("4/6/2024")}))
    ((what, why),) = told(both("10/6/2024 08:00", RULES, PERIOD, reissued))
    assert what.startswith(f"{WRITTEN} sang 25/6/2024")
    assert why == ("ngày ban hành, ngày nhận văn bản hoặc ngày bắt đầu được sửa",)


def test_a_milestone_that_comes_and_one_that_goes() -> None:
    more = variant(START, FORTY, coordinating=())
    (come,) = compare(*both("10/6/2024 08:00", RULES, ALONE, more))
    assert (come.before, come.track.milestone.id, come.due_moved) == (None, "giai-ngan-40", False)
    assert reasons(*both("10/6/2024 08:00", SWAPPED, ALONE, more), come) == ()
    (gone,) = compare(*both("10/6/2024 08:00", RULES, more, ALONE))
    assert (gone.after, gone.track.milestone.id, gone.dues[1]) == (None, "giai-ngan-40", None)
    assert {rung.after for rung in gone.rungs} == {None}
    assert said(gone).startswith("Lần nhắc: ")


# ------------------------------------------------------------------------------------------------------------- matching


def test_subjects_extended_singly_are_compared_with_themselves() -> None:
    granted = grant("khoi-cong", "31/7/2024", "10/6/2024", "cau")
    found = both("24/6/2024 08:00", with_letter("31/7/2024", "14/12/2024"), variant(START), known=(*PROJECTS, granted))
    assert [len(pair) for pair in pairs(*found)] == [2, 2]
    (change,) = compare(*found)
    assert [subject.code for subject in change.track.subjects] == ["cau"]


@pytest.mark.parametrize(
    ("rung", "name"),
    [
        ("before-7", "trước hạn 7 ngày"),
        ("before-0", "ngày cuối của hạn"),
        ("overdue-4", "quá hạn 4 ngày làm việc"),
        ("assigned", "khi giao việc"),
        ("enrolled", "khi ghi danh"),
        ("word-2024-q2", "hỏi tình hình hằng quý"),
    ],
)
def test_rungs_have_names(rung: str, name: str) -> None:
    assert rung_name(rung) == name


def test_a_change_without_any_side_is_none() -> None:
    with pytest.raises(AssertionError):
        _ = TrackChange(None, None, ()).track
