"""Where a milestone stands: late by the calendar, fresh by the reports, and what about it needs a person's eye."""

from __future__ import annotations

import pytest

from domain.directive import Quantifier
from domain.due import DueSpec
from domain.ledger import Entry, EntryKind
from domain.policy import Completion
from domain.standing import Freshness, Official, Recorded
from tests.world import (
    CAU,
    DUONG,
    FORTY,
    PROJECTS,
    START,
    UNDATED,
    changed,
    day,
    decided,
    disbursed,
    enrol,
    entry,
    grant,
    on,
    plan,
    rules,
    standing,
    started,
    variant,
)


def official(when: str, *entries: Entry, milestone: str = "khoi-cong", subject: str | None = None) -> str:
    return standing(on(when, entries), milestone, subject).official


# ------------------------------------------------------------------------------------------------------- the two by two


def test_the_due_day_itself_is_in_time_until_its_last_instant() -> None:
    assert official("30/6/2024") == "open_in_time"
    assert official("30/6/2024 23:59") == "open_in_time"
    assert official("1/7/2024 00:00") == "open_overdue"


def test_31_12_is_in_time_on_31_12() -> None:
    assert official("31/12/2024", milestone="giai-ngan-100") == "open_in_time"
    paid = disbursed("100%", "31/12/2024")
    assert official("31/12/2024", paid, milestone="giai-ngan-100") == "done_on_time"


def test_what_was_true_in_time_is_in_time_however_late_it_is_written_down() -> None:
    said = started("30/6/2024", recorded="5/7/2024")
    assert official("4/7/2024", said) == "open_overdue"
    assert official("5/7/2024", said) == "done_on_time"


def test_done_late_stays_late() -> None:
    reports = (disbursed("39%", "20/9/2024"), disbursed("45%", "15/10/2024"), disbursed("70%", "1/12/2024"))
    assert official("14/10/2024", *reports, milestone="giai-ngan-40") == "open_overdue"
    assert official("15/10/2024", *reports, milestone="giai-ngan-40") == "done_late"
    assert official("31/12/2024", *reports, milestone="giai-ngan-40") == "done_late"


def test_an_extension_moves_the_judged_day_and_keeps_the_original_in_sight() -> None:
    found = standing(on("15/7/2024", (grant("khoi-cong", "31/7/2024", "20/6/2024"),)), "khoi-cong")
    assert (found.official, found.overdue, found.open) == (Official.OPEN_IN_TIME, False, True)
    assert found.due is not None
    assert found.due.original == day("30/6/2024")


def test_a_return_reopens_and_cancels_the_lateness_of_nothing() -> None:
    said = started("28/6/2024")
    back = decided(EntryKind.RETURN, said, "3/7/2024")
    assert [official(when, said, back) for when in ("2/7/2024", "3/7/2024")] == ["done_on_time", "open_overdue"]


@pytest.mark.parametrize(("clock", "judged"), [("09:59", "done_on_time"), ("10:00", "done_late")])
def test_a_due_with_a_clock_time_is_judged_to_the_minute(clock: str, judged: str) -> None:
    at_ten = DueSpec.model_validate({"phrase": "trước 10 giờ", "date": "2024-06-28", "bound": "at", "time": "10:00"})
    directive = variant(changed(START, due=at_ten))
    found = standing(on("1/7/2024", (started(f"28/6/2024 {clock}"),), directive), "khoi-cong")
    assert (found.official, found.findings) == (judged, ())
    (asked,) = standing(on("1/7/2024", (started("28/6/2024"),), directive), "khoi-cong").findings
    assert "hạn có giờ, báo cáo ngày 28/6/2024 cần ghi giờ" in asked.message


def test_before_a_day_the_day_itself_is_late() -> None:
    before = changed(START, due=DueSpec.model_validate({"phrase": "", "date": "2024-06-28", "bound": "exclusive"}))
    reports = [started("27/6/2024"), started("28/6/2024")]
    found = [standing(on("1/7/2024", (one,), variant(before)), "khoi-cong").official for one in reports]
    assert found == [Official.DONE_ON_TIME, Official.DONE_LATE]


