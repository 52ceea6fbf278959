"""Odd figures are asked about, by a sentence with what was expected and what was written; usual ones are not."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain import vietnamese as vn
from domain.directive import Directive
from domain.due import DueSpec
from domain.findings import Severity
from domain.ledger import Entry, EntryKind
from domain.metric import Basis, Metric, MetricKind, Value
from domain.plausible import questions
from domain.recurrence import Frequency, Recurrence
from tests.world import (
    CAU,
    DUONG,
    FORTY,
    PROJECTS,
    TINH_HINH,
    UNDATED,
    changed,
    corrected,
    disbursed,
    entry,
    on,
    plan,
    report,
    started,
    variant,
)

THU = Metric(id="thu", kind=MetricKind.AMOUNT, name="Thu ngân sách")
TIEU_CHI = Metric(id="tieu-chi", kind=MetricKind.COUNT, name="Tiêu chí đạt chuẩn", unit="tiêu chí", of=19)
NGHEO = Metric(id="ngheo", kind=MetricKind.RATE, name="Hộ nghèo")


def of(metric: Metric, target: str) -> Directive:
    due = changed(FORTY, follows=(), metric=metric.id, target=Value(number=Decimal(target)))
    return variant(due, metrics=(metric,))


REVENUE, CRITERIA, POOR = of(THU, "60000000000"), of(TIEU_CHI, "19"), of(NGHEO, "8")


def asked(said: Entry, known: Iterable[Entry] = (), directive: Directive | None = None) -> list[str]:
    found = questions(on("30/9/2024", known, directive) if directive else on("30/9/2024", known), said)
    assert {finding.severity for finding in found} <= {Severity.WARNING}
    return [finding.message for finding in found]


def revenue(money: str, as_of: str) -> Entry:
    return report(THU, money, as_of)


# ------------------------------------------------------------------------------------------------------ cumulative


def test_a_figure_that_goes_on_as_before_is_not_asked_about() -> None:
    known = [*PROJECTS, plan("5 tỷ", "22/4/2024", CAU), disbursed("20%", "1/8/2024", CAU)]
    assert asked(disbursed("25%", "1/9/2024", CAU), known) == []
    assert asked(disbursed("90%", "1/9/2024", DUONG), known) == []  # the first one of its subject
    assert asked(started("20/6/2024", CAU), known) == []
    assert asked(entry(EntryKind.NOTE, "20/6/2024", text="ghi chú"), known) == []
    assert asked(entry(EntryKind.REPORT, "20/6/2024", metric="la", value=Value(number=Decimal(1))), known) == []
    assert asked(entry(EntryKind.REPORT, "20/6/2024", metric="giai-ngan"), known) == []


def test_a_cumulative_figure_that_falls() -> None:
    (said,) = asked(disbursed("13%", "1/9/2024"), [disbursed("20%", "1/8/2024")])
    assert said == ("số lũy kế giảm: đến hết ngày 01/8/2024 đã ghi 20%, nay ghi 13%; số lũy kế thường không giảm")


def test_more_money_of_a_larger_plan_is_no_fall() -> None:
    known = [plan("5 tỷ", "22/4/2024"), disbursed("2 tỷ/5 tỷ", "1/8/2024"), plan("10 tỷ", "15/8/2024")]
    assert asked(disbursed("2,5 tỷ/10 tỷ", "1/9/2024"), known) == []
    assert asked(disbursed("25%", "1/9/2024"), known) == []
    assert "số lũy kế giảm" in asked(disbursed("15%", "1/9/2024"), known)[0]


def test_averages_rates_and_ranks_may_fall() -> None:
    assert asked(report(NGHEO, "8,1%", "1/9/2024"), [report(NGHEO, "8,7%", "1/8/2024")], POOR) == []


def test_ten_times_as_much() -> None:
    (said,) = asked(report(TIEU_CHI, "10", "1/9/2024"), [report(TIEU_CHI, "1", "1/8/2024")], CRITERIA)
    assert said.startswith("số tăng gấp 10 lần: đến hết ngày 01/8/2024 đã ghi 1/19 tiêu chí, nay ghi 10/19 tiêu chí")
    assert asked(report(TIEU_CHI, "9", "1/9/2024"), [report(TIEU_CHI, "1", "1/8/2024")], CRITERIA) == []
    assert asked(report(TIEU_CHI, "10", "1/9/2024"), [report(TIEU_CHI, "0", "1/8/2024")], CRITERIA) == []


# ----------------------------------------------------------------------------------------------- triệu for tỷ


def test_the_notices_own_slip_is_asked_about() -> None:
    """“18,2 triệu đồng” of revenue for a whole huyện, ordered to raise 60 tỷ."""
    (said,) = asked(revenue("18,2 triệu đồng", "31/3/2024"), (), REVENUE)
    assert said == ("đơn vị tiền có thể bị nhầm (triệu, tỷ): ghi 18,2 triệu đồng; có phải là 18,2 tỷ đồng không?")
    assert asked(revenue("18,2 tỷ đồng", "31/3/2024"), (), REVENUE) == []
    assert "có phải là 18,2 tỷ đồng không?" in asked(revenue("18.200 tỷ đồng", "31/3/2024"), (), REVENUE)[0]


def test_of_a_plan_it_is_never_more_than_the_plan() -> None:
    known = [plan("5 tỷ", "22/4/2024")]
    assert "có phải là 2,3 tỷ đồng không?" in asked(disbursed("2,3 triệu/5 tỷ", "1/8/2024"), known)[0]
    assert asked(disbursed("60 triệu/5 tỷ", "1/8/2024"), known) == []
    assert asked(disbursed("1%", "1/8/2024"), known) == []
    assert "có phải là 2,3 tỷ đồng không?" in asked(disbursed("2,3 triệu/5 tỷ", "1/8/2024"))[0]


@given(before=st.integers(10**7, 10**12), truth=st.data(), up=st.booleans())
def test_a_unit_too_large_or_too_small_is_seen_beside_the_figure_before(
    before: int, truth: st.DataObject, *, up: bool
) -> None:
    """The oracle is the truth: what was meant lies within ten times of the last figure, and three zeros are lost."""
    meant = Decimal(truth.draw(st.integers(before // 9, before * 9)))
    written = meant * 1000 if up else meant / 1000
    known = [entry(EntryKind.REPORT, "1/8/2024", metric="thu", value=Value(number=Decimal(before)))]
    said = entry(EntryKind.REPORT, "1/9/2024", metric="thu", value=Value(number=written))
    found = questions(on("30/9/2024", known, REVENUE), said)
    assert [one.message for one in found] == [
        f"đơn vị tiền có thể bị nhầm (triệu, tỷ): ghi {vn.money(written)}; có phải là {vn.money(meant)} không?"
    ]
    right = questions(on("30/9/2024", known, REVENUE), said.model_copy(update={"value": Value(number=meant)}))
    assert not any("nhầm" in one.message for one in right)


def test_nothing_is_compared_with_nothing() -> None:
    bare = of(THU, "60000000000").model_copy(update={"milestones": ()})
    assert asked(revenue("18,2 triệu đồng", "31/3/2024"), (), bare) == []
    assert asked(revenue("0 đồng", "31/3/2024"), (), REVENUE) == []
    assert asked(revenue("5 tỷ đồng", "1/4/2024"), [revenue("0 đồng", "31/3/2024")], REVENUE) == []


# ------------------------------------------------------------------------------------------------ days and repeats


def test_the_same_figure_for_another_day_and_for_the_same_day() -> None:
    known = [disbursed("20%", "1/8/2024")]
    (said,) = asked(disbursed("20%", "1/9/2024"), known)
    assert said == ("vẫn là 20% như đã ghi cho ngày 01/8/2024: kết quả đến hết ngày 01/9/2024 đúng là không đổi?")
    assert asked(disbursed("20%", "1/8/2024"), known) == ["ngày 01/8/2024 đã ghi đúng kết quả này rồi: 20%"]
    assert "vẫn là đã thực hiện" in asked(started("20/6/2024"), [started("10/6/2024")])[0]
    estimate = disbursed("20%", "1/9/2024")
    assert estimate.value
    assert (
        asked(estimate.model_copy(update={"value": estimate.value.model_copy(update={"estimate": True})}), known) == []
    )


def test_a_word_that_is_said_again() -> None:
    known = [report(TINH_HINH, "đang triển khai", "1/8/2024")]
    assert "vẫn là đang triển khai" in asked(report(TINH_HINH, "đang triển khai", "1/9/2024"), known, UNDATED)[0]
    assert asked(report(TINH_HINH, "đã xong phần móng", "1/9/2024"), known, UNDATED) == []


def test_a_report_older_than_the_newest() -> None:
    known = [disbursed("20%", "1/8/2024"), disbursed("30%", "1/9/2024")]
    (said,) = asked(disbursed("25%", "15/8/2024"), known)
    assert said == "đã có số liệu mới hơn: ngày 01/9/2024 ghi 30%; báo cáo này là của ngày 15/8/2024"
    assert len(asked(disbursed("5%", "1/7/2024"), known)) == 1


def test_a_correction_is_not_held_against_what_it_replaces() -> None:
    wrong = disbursed("90%", "1/9/2024")
    known = [disbursed("20%", "1/8/2024"), wrong]
    assert asked(corrected(wrong, "25%", "1/9/2024", "2/9/2024"), known) == []
    assert asked(corrected(wrong, "15%", "1/9/2024", "2/9/2024"), known) != []


def test_every_occurrence_begins_anew() -> None:
    monthly = DueSpec(phrase="hằng tháng", every=Recurrence(every=Frequency.MONTH, days=(25,)))
    directive = variant(changed(FORTY, follows=(), due=monthly))
    known = [disbursed("60%", "20/5/2024"), disbursed("60%", "20/6/2024")]
    assert asked(disbursed("5%", "20/7/2024"), known, directive) == []


def test_a_basis_that_may_be_another_is_asked_about_too() -> None:
    said = disbursed("20%", "1/8/2024")
    assert said.value
    council = said.model_copy(update={"value": said.value.model_copy(update={"basis": Basis.COUNCIL})})
    (message,) = asked(council)
    assert "có phải một kế hoạch?" in message
