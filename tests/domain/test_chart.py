"""What a picture of pace shows: the mandated points, what was reached, and how far behind that is today."""

from __future__ import annotations

from decimal import Decimal

from domain.chart import Chart, Point, chart
from domain.directive import Directive, Quantifier
from domain.ledger import Entry, EntryKind
from domain.metric import Metric, MetricKind, Value
from tests.world import (
    CAU,
    DUONG,
    FOOTNOTE_8,
    FORTY,
    PROJECTS,
    changed,
    day,
    disbursed,
    entry,
    grant,
    on,
    plan,
    report,
    started,
    track_of,
    variant,
)

POINTS = (
    Point(day("22/4/2024"), Decimal(0)),
    Point(day("30/9/2024"), Decimal(40)),
    Point(day("31/12/2024"), Decimal(100)),
)
PLANS = (plan("6 tỷ", "22/4/2024", CAU), plan("4 tỷ", "22/4/2024", DUONG))


def drawn(
    when: str,
    *entries: Entry,
    milestone: str = "giai-ngan-40",
    codes: tuple[str, ...] = (),
    directive: Directive = FOOTNOTE_8,
) -> Chart | None:
    found = on(when, entries, directive)
    return chart(found, track_of(found, milestone), codes)


def test_a_figure_that_is_behind_is_drawn_against_every_mandated_point() -> None:
    found = drawn("8/9/2024", disbursed("5%", "20/5/2024"), disbursed("24%", "20/8/2024"))
    assert found is not None
    assert found.mandated == POINTS
    assert found.actual == (Point(day("20/5/2024"), Decimal(5)), Point(day("20/8/2024"), Decimal(24)))
    assert (found.metric, found.whose, found.as_of) == ("Giải ngân kế hoạch vốn", "", day("8/9/2024"))
    assert (round(found.expected, 2), found.have) == (Decimal("34.53"), Decimal(24))
    assert (found.said(found.expected), found.gap) == ("34,5%", "10,5 điểm phần trăm")
    odd = found.model_copy(update={"expected": Decimal("47.17"), "actual": (Point(found.as_of, Decimal("27.73")),)})
    assert (odd.said(odd.expected), odd.said(odd.have), odd.gap) == ("47,2%", "27,7%", "19,5 điểm phần trăm")


def test_what_is_on_pace_or_unknown_is_not_drawn() -> None:
    assert drawn("8/9/2024", disbursed("35%", "20/8/2024")) is None
    assert drawn("8/9/2024") is None
    assert drawn("22/4/2024", disbursed("0%", "22/4/2024")) is None


def test_events_words_and_what_has_no_due_are_not_drawn() -> None:
    assert drawn("8/9/2024", milestone="khoi-cong") is None
    open_ended = variant(changed(FORTY, due=None, follows=()))
    assert drawn("8/9/2024", disbursed("5%", "20/5/2024"), directive=open_ended) is None


def test_a_due_that_had_passed_before_the_start_makes_no_line() -> None:
    late = variant(changed(FORTY, follows=()), starts=day("1/10/2024"))
    assert drawn("8/10/2024", disbursed("5%", "22/9/2024"), disbursed("4%", "5/10/2024"), directive=late) is None


def test_one_subject_is_drawn_by_its_own_figures_and_its_own_due() -> None:
    known = (*PROJECTS, *PLANS, started("5/6/2024", CAU), disbursed("24%", "20/8/2024", CAU))
    found = drawn("8/9/2024", *known, codes=(CAU,))
    assert found is not None
    assert (found.whose, found.have) == ("Dự án cau", Decimal(24))
    later = grant("giai-ngan-40", "31/10/2024", "1/9/2024", CAU)
    moved = on("8/9/2024", (*known, later))
    of_its_own = chart(moved, track_of(moved, "giai-ngan-40", CAU), (CAU,))
    assert of_its_own is not None
    assert of_its_own.mandated[1] == Point(day("31/10/2024"), Decimal(40))


def test_several_subjects_are_summed_up_day_by_day() -> None:
    known = (*PROJECTS, *PLANS, disbursed("10%", "20/6/2024", CAU), disbursed("20%", "20/8/2024", DUONG))
    found, listed = drawn("8/9/2024", *known), drawn("8/9/2024", *known, codes=(CAU, DUONG))
    assert found is not None
    assert listed is not None
    assert (found.whose, listed.whose) == ("2 dự án", "2 dự án nêu trên")
    assert found.actual == (Point(day("20/6/2024"), Decimal(6)), Point(day("20/8/2024"), Decimal(14)))


def test_percentages_without_a_plan_do_not_add_up() -> None:
    assert drawn("8/9/2024", *PROJECTS, disbursed("10%", "20/6/2024", CAU), disbursed("2%", "20/6/2024", DUONG)) is None


def test_a_suspended_subject_is_left_out() -> None:
    known = (*PROJECTS, *PLANS, disbursed("10%", "20/6/2024", CAU), disbursed("1%", "20/6/2024", DUONG))
    found = drawn("8/9/2024", *known, entry(EntryKind.SUSPEND, "1/7/2024", subject=DUONG))
    assert found is not None
    assert (found.whose, found.have) == ("Dự án cau", Decimal(10))
    assert drawn("8/9/2024", *known, entry(EntryKind.SUSPEND, "1/7/2024")) is not None  # as a whole: never urged then
    both = [entry(EntryKind.SUSPEND, "1/7/2024", subject=code) for code in (CAU, DUONG)]
    assert drawn("8/9/2024", *known, *both) is None


def test_what_is_asked_of_a_share_has_no_sum() -> None:
    share = variant(changed(FORTY, quantifier=Quantifier.SHARE, at_least=Decimal(50), follows=()))
    known = (*PROJECTS, *PLANS, disbursed("10%", "20/6/2024", CAU), disbursed("1%", "20/6/2024", DUONG))
    assert drawn("8/9/2024", *known, directive=share) is None
    assert drawn("8/9/2024", *known, codes=(CAU,), directive=share) is not None


def test_money_is_drawn_and_said_as_money() -> None:
    thu = Metric(id="thu", kind=MetricKind.AMOUNT, name="Thu ngân sách")
    target = Value(number=Decimal(18_200_000_000))
    directive = variant(changed(FORTY, metric="thu", target=target, follows=()), metrics=(thu,))
    found = drawn("8/9/2024", report(thu, "2,3 tỷ", "20/8/2024"), directive=directive)
    assert found is not None
    assert not found.percent
    assert (found.said(found.have), found.said(target.number or Decimal(0))) == ("2,3 tỷ đồng", "18,2 tỷ đồng")
    assert found.gap == "13,413 tỷ đồng"


def test_equal_charts_have_one_name_and_others_another() -> None:
    known = (disbursed("24%", "20/8/2024"),)
    first, again, later = (drawn(when, *known) for when in ("8/9/2024 07:30", "8/9/2024 09:00", "9/9/2024"))
    assert first is not None
    assert again is not None
    assert later is not None
    assert first == again
    assert first.cid == again.cid != later.cid
