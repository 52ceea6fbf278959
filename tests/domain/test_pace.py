"""Pace: what should be there by now, what is still to be done a day, when it will be reached at this speed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.directive import Directive, Quantifier
from domain.ledger import Entry
from domain.metric import Metric, MetricKind, Value
from domain.pace import NO_PACE, Pace
from tests.world import (
    CAU,
    FOOTNOTE_8,
    FORTY,
    HUNDRED,
    PROJECTS,
    START,
    changed,
    day,
    disbursed,
    grant,
    on,
    percent,
    report,
    standing,
    started,
    variant,
)


def pace(
    when: str, *entries: Entry, milestone: str = "giai-ngan-40", directive: Directive = FOOTNOTE_8, subject: str = ""
) -> Pace:
    return standing(on(when, entries, directive), milestone, subject or None).pace


# Footnote 8 makes straight lines: 0% on 22/4, 40% on 30/9 (161 days later), 100% on 31/12 (92 days later).


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("21/4/2024", None),
        ("22/4/2024", "0"),
        ("8/9/2024", "34.53"),  # 139 of 161 days: 40 × 139/161
        ("30/9/2024", "40"),
        ("15/11/2024", "70"),  # 46 of 92 days: halfway from 40 to 100
        ("31/12/2024", "100"),
        ("31/1/2025", "100"),
    ],
)
def test_what_should_be_there_by_now(when: str, expected: str | None) -> None:
    found = {pace(when, milestone=one).expected for one in ("giai-ngan-40", "giai-ngan-100")}
    assert {None if one is None else round(one, 2) for one in found} == {
        None if expected is None else Decimal(expected)
    }


def test_the_line_starts_where_the_work_stood_at_the_start() -> None:
    already = disbursed("20%", "15/4/2024")
    assert pace("22/4/2024", already).expected == 20
    later = disbursed("20%", "15/5/2024")
    assert pace("22/4/2024", later).expected == 0


def test_behind_is_below_the_line_today() -> None:
    assert pace("15/11/2024", disbursed("69,9%", "14/11/2024")).behind
    assert not pace("15/11/2024", disbursed("70%", "14/11/2024")).behind
    assert not pace("21/4/2024").behind


def test_what_is_missing_is_spread_over_the_working_days_left() -> None:
    assert pace("23/9/2024", disbursed("30%", "20/9/2024")).required == 2  # 24, 25, 26, 27 and 30/9
    assert pace("30/9/2024", disbursed("30%", "20/9/2024")).required is None  # the last day: nothing to spread over
    assert pace("23/9/2024", disbursed("40%", "20/9/2024")).required is None
    assert pace("27/9/2024").required == 40


def test_an_extension_stretches_the_line_and_does_not_begin_it_anew() -> None:
    granted = grant("giai-ngan-40", "31/10/2024", "1/9/2024")
    single = variant(changed(FORTY, follows=()))
    found = pace("31/8/2024", granted, directive=single), pace("1/9/2024", granted, directive=single)
    assert [round(one.expected or 0, 2) for one in found] == [
        Decimal("32.55"),  # 131 of 161 days
        Decimal("27.50"),  # 132 of 192 days
    ]


# ------------------------------------------------------------------------------------------------------------- forecast


def test_the_forecast_goes_on_at_the_speed_of_the_last_sixty_days() -> None:
    reports = (disbursed("1%", "1/5/2024"), disbursed("20%", "1/8/2024"), disbursed("30%", "31/8/2024"))
    assert pace("10/9/2024", *reports).forecast == day("30/9/2024")  # 10 points in 30 days, 10 to go
    assert pace("10/9/2024", *reports, milestone="giai-ngan-100").forecast == day("29/3/2025")  # 70 to go: 210 days


def test_a_fraction_of_a_day_is_the_next_day() -> None:
    reports = (disbursed("10%", "1/9/2024"), disbursed("21%", "11/9/2024"))
    assert pace("12/9/2024", *reports).forecast == day("29/9/2024")  # 19 points at 1,1 a day: 17,3 days


def test_what_is_reached_is_no_longer_ahead() -> None:
    assert pace("12/9/2024", disbursed("10%", "1/9/2024"), disbursed("41%", "11/9/2024")).forecast == day("11/9/2024")


@pytest.mark.parametrize(
    ("reports", "reason"),
    [
        ((), "chưa đủ hai lần báo cáo"),
        ((("10%", "1/9/2024"),), "chưa đủ hai lần báo cáo"),
        ((("10%", "1/9/2024"), ("12%", "1/9/2024")), "chưa đủ hai lần báo cáo"),
        ((("10%", "1/5/2024"), ("12%", "1/9/2024")), "chưa đủ hai lần báo cáo"),
        ((("12%", "1/8/2024"), ("12%", "1/9/2024")), "không tăng"),
        ((("12%", "1/8/2024"), ("11%", "1/9/2024")), "không tăng"),
        ((("12%", "1/8/2024"), ("12,0000001%", "1/9/2024")), "nhiều năm nữa mới đạt"),
    ],
)
def test_no_forecast_without_two_reports_or_progress(reports: tuple[tuple[str, str], ...], reason: str) -> None:
    found = pace("10/9/2024", *(disbursed(value, as_of) for value, as_of in reports))
    assert found.forecast is None
    assert reason in found.reason


def test_one_dong_of_progress_is_no_reason_to_fail() -> None:
    thu = Metric(id="thu", kind=MetricKind.AMOUNT, name="Thu ngân sách")
    directive = variant(changed(START, metric="thu", target=report(thu, "900 tỷ", "1/1/2024").value), metrics=(thu,))
    reports = (report(thu, "1.000 đồng", "1/6/2024"), report(thu, "1.001 đồng", "10/6/2024"))
    assert pace("20/6/2024", *reports, milestone="khoi-cong", directive=directive).forecast is None


# -------------------------------------------------------------------------------------------------- where there is none


def test_an_event_has_no_pace() -> None:
    assert pace("1/6/2024", milestone="khoi-cong") == NO_PACE
    assert pace("1/6/2024", started("1/6/2024"), milestone="khoi-cong") == NO_PACE


def test_without_a_date_or_a_number_there_is_nothing_to_measure_against() -> None:
    undated = variant(changed(FORTY, due=None, follows=()))
    wordy = variant(changed(FORTY, target=Value(text="đạt"), follows=()))
    assert [pace("1/6/2024", directive=one) for one in (undated, wordy)] == [NO_PACE, NO_PACE]


def test_lower_is_better_has_no_straight_line() -> None:
    rate = Metric(id="ho-ngheo", kind=MetricKind.RATE, name="Tỷ lệ hộ nghèo")
    directive = variant(changed(START, metric="ho-ngheo", target=percent("5")), metrics=(rate,))
    assert pace("1/6/2024", milestone="khoi-cong", directive=directive) == NO_PACE


def test_each_subject_has_a_pace_of_its_own_and_the_whole_none() -> None:
    known = (*PROJECTS, disbursed("30%", "20/9/2024", CAU))
    assert pace("23/9/2024", *known, subject=CAU).required == 2
    assert pace("23/9/2024", *known, subject="duong").required == 8
    assert pace("23/9/2024", *known) == NO_PACE


def test_points_ordered_on_other_days_or_things_are_left_out() -> None:
    past = changed(FORTY, id="da-qua", due={"phrase": "", "date": "2024-04-01"}, follows=())
    undated = changed(FORTY, id="chua-co-han", due=None, follows=())
    later = changed(FORTY, id="sau-do", due={"phrase": "", "within": {"days": 5, "of": "issued"}}, follows=())
    total = changed(HUNDRED, quantifier=Quantifier.TOTAL)
    directive = variant(past, undated, later, *FOOTNOTE_8.milestones[:2], total)
    assert pace("15/11/2024", directive=directive).expected == 70
    only_past = variant(past)
    assert pace("15/11/2024", milestone="da-qua", directive=only_past).expected == 0