# ---------------------------------------------------------------------------------------------- no due, stopped, undone


def test_undated_work_is_never_red() -> None:
    found = standing(on("31/12/2025", (), UNDATED), "tinh-hinh")
    assert (found.official, found.open, found.overdue) == (Official.NO_DUE, True, False)


def test_a_directive_is_suspended_resumed_and_cancelled() -> None:
    suspended, resumed = entry(EntryKind.SUSPEND, "1/7/2024"), entry(EntryKind.RESUME, "8/7/2024")
    cancelled = entry(EntryKind.CANCEL, "15/7/2024")
    days = ("30/6/2024", "1/7/2024", "8/7/2024", "15/7/2024")
    assert [official(one, suspended, resumed, cancelled) for one in days] == [
        "open_in_time",
        "suspended",
        "open_overdue",
        "cancelled",
    ]
    assert official("2/7/2024", started("28/6/2024"), suspended) == "done_on_time"
    assert official("16/7/2024", started("28/6/2024"), cancelled) == "cancelled"


def test_one_subject_stopped_leaves_the_others_running() -> None:
    stop = entry(EntryKind.SUSPEND, "1/7/2024", subject=CAU)
    known = (*PROJECTS, stop)
    found = [official("2/7/2024", *known, subject=one) for one in (CAU, DUONG, None)]
    assert found == ["suspended", "open_overdue", "open_overdue"]


@pytest.mark.parametrize(
    ("cau", "duong", "whole"),
    [
        (EntryKind.SUSPEND, EntryKind.SUSPEND, "suspended"),
        (EntryKind.SUSPEND, EntryKind.CANCEL, "suspended"),
        (EntryKind.SUSPEND, EntryKind.LEAVE, "suspended"),
        (EntryKind.CANCEL, EntryKind.CANCEL, "cancelled"),
        (EntryKind.LEAVE, EntryKind.LEAVE, "cancelled"),
        (EntryKind.LEAVE, EntryKind.CANCEL, "cancelled"),
    ],
)
def test_with_nobody_running_the_whole_is_stopped_not_overdue(cau: EntryKind, duong: EntryKind, whole: str) -> None:
    stops = (entry(cau, "1/7/2024", subject=CAU), entry(duong, "1/7/2024", subject=DUONG))
    assert official("2/7/2024", *PROJECTS, *stops) == whole


# --------------------------------------------------------------------------------------------- completion and freshness


def test_how_far_completion_has_come_on_paper() -> None:
    said = started("28/6/2024")
    accepted = decided(EntryKind.CONFIRM, said, "3/7/2024")
    known = [
        standing(on(when, (said, accepted)), "khoi-cong").recorded for when in ("27/6/2024", "2/7/2024", "3/7/2024")
    ]
    assert known == [Recorded.OPEN, Recorded.RECORDED, Recorded.CONFIRMED]
    strict = on("2/7/2024", (said, accepted), given=rules(completion=Completion.CONFIRMED))
    assert standing(strict, "khoi-cong").official is Official.OPEN_OVERDUE


def test_figures_are_stale_after_35_days() -> None:
    said = disbursed("10%", "1/6/2024")
    days = ("31/5/2024", "1/6/2024", "6/7/2024", "7/7/2024")
    assert [standing(on(one, (said,)), "giai-ngan-40").freshness for one in days] == [
        Freshness.NEVER,
        Freshness.FRESH,
        Freshness.FRESH,
        Freshness.STALE,
    ]


def test_the_whole_is_as_fresh_as_its_newest_subject() -> None:
    situation = on("31/8/2024", (*PROJECTS, disbursed("10%", "1/6/2024", CAU), disbursed("9%", "30/8/2024", DUONG)))
    found = [standing(situation, "giai-ngan-40", one).freshness for one in (CAU, DUONG, None)]
    assert found == [Freshness.STALE, Freshness.FRESH, Freshness.FRESH]


