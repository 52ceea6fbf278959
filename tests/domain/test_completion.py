"""When a milestone is met: by what was reported, counted over subjects, never interpolated."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.completion import Met, total
from domain.directive import Directive, Quantifier
from domain.ledger import Entry, EntryKind
from domain.metric import Metric, MetricKind, Value
from domain.policy import Completion
from tests.world import (
    CAU,
    DUONG,
    FORTY,
    GIAI_NGAN,
    HUNDRED,
    PROJECTS,
    START,
    TAN_THANH,
    changed,
    day,
    decided,
    disbursed,
    enrol,
    entry,
    instant,
    on,
    plan,
    report,
    rules,
    standing,
    started,
    variant,
)

TRUONG = "truong"
THREE = (*PROJECTS, enrol(TRUONG, TAN_THANH, "19/4/2024 09:10"))


def counted(quantifier: Quantifier, at_least: str | None = None) -> Directive:
    least = None if at_least is None else Decimal(at_least)
    return variant(changed(FORTY, quantifier=quantifier, at_least=least, follows=()))


def met(when: str, *entries: Entry, directive: Directive | None = None, confirmed: bool = False) -> Met | None:
    given = rules(completion=Completion.CONFIRMED if confirmed else Completion.RECORDED)
    situation = on(when, entries, directive or counted(Quantifier.EACH), given)
    return standing(situation, "giai-ngan-40").met


def met_on(when: str, *entries: Entry, directive: Directive | None = None) -> date | None:
    found = met(when, *entries, directive=directive)
    return found.as_of if found else None


# ---------------------------------------------------------------------------------------------------------- one subject


def test_no_figure_is_made_up_between_two_reports() -> None:
    reports = (disbursed("39%", "20/9/2024"), disbursed("45%", "15/10/2024"))
    assert met_on("30/9/2024", *reports) is None
    assert met_on("31/10/2024", *reports) == day("15/10/2024")


def test_it_was_met_when_it_was_true_not_when_it_was_written_down() -> None:
    found = met("5/10/2024", disbursed("40%", "30/9/2024", recorded="3/10/2024"))
    assert found == Met(
        happened=instant("30/9/2024 00:00"),
        as_of=day("30/9/2024"),
        timed=False,
        confirmed=False,
        recorded_at=instant("3/10/2024 16:00"),
    )


def test_the_first_report_that_reaches_the_target_stays_the_date() -> None:
    reports = [disbursed(value, f"{n}/9/2024") for n, value in ((10, "41%"), (20, "60%"), (25, "38%"))]
    assert met_on("30/9/2024", *reports) == day("10/9/2024")


def test_a_return_reopens_and_the_next_report_counts() -> None:
    first, second = disbursed("41%", "10/9/2024"), disbursed("43%", "20/9/2024")
    back = decided(EntryKind.RETURN, first, "15/9/2024")
    assert met_on("16/9/2024", first, back) is None
    assert met_on("30/9/2024", first, back, second) == day("20/9/2024")


def test_where_the_office_says_so_only_what_the_monitor_confirmed_counts() -> None:
    said = disbursed("41%", "10/9/2024")
    assert met("30/9/2024", said, confirmed=True) is None
    found = met("30/9/2024", said, decided(EntryKind.CONFIRM, said, "25/9/2024"), confirmed=True)
    assert found is not None
    assert (found.as_of, found.confirmed) == (day("10/9/2024"), True)


# ----------------------------------------------------------------------------------------------------------------- each


def test_each_is_met_on_the_last_subjects_date() -> None:
    reports = (disbursed("41%", "25/9/2024", CAU), disbursed("40%", "10/9/2024", DUONG))
    assert met_on("30/9/2024", *PROJECTS, reports[0]) is None
    assert met_on("30/9/2024", *PROJECTS, *reports) == day("25/9/2024")


def test_each_is_confirmed_when_every_report_it_rests_on_is() -> None:
    reports = [disbursed("41%", "25/9/2024", CAU), disbursed("40%", "10/9/2024", DUONG)]
    verdicts = [decided(EntryKind.CONFIRM, one, "26/9/2024") for one in reports]
    found = [met("30/9/2024", *PROJECTS, *reports, *verdicts[:n]) for n in (1, 2)]
    assert [one.confirmed for one in found if one] == [False, True]


@pytest.mark.parametrize("kind", [EntryKind.SUSPEND, EntryKind.CANCEL, EntryKind.LEAVE])
def test_a_subject_that_stopped_or_left_is_not_waited_for(kind: EntryKind) -> None:
    stop = entry(kind, "5/9/2024", subject=DUONG)
    assert met_on("30/9/2024", *PROJECTS, disbursed("41%", "25/9/2024", CAU), stop) == day("25/9/2024")


def test_nobody_left_meets_nothing() -> None:
    leaves = [entry(EntryKind.LEAVE, "5/9/2024", subject=one) for one in (CAU, DUONG)]
    assert met("30/9/2024", *PROJECTS, disbursed("41%", "1/9/2024", CAU), *leaves) is None


# ------------------------------------------------------------------------------------------------------ share and count


@pytest.mark.parametrize(
    ("quantifier", "at_least", "needed"),
    [
        (Quantifier.SHARE, "50", 2),  # 1,5 of 3 subjects is 2
        (Quantifier.SHARE, "66.7", 3),
        (Quantifier.SHARE, "33", 1),
        (Quantifier.SHARE, "100", 3),
        (Quantifier.SHARE, "0", 1),
        (Quantifier.COUNT, "2", 2),
        (Quantifier.COUNT, "0", 1),
    ],
)
def test_a_share_is_rounded_up_to_whole_subjects(quantifier: Quantifier, at_least: str, needed: int) -> None:
    reports = [disbursed("40%", f"{n}/9/2024", one) for n, one in enumerate((CAU, DUONG, TRUONG), start=1)]
    directive = counted(quantifier, at_least)
    assert met_on("30/9/2024", *THREE, *reports[: needed - 1], directive=directive) is None
    assert met_on("30/9/2024", *THREE, *reports, directive=directive) == day(f"{needed}/9/2024")


def test_more_than_there_are_is_never_met() -> None:
    reports = [disbursed("40%", "1/9/2024", one) for one in (CAU, DUONG)]
    assert met_on("30/9/2024", *PROJECTS, *reports, directive=counted(Quantifier.COUNT, "3")) is None


# ---------------------------------------------------------------------------------------------------------------- total

PLANS = (plan("8 tỷ", "22/4/2024", CAU), plan("2 tỷ", "22/4/2024", DUONG))
TOTAL = counted(Quantifier.TOTAL)


def test_the_total_is_a_sum_over_a_sum_not_a_mean_of_percentages() -> None:
    small, large = disbursed("100%", "10/9/2024", DUONG), disbursed("25%", "20/9/2024", CAU)
    known = (*PROJECTS, *PLANS)
    assert met_on("30/9/2024", *known, small, directive=TOTAL) is None  # 2 of 10 tỷ
    assert met_on("30/9/2024", *known, small, large, directive=TOTAL) == day("20/9/2024")  # 4 of 10 tỷ


def test_the_total_counts_a_project_that_reported_nothing_by_its_plan() -> None:
    state = on("30/9/2024", (*PROJECTS, *PLANS, disbursed("50%", "10/9/2024", DUONG)), TOTAL).state
    value = total(GIAI_NGAN, state, state.subjects, day("30/9/2024"))
    assert value == Value(number=Decimal(10), numerator=Decimal(10**9), denominator=Decimal(10**10))


def test_without_a_plan_entry_the_reported_denominator_serves() -> None:
    reports = (disbursed("3 tỷ/8 tỷ", "10/9/2024", CAU), disbursed("1 tỷ/2 tỷ", "12/9/2024", DUONG))
    assert met_on("30/9/2024", *PROJECTS, *reports, directive=TOTAL) == day("12/9/2024")
    assert met_on("30/9/2024", *PROJECTS, disbursed("90%", "10/9/2024", CAU), directive=TOTAL) is None


def test_the_total_of_a_day_knows_nothing_of_a_later_hour() -> None:
    early, late = disbursed("25%", "20/9/2024 08:00", CAU), disbursed("100%", "20/9/2024 15:00", DUONG)
    found = met("30/9/2024", *PROJECTS, *PLANS, early, late, directive=TOTAL)
    assert found is not None
    assert found.happened == instant("20/9/2024 15:00")


def test_the_total_rests_on_confirmed_reports_alone_where_the_office_says_so() -> None:
    large, small = disbursed("50%", "10/9/2024", CAU), disbursed("10%", "12/9/2024", DUONG)
    small_accepted = decided(EntryKind.CONFIRM, small, "13/9/2024")
    known = (*PROJECTS, *PLANS, large, small, small_accepted)
    assert met("30/9/2024", *known, directive=TOTAL, confirmed=True) is None
    recorded = met("30/9/2024", *known, directive=TOTAL)
    assert recorded is not None
    assert not recorded.confirmed
    both = met("30/9/2024", *known, decided(EntryKind.CONFIRM, large, "14/9/2024"), directive=TOTAL, confirmed=True)
    assert both is not None
    assert (both.as_of, both.confirmed) == (day("10/9/2024"), True)


@pytest.mark.parametrize(("at_least", "reached"), [("900 triệu", True), ("1,2 tỷ", False)])
def test_amounts_add_up(at_least: str, reached: bool) -> None:
    thu = Metric(id="thu", kind=MetricKind.AMOUNT, name="Thu ngân sách")
    target = report(thu, at_least, "1/1/2024").value
    directive = variant(changed(START, metric="thu", target=target, quantifier=Quantifier.TOTAL), metrics=(thu,))
    reports = (report(thu, "600 triệu", "10/6/2024", CAU), report(thu, "400 triệu", "20/6/2024", DUONG))
    situation = on("30/6/2024", (*PROJECTS, *reports), directive)
    found = standing(situation, "khoi-cong")
    assert found.latest == Value(number=Decimal(10**9))
    assert (found.met is not None) is reached
    assert standing(on("30/6/2024", PROJECTS, directive), "khoi-cong").latest is None


def test_what_does_not_add_up_has_no_total() -> None:
    situation = on("30/6/2024", (*PROJECTS, started("10/6/2024", CAU)), variant(START, FORTY, HUNDRED))
    assert standing(situation, "khoi-cong").latest is None
