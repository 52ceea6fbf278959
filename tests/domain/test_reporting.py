"""Reporting periods by Nghị định 09/2019/NĐ-CP, điều 12 and 13: the table of the law, and what follows from it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.recurrence import Frequency
from domain.reporting import SEND_BY, Period, period_of
from tests.world import day

KINDS = tuple(SEND_BY)


@pytest.mark.parametrize(
    ("period", "name", "first", "last", "send_by"),
    [
        (Period(kind=Frequency.MONTH, year=2024, number=5), "tháng 5/2024", "15/4/2024", "14/5/2024", "25/5/2024"),
        (Period(kind=Frequency.MONTH, year=2024, number=1), "tháng 01/2024", "15/12/2023", "14/1/2024", "25/1/2024"),
        (Period(kind=Frequency.QUARTER, year=2024, number=1), "quý I/2024", "15/12/2023", "14/3/2024", "25/3/2024"),
        (Period(kind=Frequency.QUARTER, year=2024, number=2), "quý II/2024", "15/3/2024", "14/6/2024", "25/6/2024"),
        (Period(kind=Frequency.HALF, year=2024), "6 tháng đầu năm 2024", "15/12/2023", "14/6/2024", "25/6/2024"),
        (
            Period(kind=Frequency.HALF, year=2024, number=2),
            "6 tháng cuối năm 2024",
            "15/6/2024",
            "14/12/2024",
            "25/12/2024",
        ),
        (Period(kind=Frequency.YEAR, year=2024), "năm 2024", "15/12/2023", "14/12/2024", "25/12/2024"),
    ],
)
def test_the_table_of_the_decree(period: Period, name: str, first: str, last: str, send_by: str) -> None:
    assert period.name == name
    assert (period.data().first, period.data().last, period.send_by()) == (day(first), day(last), day(send_by))


def test_a_day_lies_in_one_period_of_each_kind() -> None:
    found = [period_of(day("25/12/2024"), kind).name for kind in KINDS]
    assert found == ["tháng 12/2024", "quý IV/2024", "6 tháng cuối năm 2024", "năm 2024"]


@given(st.sampled_from(KINDS), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_the_data_of_one_period_begin_where_those_of_the_last_ended(kind: Frequency, one: date) -> None:
    period = period_of(one, kind)
    before = period_of(period.data().first, kind)
    assert before.data().last + timedelta(days=1) == period.data().first
    assert period.send_by() in SEND_BY[kind].occurrences(period.data().first, period.send_by())
    assert period.send_by() - period.data().last == timedelta(days=11)


@pytest.mark.parametrize(
    ("kind", "number"),
    [(Frequency.MONTH, 13), (Frequency.QUARTER, 5), (Frequency.HALF, 0), (Frequency.YEAR, 2), (Frequency.WEEK, 1)],
)
def test_a_period_that_does_not_exist_is_refused(kind: Frequency, number: int) -> None:
    with pytest.raises(ValidationError, match="không có kỳ báo cáo"):
        Period(kind=kind, year=2024, number=number)
