"""The plan: dues on their tracks, and the moments agreed for urging."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.directive import Directive, Tracking
from domain.due import Bound, DueSpec, resolve
from domain.ledger import Entry
from domain.plan import LADDER, RungKind, ladder
from tests.world import (
    CALENDAR,
    CAU,
    FOOTNOTE_8,
    POLICY,
    PROJECTS,
    START,
    TAN_THANH,
    UNDATED,
    changed,
    day,
    enrol,
    instant,
    on,
    track_of,
    variant,
)


def moments(
    milestone: str, until: str, *kinds: RungKind, entries: tuple[Entry, ...] = (), directive: Directive = FOOTNOTE_8
) -> list[str]:
    """`before-30 31/5 07:30` for each rung of the milestone's track, in order."""
    situation = on(until, entries, directive)
    found = situation.rungs(track_of(situation, milestone), instant(until))
    return [f"{rung.id} {rung.at:%-d/%-m %H:%M}" for rung in found if rung.kind in (kinds or tuple(LADDER))]


def days_of(milestone: str, until: str) -> list[str]:
    return [said.removesuffix(" 07:30") for said in moments(milestone, until)]


# ------------------------------------------------------------------------------------------------- the ladder of note 8


def test_khoi_cong_within_june_2024_is_urged_on_five_days() -> None:
    assert days_of("khoi-cong", "30/6/2024") == [
        "before-30 31/5",
        "before-14 14/6",
        "before-7 21/6",
        "before-3 27/6",
        "before-1 28/6",  # 29/6 is a Saturday,
        "before-0 28/6",  # 30/6 a Sunday: both fall on Friday
    ]


def test_forty_percent_by_30_9_2024() -> None:
    assert days_of("giai-ngan-40", "30/9/2024") == [
        "before-30 30/8",
        "before-14 16/9",
        "before-7 23/9",
        "before-3 27/9",
        "before-1 27/9",  # 29/9 is a Sunday
        "before-0 30/9",
    ]


def test_all_of_it_by_31_12_2024() -> None:
    assert days_of("giai-ngan-100", "31/12/2024") == [
        "before-30 29/11",
        "before-14 17/12",
        "before-7 24/12",
        "before-3 27/12",
        "before-1 30/12",
        "before-0 31/12",
    ]


@pytest.mark.parametrize(
    ("milestone", "until", "late"),
    [
        ("khoi-cong", "9/8/2024", ["1 1/7", "4 4/7", "9 11/7", "19 25/7", "29 8/8"]),
        ("giai-ngan-40", "31/10/2024", ["1 1/10", "4 4/10", "9 11/10", "19 25/10"]),
        ("giai-ngan-100", "5/2/2025", ["1 2/1", "4 7/1", "9 14/1", "19 4/2"]),  # past 1/1 and past Tết
    ],
)
def test_late_work_is_urged_on_the_first_fourth_ninth_working_day_then_every_tenth(
    milestone: str, until: str, late: list[str]
) -> None:
    assert days_of(milestone, until)[6:] == [f"overdue-{one}" for one in late]


def test_steps_count_the_overdue_rungs() -> None:
    situation = on("9/8/2024")
    found = situation.rungs(track_of(situation, "khoi-cong"), situation.as_of)
    assert [rung.step for rung in found if rung.kind is RungKind.OVERDUE] == [1, 2, 3, 4, 5]
    assert {rung.step for rung in found if rung.kind is not RungKind.OVERDUE} == {0}


# --------------------------------------------------------------------------------------------------------- other bounds


def rungs_of(spec: DueSpec, until: datetime) -> list[tuple[str, datetime]]:
    due = resolve(spec, CALENDAR, POLICY.reading(), {})
    assert due is not None
    return [(rung.id, rung.at) for rung in ladder(due, CALENDAR, POLICY, until)]


def test_truoc_ngay_30_9_counts_back_from_29_9() -> None:
    found = rungs_of(DueSpec(phrase="", date=day("30/9/2024"), bound=Bound.EXCLUSIVE), instant("1/10/2024"))
    assert found[-2:] == [("before-0", instant("27/9/2024 07:30")), ("overdue-1", instant("30/9/2024 07:30"))]


@pytest.mark.parametrize(
    ("clock", "last", "late"),
    [
        ("10:00", "30/9/2024 07:30", "30/9/2024 10:00"),
        ("07:30", "27/9/2024 07:30", "30/9/2024 07:30"),  # urging at the very moment it is late helps nobody
        ("06:00", "27/9/2024 07:30", "30/9/2024 07:30"),
        ("18:00", "30/9/2024 07:30", "1/10/2024 07:30"),  # late after hours: told when the window opens
    ],
)
def test_a_due_at_a_clock_time_is_urged_before_it_and_told_late_in_the_window(clock: str, last: str, late: str) -> None:
    spec = DueSpec.model_validate({"phrase": "", "date": "2024-09-30", "bound": "at", "time": clock})
    found = dict(rungs_of(spec, instant("2/10/2024")))
    assert found["before-0"] == instant(last)
    assert found["overdue-1"] == instant(late)