# -------------------------------------------------------------------------------------------------- totals and findings

TOTAL = variant(changed(FORTY, quantifier=Quantifier.TOTAL, follows=()))
PLANS = (plan("8 tỷ", "22/4/2024", CAU), plan("2 tỷ", "22/4/2024", DUONG))


def test_the_total_counts_the_subjects_in_force_at_the_due() -> None:
    paid = disbursed("45%", "20/9/2024", CAU)
    leaves = entry(EntryKind.LEAVE, "1/11/2024", subject=DUONG)
    comes = enrol("truong", None, "5/11/2024")
    big = plan("90 tỷ", "5/11/2024", "truong")
    found = standing(on("30/11/2024", (*PROJECTS, *PLANS, paid, leaves, comes, big), TOTAL), "giai-ngan-40")
    assert found.official is Official.OPEN_OVERDUE
    assert found.latest is not None
    assert found.latest.number == 36  # 3,6 of 8 + 2 tỷ: neither the one that left later nor the one that came later
    early = entry(EntryKind.LEAVE, "1/9/2024", subject=DUONG)
    found = standing(on("30/11/2024", (*PROJECTS, *PLANS, paid, early), TOTAL), "giai-ngan-40")
    assert found.official is Official.DONE_ON_TIME


def test_subjects_enrolled_only_after_the_due_are_counted_all_the_same() -> None:
    late = (enrol(CAU, None, "10/10/2024"), plan("8 tỷ", "10/10/2024", CAU), disbursed("45%", "11/10/2024", CAU))
    assert standing(on("31/10/2024", late, TOTAL), "giai-ngan-40").official is Official.DONE_LATE


def test_the_total_shown_is_the_one_judged() -> None:
    paid, stop = disbursed("45%", "20/9/2024", CAU), entry(EntryKind.SUSPEND, "1/9/2024", subject=DUONG)
    found = standing(on("25/9/2024", (*PROJECTS, *PLANS, paid, stop), TOTAL), "giai-ngan-40")
    assert found.official is Official.DONE_ON_TIME
    assert found.latest is not None
    assert found.latest.number == 45


@pytest.mark.parametrize("subject", [CAU, None])
def test_a_raised_plan_is_pointed_out_not_passed_over(subject: str | None) -> None:
    directive = TOTAL if subject is None else variant(changed(FORTY, follows=()))
    paid = (disbursed("45%", "20/9/2024", CAU), disbursed("45%", "20/9/2024", DUONG))
    raised = plan("16 tỷ", "1/10/2024", CAU)
    before, then = (on(when, (*PROJECTS, *PLANS, *paid, raised), directive) for when in ("30/9/2024", "1/10/2024"))
    assert standing(before, "giai-ngan-40", subject).findings == ()
    found = standing(then, "giai-ngan-40", subject)
    assert found.official is Official.DONE_ON_TIME
    assert "nay số liệu thấp hơn mức phải đạt" in found.findings[0].message


def test_a_plan_corrected_back_in_time_undoes_what_was_met_and_says_so() -> None:
    paid = disbursed("4 tỷ/8 tỷ", "20/9/2024")
    raised = plan("16 tỷ", "1/9/2024", recorded="5/10/2024")
    met, undone = (standing(on(when, (paid, raised)), "giai-ngan-40") for when in ("30/9/2024", "5/10/2024"))
    assert (met.official, met.findings) == (Official.DONE_ON_TIME, ())
    assert undone.official is Official.OPEN_OVERDUE
    assert "kết quả đã báo cáo không còn đạt" in undone.findings[0].message


