"""A figure's way towards its mandated points, behind or not: with what the last weeks promise, and in words."""

from __future__ import annotations

from decimal import Decimal

from domain.chart import Chart, Point, chart, trajectory
from domain.ledger import Entry
from domain.pace import forecast
from tests.world import CAU, DUONG, POLICY, PROJECTS, TAN_THANH, day, disbursed, on, plan, track_of

PLANS = (plan("6 tỷ", "22/4/2024", CAU), plan("4 tỷ", "22/4/2024", DUONG))


def way(when: str, *entries: Entry, milestone: str = "giai-ngan-40") -> Chart:
    found = on(when, entries)
    seen = trajectory(found, track_of(found, milestone))
    assert seen is not None
    return seen


def test_a_figure_that_is_ahead_has_a_way_and_no_picture_in_a_letter() -> None:
    found = on("8/7/2024", (disbursed("30%", "1/7/2024"),))
    track = track_of(found, "giai-ngan-40")
    seen = trajectory(found, track)
    assert seen is not None
    assert not seen.behind
    assert (seen.gap, seen.verdict) == ("10,9 điểm phần trăm", "vượt 10,9 điểm phần trăm")
    assert chart(found, track, ()) is None


def test_a_figure_exactly_where_it_should_be_is_neither() -> None:
    seen = way("8/7/2024", disbursed("30%", "1/7/2024"))
    even = seen.model_copy(update={"expected": Decimal(30)})
    assert (even.behind, even.verdict) == (False, "đúng nhịp độ")


def test_without_a_report_there_is_no_way() -> None:
    found = on("8/7/2024", ())
    assert trajectory(found, track_of(found, "giai-ngan-40")) is None


def test_the_forecast_goes_on_as_the_last_weeks_did() -> None:
    seen = way("8/9/2024", disbursed("10%", "10/8/2024"), disbursed("20%", "30/8/2024"))
    assert seen.forecast == Point(day("9/10/2024"), Decimal(40))
    assert way("8/9/2024", disbursed("20%", "30/8/2024")).forecast is None
    reached = way("8/9/2024", disbursed("30%", "10/8/2024"), disbursed("42%", "30/8/2024"))
    assert reached.forecast is None, "nothing is foreseen of what is reached"


def test_the_sum_of_subjects_has_a_forecast_of_its_own() -> None:
    entries = (
        *PROJECTS,
        *PLANS,
        disbursed("1 tỷ/6 tỷ", "10/8/2024", CAU),
        disbursed("1 tỷ/4 tỷ", "30/8/2024", DUONG),
    )
    seen = way("8/9/2024", *entries)
    assert [point.value for point in seen.actual] == [Decimal(10), Decimal(20)]
    assert seen.forecast == Point(day("9/10/2024"), Decimal(40))


def test_the_subjects_of_one_unit_add_up_by_themselves() -> None:
    found = on("8/9/2024", (*PROJECTS, *PLANS, disbursed("1,5 tỷ/6 tỷ", "10/8/2024", CAU)))
    track = track_of(found, "giai-ngan-40")
    theirs = tuple(one.code for one in track.subjects if one.unit == TAN_THANH)
    seen = trajectory(found, track, theirs)
    assert seen is not None
    assert (seen.whose, seen.have) == ("Dự án cau", Decimal(25))


def test_words_say_what_the_picture_shows() -> None:
    seen = way("8/9/2024", disbursed("10%", "10/8/2024"), disbursed("20%", "30/8/2024"))
    assert seen.told == (
        "Giải ngân kế hoạch vốn: đạt 20% theo báo cáo ngày 30/8/2024; đến 08/9/2024 phải đạt 34,5%, "
        "chậm 14,5 điểm phần trăm. Mốc được giao: 40% vào 30/9/2024; 100% vào 31/12/2024. "
        "Với tốc độ gần đây, đạt 40% vào 09/10/2024."
    )
    passed = way("20/10/2024", disbursed("10%", "25/8/2024"), disbursed("39%", "22/9/2024"))
    assert passed.told.endswith("Với tốc độ gần đây, lẽ ra đã đạt 40% vào 23/9/2024.")
    one = way("8/9/2024", *PROJECTS, *PLANS, disbursed("1 tỷ/6 tỷ", "10/8/2024", CAU))
    assert one.told.startswith("Giải ngân kế hoạch vốn của 2 dự án: đạt 10% ")
    assert "tốc độ" not in one.told


def test_a_forecast_says_why_there_is_none() -> None:
    today, target = day("8/9/2024"), Decimal(40)
    assert forecast([], target, today, POLICY) == (None, "chưa đủ hai lần báo cáo gần đây để dự báo")
    flat = [(day("10/8/2024"), Decimal(10)), (day("30/8/2024"), Decimal(10))]
    assert forecast(flat, target, today, POLICY)[1].startswith("số liệu gần đây không tăng")
    slow = [(day("10/8/2024"), Decimal(10)), (day("30/8/2024"), Decimal("10.001"))]
    assert forecast(slow, target, today, POLICY) == (None, "với tốc độ gần đây, nhiều năm nữa mới đạt")
    done = [(day("10/8/2024"), Decimal(10)), (day("30/8/2024"), Decimal(50))]
    assert forecast(done, target, today, POLICY) == (day("30/8/2024"), "")