@settings(max_examples=1000, deadline=None)
@given(
    st.dates(day("1/3/2024"), day("30/6/2026")),
    st.sampled_from([Bound.INCLUSIVE, Bound.EXCLUSIVE, Bound.AT]),
    st.times(),
)
def test_no_rung_before_the_due_comes_when_it_is_late_nor_one_after_it_in_time(
    written: object, bound: Bound, clock: object
) -> None:
    time_of = clock if bound is Bound.AT else None
    spec = DueSpec.model_validate({"phrase": "", "date": written, "bound": bound, "time": time_of})
    due = resolve(spec, CALENDAR, POLICY.reading(), {})
    assert due is not None
    found = list(ladder(due, CALENDAR, POLICY, due.overdue_after + timedelta(days=60)))
    before = [rung.at for rung in found if rung.kind is RungKind.BEFORE]
    late = [rung.at for rung in found if rung.kind is RungKind.OVERDUE]
    assert len(before) == 6
    assert before == sorted(before)
    assert max(before) < due.overdue_after <= min(late)
    assert late == sorted(set(late))
    for moment in (*before, *late):
        assert CALENDAR.is_working(moment.date())
        assert POLICY.window.opens <= moment.time() < POLICY.window.closes


# ------------------------------------------------------------------------------------------------------ the other rungs


def test_the_first_word_comes_when_the_window_first_opens() -> None:
    assert moments("khoi-cong", "22/4/2024", RungKind.ASSIGNED) == ["assigned 22/4 07:30"]
    on_sunday = variant(starts=day("21/4/2024"))
    assert moments("khoi-cong", "22/4/2024", RungKind.ASSIGNED, directive=on_sunday) == ["assigned 22/4 07:30"]


def test_new_subjects_are_told_of_the_next_working_day_but_never_before_the_start() -> None:
    later = enrol("truong", TAN_THANH, "26/4/2024")  # a Friday; 29/4 to 1/5 are off
    assert moments("khoi-cong", "30/6/2024", RungKind.ENROLLED, entries=(*PROJECTS, later)) == [
        "enrolled 22/4 07:30",
        "enrolled 2/5 07:30",
    ]
    early = enrol(CAU, TAN_THANH, "16/4/2024")
    assert moments("khoi-cong", "30/6/2024", RungKind.ENROLLED, entries=(early,)) == ["enrolled 22/4 07:30"]


def test_the_monitor_looks_every_monday_from_two_weeks_before_the_due() -> None:
    assert moments("khoi-cong", "8/7/2024", RungKind.WATCH) == [
        "watch-2024-w25 17/6 07:30",
        "watch-2024-w26 24/6 07:30",
        "watch-2024-w27 1/7 07:30",
        "watch-2024-w28 8/7 07:30",
    ]
    assert moments("giai-ngan-100", "25/12/2024", RungKind.WATCH) == ["watch-2024-w52 23/12 07:30"]


def test_a_list_that_was_due_before_the_directive_began_is_not_sent() -> None:
    adopted_at_eight = variant(changed(START, due=DueSpec(phrase="", date=day("26/4/2024"))), starts=None)
    assert moments("khoi-cong", "22/4/2024", RungKind.WATCH, directive=adopted_at_eight) == [
        "watch-2024-w17 22/4 07:30"
    ]


def test_a_monday_off_moves_the_list_to_the_next_working_day() -> None:
    spec = changed(START, due=DueSpec(phrase="", date=day("10/9/2024")))
    assert moments("khoi-cong", "9/9/2024", RungKind.WATCH, directive=variant(spec)) == [
        "watch-2024-w36 4/9 07:30",  # Monday 2/9 is Quốc khánh, 3/9 too
        "watch-2024-w37 9/9 07:30",
    ]


def test_undated_work_is_asked_for_a_word_each_quarter_on_the_15th_or_after() -> None:
    assert moments("tinh-hinh", "15/3/2025", RungKind.WORD, directive=UNDATED) == [
        "word-2024-q2 17/6 07:30",  # 15/6 is a Saturday
        "word-2024-q3 16/9 07:30",
        "word-2024-q4 16/12 07:30",
    ]
    late_start = UNDATED.model_copy(update={"starts": day("18/6/2024")})
    assert moments("tinh-hinh", "16/9/2024", RungKind.WORD, directive=late_start) == ["word-2024-q3 16/9 07:30"]


def test_nobody_is_asked_where_nothing_is_tracked() -> None:
    silent = UNDATED.model_copy(update={"tracking": Tracking.NONE})
    assert moments("tinh-hinh", "31/12/2024", RungKind.WORD, directive=silent) == []