def test_a_figure_that_falls_back_is_a_finding_and_undoes_nothing() -> None:
    found = standing(on("30/9/2024", (disbursed("41%", "1/9/2024"), disbursed("38%", "20/9/2024"))), "giai-ngan-40")
    assert found.official is Official.DONE_ON_TIME
    assert found.findings[0].message == (
        "Dự án khởi công mới năm 2024: Giải ngân 40%: đã đạt ngày 01/9/2024, "
        "nay số liệu thấp hơn mức phải đạt; đề nghị kiểm tra"
    )


# ------------------------------------------------------------------------------------------- what held on the due's day

TOGETHER = [
    *PROJECTS,
    plan("10 tỷ", "23/4/2024", CAU),
    plan("10 tỷ", "23/4/2024", DUONG),
    disbursed("3 tỷ/10 tỷ", "20/9/2024", CAU),
    disbursed("6 tỷ/10 tỷ", "20/9/2024", DUONG),
]
"""45% in total, met on the strength of the road."""
STOPS = (EntryKind.SUSPEND, EntryKind.CANCEL, EntryKind.LEAVE)


@pytest.mark.parametrize("kind", STOPS)
def test_a_total_that_was_met_is_not_undone_by_what_becomes_of_a_subject_after_the_due(kind: EntryKind) -> None:
    directive = variant(changed(FORTY, quantifier=Quantifier.TOTAL, follows=()))
    later = on("16/10/2024", [*TOGETHER, entry(kind, "15/10/2024", subject=DUONG)], directive)
    assert standing(later, "giai-ngan-40").official == "done_on_time"


@pytest.mark.parametrize(("kind", "expected"), [(one, "open_overdue") for one in STOPS])
def test_who_is_gone_by_the_due_is_not_counted_in_the_total(kind: EntryKind, expected: str) -> None:
    directive = variant(changed(FORTY, quantifier=Quantifier.TOTAL, follows=()))
    gone = entry(kind, "25/9/2024", subject=DUONG)
    assert standing(on("16/10/2024", [*TOGETHER, gone], directive), "giai-ngan-40").official == expected
    back = entry(EntryKind.RESUME, "29/9/2024", subject=DUONG)
    if kind is EntryKind.SUSPEND:
        again = on("16/10/2024", [*TOGETHER, gone, back], directive)
        assert standing(again, "giai-ngan-40").official == "done_on_time"


@pytest.mark.parametrize("kind", STOPS)
@pytest.mark.parametrize(("quantifier", "at_least"), [(Quantifier.SHARE, 50), (Quantifier.COUNT, 1)])
def test_nor_is_a_share_or_a_number(kind: EntryKind, quantifier: Quantifier, at_least: int) -> None:
    directive = variant(changed(START, quantifier=quantifier, at_least=at_least))
    known = [*PROJECTS, started("20/6/2024", DUONG), entry(kind, "15/7/2024", subject=DUONG)]
    assert standing(on("16/7/2024", known, directive), "khoi-cong").official == "done_on_time"


def test_a_later_subject_may_make_up_a_number_that_was_missed() -> None:
    directive = variant(changed(START, quantifier=Quantifier.COUNT, at_least=1))
    known = [PROJECTS[0], enrol(DUONG, None, "10/7/2024"), started("15/7/2024", DUONG)]
    assert standing(on("16/7/2024", known, directive), "khoi-cong").official == "done_late"


def test_a_total_of_subjects_that_all_stand_still_is_suspended() -> None:
    directive = variant(changed(FORTY, quantifier=Quantifier.TOTAL, follows=()))
    stops = [entry(EntryKind.SUSPEND, "15/10/2024", subject=code) for code in (CAU, DUONG)]
    assert standing(on("16/10/2024", [*PROJECTS, *stops], directive), "giai-ngan-40").official == "suspended"
    cancelled = [entry(EntryKind.CANCEL, "15/10/2024", subject=code) for code in (CAU, DUONG)]
    assert standing(on("16/10/2024", [*PROJECTS, *cancelled], directive), "giai-ngan-40").official == "cancelled"
