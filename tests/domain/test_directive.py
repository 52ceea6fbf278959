"""A directive fits together: metrics, milestones, targets, order."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from domain.directive import LeadMode, Milestone, Quantifier, Tracking, in_order
from domain.metric import Metric, MetricKind, Value
from tests.world import FOOTNOTE_8, FORTY, HUNDRED, KHOI_CONG, NOTICE, START, UNDATED, changed, day, variant


def after(**start: str) -> dict[str, object]:
    return {"phrase": "", "within": {"days": 5, **start}}


def moved_by(event: str) -> dict[str, object]:
    return {"phrase": "", "date": "2024-06-30", "moved_by": {"event": event}}


def test_footnote_8_is_three_milestones_one_after_another() -> None:
    assert [milestone.id for milestone in in_order((HUNDRED, FORTY, START))] == [
        "khoi-cong",
        "giai-ngan-40",
        "giai-ngan-100",
    ]
    assert FOOTNOTE_8.milestone("giai-ngan-40") is FORTY
    assert FOOTNOTE_8.metric("giai-ngan").kind is MetricKind.PERCENT
    assert FOOTNOTE_8.has_dates()
    with pytest.raises(KeyError):
        FOOTNOTE_8.milestone("giai-ngan-60")


def test_a_directive_without_a_date_is_tracked_from_time_to_time() -> None:
    assert not UNDATED.has_dates()
    assert UNDATED.tracking is Tracking.PERIODIC
    assert UNDATED.lead_mode is LeadMode.JOINT


def test_milestones_in_a_circle_are_refused() -> None:
    with pytest.raises(ValidationError, match="thành vòng: khoi-cong, giai-ngan-40"):
        variant(changed(START, follows=("giai-ngan-40",)), FORTY)


@pytest.mark.parametrize(
    ("milestones", "message"),
    [
        ((START, START), "trùng mã mốc: khoi-cong"),
        ((changed(START, metric="tien-do"),), "không có chỉ tiêu tien-do"),
        ((changed(START, target=None),), "chỉ tiêu tường thuật không có mức phải đạt"),
        ((FORTY,), "đi sau mốc không tồn tại khoi-cong"),
        ((changed(START, quantifier="total"),), "total chỉ dùng với chỉ tiêu phần trăm, số tiền hoặc số đếm"),
        ((changed(START, due=after(event="don-doan")),), "hạn tính từ don-doan không tồn tại"),
        ((changed(START, due=after(milestone="ban-giao")),), "hạn tính từ ban-giao không tồn tại"),
        ((changed(START, due=moved_by("don-doan")),), "hạn tính từ don-doan không tồn tại"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(milestones: tuple[Milestone, ...], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        variant(*milestones)


def test_a_due_may_wait_for_what_the_directive_has() -> None:
    following = changed(FORTY, due=after(milestone="khoi-cong"))
    visited = changed(HUNDRED, due=moved_by("khoi-cong"))
    assert variant(START, following, visited).milestones[1:] == (following, visited)


def test_a_metric_is_declared_once() -> None:
    with pytest.raises(ValidationError, match="trùng mã chỉ tiêu: khoi-cong"):
        variant(START, metrics=(KHOI_CONG, KHOI_CONG))


def test_what_does_not_fit_says_where() -> None:
    with pytest.raises(ValidationError) as refused:
        variant(START, changed(FORTY, follows=("ban-giao",)))
    assert refused.value.errors()[0]["ctx"]["error"].place == ("milestones", 1, "follows")


def test_a_narrative_has_no_target() -> None:
    word = Metric(id="tinh-hinh", kind=MetricKind.NARRATIVE, name="Tình hình")
    with pytest.raises(ValidationError, match="mức phải đạt"):
        variant(
            Milestone(id="tinh-hinh", name="Tình hình", metric="tinh-hinh", target=Value(number=Decimal(1))),
            metrics=(word,),
        )


@pytest.mark.parametrize("quantifier", [Quantifier.SHARE, Quantifier.COUNT])
def test_a_share_or_a_count_says_how_many(quantifier: Quantifier) -> None:
    assert changed(START, quantifier=quantifier, at_least=2).at_least == 2
    with pytest.raises(ValidationError, match="at_least"):
        changed(START, quantifier=quantifier)
    with pytest.raises(ValidationError, match="at_least"):
        changed(START, at_least=2)


def test_a_document_is_cited_by_number_and_date_as_far_as_they_are_known() -> None:
    numbered = NOTICE.model_copy(update={"number": "188/TB-UBND"})
    assert NOTICE.reference() == "Thông báo kết luận kiểm tra huyện Bắc Sơn"
    assert numbered.reference() == "Thông báo số 188/TB-UBND"
    dated = numbered.model_copy(update={"issued": day("3/5/2024")})
    assert dated.reference() == "Thông báo số 188/TB-UBND ngày 03/5/2024"
