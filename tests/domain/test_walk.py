"""The walk day by day: the same computation as the due, told on the fingers."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.due import DueSpec, Reading, resolve, walk
from domain.walk import folded
from tests.world import CALENDAR, day

READING = Reading(closing=time(17))


def within(**length: Any) -> DueSpec:
    return DueSpec.model_validate({"phrase": "…", "within": {"of": "issued", **length}})


def told(spec: DueSpec, start: str) -> tuple[str, ...]:
    return walk(spec, CALENDAR, READING, {"issued": day(start)})


def test_five_working_days_around_the_first_of_may_2024() -> None:
    assert told(within(working_days=3), "26/4/2024") == (
        "bắt đầu 26/4/2024, không tính ngày đầu (điều 147); hết ngày 04/5/2024",
        "thứ Bảy 27/4/2024: nghỉ cuối tuần",
        "Chủ nhật 28/4/2024: nghỉ cuối tuần",
        "thứ Hai 29/4/2024: nghỉ hoán đổi với ngày 04/5/2024",
        "thứ Ba 30/4/2024: nghỉ, Ngày Chiến thắng",
        "thứ Tư 01/5/2024: nghỉ, Ngày Quốc tế Lao động",
        "thứ Năm 02/5/2024: ngày làm việc thứ 1",
        "thứ Sáu 03/5/2024: ngày làm việc thứ 2",
        "thứ Bảy 04/5/2024: làm bù cho ngày 29/4/2024 (2450/VPCP-KGVX ngày 12/4/2024), ngày làm việc thứ 3",
        "trễ kể từ 00:00 ngày 05/5/2024",
    )


def test_a_feast_without_a_letter_is_named_and_counted() -> None:
    said = told(within(working_days=1), "23/11/2026")[1]
    assert said == "thứ Ba 24/11/2026: ngày Văn hóa Việt Nam (chưa có văn bản cho nghỉ), ngày làm việc thứ 1"


def test_calendar_days_are_counted_off_or_not_and_the_end_moves_past_the_feast() -> None:
    assert told(within(days=3), "26/4/2024")[1:-1] == (
        "thứ Bảy 27/4/2024: ngày thứ 1",
        "Chủ nhật 28/4/2024: ngày thứ 2",
        "thứ Hai 29/4/2024: ngày thứ 3",
        "thứ Hai 29/4/2024: nghỉ hoán đổi với ngày 04/5/2024",
        "thứ Ba 30/4/2024: nghỉ, Ngày Chiến thắng",
        "thứ Tư 01/5/2024: nghỉ, Ngày Quốc tế Lao động",
        "ngày cuối là ngày nghỉ, kết thúc tại 02/5/2024 (điều 148 khoản 5)",
    )


def test_three_days_before_a_journey_are_counted_back_and_not_rolled() -> None:
    assert told(within(days=3, before=True), "13/5/2024") == (
        "đếm lùi từ 13/5/2024, không tính ngày đầu (điều 147); hết ngày 10/5/2024",
        "Chủ nhật 12/5/2024: ngày thứ 1",
        "thứ Bảy 11/5/2024: ngày thứ 2",
        "thứ Sáu 10/5/2024: ngày thứ 3",
        "trễ kể từ 00:00 ngày 11/5/2024",
    )
    assert told(within(working_days=1, before=True), "13/5/2024")[1:-1] == (
        "Chủ nhật 12/5/2024: nghỉ cuối tuần",
        "thứ Bảy 11/5/2024: nghỉ cuối tuần",
        "thứ Sáu 10/5/2024: ngày làm việc thứ 1",
    )
    rolled = DueSpec.model_validate(dict(within(days=1, before=True)) | {"roll": "previous"})
    assert told(rolled, "13/5/2024")[2:-1] == (
        "Chủ nhật 12/5/2024: nghỉ cuối tuần",
        "thứ Bảy 11/5/2024: nghỉ cuối tuần",
        "ngày cuối là ngày nghỉ, kết thúc tại 10/5/2024 (điều 148 khoản 5)",
    )


def test_weeks_months_and_years_are_one_step() -> None:
    assert told(within(months=1), "15/4/2024") == (
        "bắt đầu 15/4/2024, không tính ngày đầu (điều 147); hết ngày 15/5/2024",
        "trễ kể từ 00:00 ngày 16/5/2024",
    )


def test_without_a_start_there_is_no_way() -> None:
    assert walk(within(days=3), CALENDAR, READING, {}) == ()


@pytest.mark.parametrize("count", [0, 15, 20, 21, 300])
def test_a_long_way_is_folded(count: int) -> None:
    said = folded(str(number) for number in range(1, count + 1))
    assert len(said) == min(count, 21)
    assert said[:15] == tuple(str(number) for number in range(1, min(count, 15) + 1))
    if count > 20:
        assert said[15] == "…"
        assert said[16:] == tuple(str(number) for number in range(count - 4, count + 1))


_LENGTHS = st.sampled_from(["days", "working_days", "weeks", "months", "years"])


@settings(max_examples=400, deadline=None)
@given(_LENGTHS, st.integers(0, 18), st.booleans(), st.dates(date(2023, 1, 1), date(2027, 6, 30)))
def test_telling_the_days_changes_nothing_and_the_last_one_told_is_the_end(
    unit: str, length: int, before: bool, start: date
) -> None:
    spec, anchors = within(**{unit: length if unit != "years" else length % 4, "before": before}), {"issued": start}
    plain = resolve(spec, CALENDAR, READING, anchors)
    by_day = resolve(spec, CALENDAR, READING, anchors, by_day=True)
    assert plain is not None
    assert by_day is not None
    assert by_day.model_copy(update={"steps": plain.steps}) == plain
    assert set(plain.steps) <= set(by_day.steps)
    counted = [found for step in by_day.steps if (found := re.match(r".* (\S+): .*thứ (\d+)$", step))]
    if unit in ("days", "working_days") and length > 0 and len(by_day.steps) < 20:
        assert spec.within is not None
        end = spec.within.end(start, CALENDAR)
        assert [int(one[2]) for one in counted] == list(range(1, length + 1))
        assert day(counted[-1][1]) == end
        assert _counted_on_the_fingers(start, length, working=unit == "working_days", way=-1 if before else 1) == end


def _counted_on_the_fingers(start: date, length: int, *, working: bool, way: int) -> date:
    one = start
    while length:
        one += timedelta(days=way)
        length -= CALENDAR.is_working(one) or not working
    return one
