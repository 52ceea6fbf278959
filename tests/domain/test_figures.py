"""Reported figures: read as written, compared with what was ordered, said again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.figures import missing, reaches, read_value, say, say_missing, say_target
from domain.metric import DONE, Metric, MetricKind, Value
from domain.vietnamese import UnreadableError
from tests.world import GIAI_NGAN, KHOI_CONG, TINH_HINH

TIEU_CHI = Metric(id="tieu-chi", kind=MetricKind.COUNT, name="Tiêu chí nông thôn mới", unit="tiêu chí", of=19)
LUOT = Metric(id="luot", kind=MetricKind.COUNT, name="Lượt kiểm tra")
THU = Metric(id="thu", kind=MetricKind.AMOUNT, name="Thu ngân sách")
BINH_QUAN = Metric(id="binh-quan", kind=MetricKind.AVERAGE, name="Tiêu chí bình quân", unit="tiêu chí/xã")
HO_NGHEO = Metric(id="ho-ngheo", kind=MetricKind.RATE, name="Tỷ lệ hộ nghèo")
XEP_HANG = Metric(id="xep-hang", kind=MetricKind.RANK, name="Xếp hạng giải ngân")


@pytest.mark.parametrize(
    ("metric", "written", "number", "numerator", "denominator"),
    [
        (KHOI_CONG, "xong", "1", None, None),
        (KHOI_CONG, "Đã khởi công", "1", None, None),
        (GIAI_NGAN, "45%", "45", None, None),
        (GIAI_NGAN, "13,7 %", "13.7", None, None),
        (GIAI_NGAN, "2,3 tỷ/4,6 tỷ", "50", "2300000000", "4600000000"),
        (GIAI_NGAN, "500 triệu đồng / 2 tỷ đồng", "25", "500000000", "2000000000"),
        (THU, "18,2 triệu đồng", "18200000", None, None),
        (TIEU_CHI, "12/19", "12", "12", "19"),
        (TIEU_CHI, "12", "12", "12", "19"),
        (LUOT, "3", "3", "3", None),
        (BINH_QUAN, "14,3", "14.3", None, None),
        (BINH_QUAN, "14.08", "14.08", None, None),
        (HO_NGHEO, "8,7%", "8.7", None, None),
        (XEP_HANG, "08/11", "8", None, "11"),
        (XEP_HANG, "8", "8", None, None),
    ],
)
def test_a_value_is_read_as_its_metric_is_counted(
    metric: Metric, written: str, number: str, numerator: str | None, denominator: str | None
) -> None:
    read = read_value(written, metric)
    assert read.number == Decimal(number)
    assert read.numerator == (None if numerator is None else Decimal(numerator))
    assert read.denominator == (None if denominator is None else Decimal(denominator))
    assert not read.derived


@pytest.mark.parametrize(
    ("metric", "written", "way_out"),
    [
        (GIAI_NGAN, "40", "ghi 45% hoặc 2,3 tỷ/5,1 tỷ, không ghi 40"),
        (GIAI_NGAN, "0.4", "không ghi 0.4"),
        (GIAI_NGAN, "2,3 tỷ/0 tỷ", "phải lớn hơn 0"),
        (GIAI_NGAN, "2,3/5,1 tỷ", "ghi đơn vị tiền ở cả tử số và mẫu số"),
        (GIAI_NGAN, "2,3 tỷ/5,1", "ghi đơn vị tiền ở cả tử số và mẫu số"),
        (GIAI_NGAN, "2,3/5,1", "chưa ghi đơn vị tiền"),
        (GIAI_NGAN, "khá%", "không đọc được số"),
        (KHOI_CONG, "45%", "ghi “xong” khi đã diễn ra"),
        (KHOI_CONG, "chưa xong", "ghi “xong”"),
        (TIEU_CHI, "20/19", "không vượt tổng số"),
        (TIEU_CHI, "20", "không vượt tổng số"),
        (TIEU_CHI, "12,5/19", "số nguyên"),
        (TIEU_CHI, "12/19,5", "số nguyên"),
        (HO_NGHEO, "8,7", "ghi 8,7%"),
        (THU, "nhiều", "không đọc được số tiền"),
        (TINH_HINH, "  ", "chưa ghi giá trị"),
    ],
)
def test_a_value_nobody_can_be_sure_of_is_refused(metric: Metric, written: str, way_out: str) -> None:
    with pytest.raises(UnreadableError, match=way_out):
        read_value(written, metric)


def test_a_narrative_is_any_sentence_and_reaches_nothing() -> None:
    word = read_value("Đã họp giao ban", TINH_HINH)
    assert say(TINH_HINH, word) == "Đã họp giao ban"
    assert say(TINH_HINH, Value()) == ""
    assert not reaches(TINH_HINH, word, None)


@pytest.mark.parametrize(
    ("metric", "value", "target", "reached"),
    [
        (GIAI_NGAN, "39.99", "40", False),
        (GIAI_NGAN, "40", "40", True),
        (HO_NGHEO, "5.1", "5", False),
        (HO_NGHEO, "5", "5", True),
        (XEP_HANG, "9", "8", False),
        (XEP_HANG, "1", "8", True),
    ],
)
def test_more_is_better_except_for_rates_and_ranks(metric: Metric, value: str, target: str, reached: bool) -> None:
    assert reaches(metric, Value(number=Decimal(value)), Value(number=Decimal(target))) is reached


def test_figures_are_said_in_words() -> None:
    assert say(KHOI_CONG, DONE) == "đã thực hiện"
    assert say(GIAI_NGAN, read_value("2,3 tỷ/4,6 tỷ", GIAI_NGAN)) == "50% (2,3 tỷ đồng/4,6 tỷ đồng)"
    assert say(GIAI_NGAN, read_value("13,7%", GIAI_NGAN)) == "13,7%"
    assert say(TIEU_CHI, read_value("12/19", TIEU_CHI)) == "12/19 tiêu chí"
    assert say(LUOT, read_value("3", LUOT)) == "3"
    assert say(THU, read_value("18,2 triệu đồng", THU)) == "18,2 triệu đồng"
    assert say(HO_NGHEO, read_value("8,7%", HO_NGHEO)) == "8,7%"
    assert say(XEP_HANG, read_value("8/11", XEP_HANG)) == "8/11"


def test_what_is_ordered_is_said_with_its_direction() -> None:
    assert say_target(GIAI_NGAN, read_value("40%", GIAI_NGAN)) == "tối thiểu 40%"
    assert say_target(HO_NGHEO, read_value("5%", HO_NGHEO)) == "không quá 5%"
    assert say_target(TIEU_CHI, read_value("19/19", TIEU_CHI)) == "19/19 tiêu chí"
    assert say_target(KHOI_CONG, DONE) == ""
    assert say_target(TINH_HINH, None) == ""


@pytest.mark.parametrize(
    ("metric", "have", "target", "said"),
    [
        (KHOI_CONG, None, "xong", "chưa khởi công"),
        (GIAI_NGAN, None, "40%", "còn thiếu 40 điểm phần trăm"),
        (GIAI_NGAN, "24%", "40%", "còn thiếu 16 điểm phần trăm"),
        (TIEU_CHI, "12/19", "19/19", "còn thiếu 7 tiêu chí"),
        (THU, "500 triệu", "2 tỷ", "còn thiếu 1,5 tỷ đồng"),
        (BINH_QUAN, "14,3", "15", "còn thiếu 0,7 tiêu chí/xã"),
        (HO_NGHEO, "8,7%", "5%", "còn cách 3,7 điểm phần trăm"),
        (XEP_HANG, "11", "8", "còn cách 3 bậc"),
        (HO_NGHEO, None, "5%", "chưa có số liệu"),
        (GIAI_NGAN, "45%", "40%", "chờ xác nhận"),
        (KHOI_CONG, "xong", "xong", "chờ xác nhận"),
    ],
)
def test_what_is_missing_is_said_in_the_metrics_own_unit(
    metric: Metric, have: str | None, target: str, said: str
) -> None:
    value = read_value(have, metric) if have else None
    assert say_missing(metric, value, read_value(target, metric), None) == said


def test_missing_points_are_worth_money_where_the_plan_is_known() -> None:
    have, target = read_value("24%", GIAI_NGAN), read_value("40%", GIAI_NGAN)
    said = say_missing(GIAI_NGAN, have, target, Decimal(5_000_000_000))
    assert said == "còn thiếu 16 điểm phần trăm, tương đương 800 triệu đồng"
    assert missing(GIAI_NGAN, have, target) == 16


def test_a_narrative_lacks_only_a_report() -> None:
    assert say_missing(TINH_HINH, None, None, None) == "chưa có báo cáo"
    assert say_missing(TINH_HINH, Value(text="Đã họp"), None, None) == ""
