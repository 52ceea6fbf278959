"""Numbers, money and dates as Vietnamese administration writes them."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import vietnamese as vn
from domain.ledger import EntryKind
from domain.office import Role
from domain.outbox import Reason, State
from domain.standing import Freshness, Official
from domain.vietnamese import UnreadableError


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("13,7", "13.7"),
        ("13.7", "13.7"),
        ("13,88", "13.88"),
        ("1.234", "1234"),
        ("1.234.567,8", "1234567.8"),
        ("0,4", "0.4"),
        ("0.400", "0.4"),  # thousands never begin with a zero
        (" 08 ", "8"),
    ],
)
def test_a_number_with_comma_or_dot(written: str, read: str) -> None:
    assert vn.read_number(written) == Decimal(read)


@pytest.mark.parametrize("written", ["", "mười", "1,2,3", "1.23.4", "-5", "12/19", "4e3", "1 234"])
def test_what_is_not_a_number_is_refused_with_a_form_that_is(written: str) -> None:
    with pytest.raises(UnreadableError, match=re.escape("cần dạng 13,7 hoặc 1.234")):
        vn.read_number(written)


@pytest.mark.parametrize(
    ("written", "dong"),
    [
        ("2,3 tỷ", 2_300_000_000),
        ("2,3 tỷ đồng", 2_300_000_000),
        ("2,3tỉ", 2_300_000_000),
        ("2.3 TỶ", 2_300_000_000),
        ("18,2 triệu đồng", 18_200_000),
        ("500 nghìn đồng", 500_000),
        ("4.200.000.000 đồng", 4_200_000_000),
        ("900 đ", 900),
        (unicodedata.normalize("NFD", "2,3 tỷ đồng"), 2_300_000_000),
    ],
)
def test_an_amount_of_money(written: str, dong: int) -> None:
    assert vn.read_money(written) == dong


@pytest.mark.parametrize("written", ["", "tỷ", "2,3 tỷ USD", "45%", "2,3 – 2,5 tỷ"])
def test_what_is_not_money_is_refused(written: str) -> None:
    with pytest.raises(UnreadableError, match="không đọc được số tiền"):
        vn.read_money(written)


def test_a_fraction_of_a_dong_is_an_amount_whose_unit_was_forgotten() -> None:
    with pytest.raises(UnreadableError, match="chưa ghi đơn vị tiền"):
        vn.read_money("14,3")


@pytest.mark.parametrize(
    ("value", "said"),
    [("13.7", "13,7"), ("1234567.80", "1.234.567,8"), ("40", "40"), ("33.3333", "33,33"), ("0", "0"), ("100", "100")],
)
def test_a_number_is_said_with_a_comma_and_without_needless_zeros(value: str, said: str) -> None:
    assert vn.number(Decimal(value)) == said
    assert vn.percent(Decimal(value)) == f"{said}%"


@pytest.mark.parametrize(
    ("dong", "said"),
    [
        (2_300_000_000, "2,3 tỷ đồng"),
        (5_123_456_789, "5,123 tỷ đồng"),
        (18_200_000, "18,2 triệu đồng"),
        (900, "900 đồng"),
        (0, "0 đồng"),
        (-1_500_000_000, "-1,5 tỷ đồng"),
    ],
)
def test_money_is_said_in_the_largest_unit(dong: int, said: str) -> None:
    assert vn.money(Decimal(dong)) == said


@given(st.integers(0, 10**15))
def test_a_whole_number_said_is_read_back(value: int) -> None:
    assert vn.read_number(vn.number(Decimal(value))) == value
    assert vn.read_money(f"{vn.number(Decimal(value))} đồng") == value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2024, 9, 30), "30/9/2024"),
        (date(2024, 7, 1), "01/7/2024"),
        (date(2024, 2, 9), "09/02/2024"),
        (date(2024, 1, 31), "31/01/2024"),
        (date(2024, 10, 5), "05/10/2024"),
        (date(2024, 12, 31), "31/12/2024"),
    ],
)
def test_days_below_ten_and_months_one_and_two_carry_a_zero(value: date, said: str) -> None:
    assert vn.day(value) == said


def test_an_instant_is_said_on_vietnamese_clocks() -> None:
    assert vn.moment(datetime(2024, 9, 30, 10, tzinfo=UTC)) == "17:00 ngày 30/9/2024"
    assert vn.clock(datetime(2024, 9, 30, 7, 5, tzinfo=UTC)) == "07:05"
    assert vn.working_days(4) == "4 ngày làm việc"


def test_every_status_has_its_word() -> None:
    assert set(vn.OFFICIAL) == set(Official)
    assert set(vn.FRESHNESS) == set(Freshness)
    assert set(vn.REASONS) == set(Reason)
    assert set(vn.DELIVERIES) >= set(State)
    assert set(vn.ENTRIES) == set(EntryKind)
    assert set(vn.ROLES) == set(Role)
    tables = (vn.OFFICIAL, vn.FRESHNESS, vn.REASONS, vn.DELIVERIES, vn.ENTRIES, vn.ROLES)
    assert all(vn.nfc(word) == word for table in tables for word in table.values())
