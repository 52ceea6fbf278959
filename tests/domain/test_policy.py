"""The office's own numbers on reminding."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from pydantic import ValidationError

from domain.due import BeforeDay
from domain.policy import Ladder, Policy, Window
from domain.workdays import Roll
from tests.world import CALENDAR, POLICY, day, instant


def test_the_shipped_policy_is_the_agreed_one() -> None:
    assert POLICY.ladder == Ladder(before=(30, 14, 7, 3, 1, 0), overdue=(1, 4, 9), then_every=10)
    assert POLICY.window == Window(opens=time(7, 30), closes=time(17))
    assert (POLICY.escalation.head_from, POLICY.escalation.monitor_from) == (2, 3)
    assert POLICY.reading().closing == time(17)
    assert POLICY.reading().before_day is BeforeDay.STRICT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("before", (1, 7, 30)),
        ("before", (7, 7)),
        ("before", (-1,)),
        ("overdue", ()),
        ("overdue", (4, 1)),
        ("overdue", (0, 4)),
        ("then_every", 0),
    ],
)
def test_a_ladder_out_of_order_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        Ladder.model_validate(dict(POLICY.ladder) | {field: value})


def test_a_window_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"window\.opens phải trước window\.closes"):
        Window(opens=time(17), closes=time(7, 30))


def test_hours_are_vietnamese_and_carry_no_zone() -> None:
    with pytest.raises(ValidationError, match="không ghi múi giờ"):
        Window.model_validate({"opens": "07:30Z", "closes": "17:00Z"})


def test_coordinating_units_are_told_at_rungs_that_exist() -> None:
    late = Policy.model_validate(dict(POLICY) | {"coordinating_rungs": ("before-30", "overdue-9")})
    assert late.coordinating_rungs == ("before-30", "overdue-9")
    with pytest.raises(ValidationError, match="không có nấc nhắc “before-5” trong ladder"):
        Policy.model_validate(dict(POLICY) | {"coordinating_rungs": ("assigned", "before-5")})


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("28/6/2024 06:00", "28/6/2024 07:30"),
        ("28/6/2024 07:30", "28/6/2024 07:30"),
        ("28/6/2024 11:11", "28/6/2024 11:11"),
        ("28/6/2024 17:00", "1/7/2024 07:30"),
        ("29/6/2024 09:00", "1/7/2024 07:30"),
        ("4/5/2024 09:00", "4/5/2024 09:00"),  # a Saturday worked for 29/4
        ("29/4/2024 09:00", "2/5/2024 07:30"),
    ],
)
def test_messages_go_out_on_working_days_between_half_past_seven_and_five(moment: str, opening: str) -> None:
    assert POLICY.window.opening(instant(moment), CALENDAR) == instant(opening)


def test_the_opening_of_a_day_off_rolls() -> None:
    assert POLICY.opening_of(day("30/6/2024"), CALENDAR, Roll.PREVIOUS) == instant("28/6/2024 07:30")
    assert POLICY.opening_of(day("30/6/2024"), CALENDAR, Roll.NEXT) == instant("1/7/2024 07:30")


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("28/6/2024 07:29", False),
        ("28/6/2024 07:30", True),
        ("28/6/2024 16:59", True),
        ("28/6/2024 17:00", False),
        ("29/6/2024 10:00", False),  # Saturday
        ("4/5/2024 10:00", True),  # a Saturday worked in exchange
    ],
)
def test_the_window_is_open_on_working_days_between_its_hours(moment: str, is_open: bool) -> None:
    assert POLICY.window.is_open(instant(moment), CALENDAR) is is_open


@pytest.mark.parametrize(
    ("moment", "hours", "since"),
    [
        ("28/6/2024 08:30", 1, "28/6/2024 07:30"),
        ("28/6/2024 08:00", 1, "27/6/2024 16:30"),
        ("28/6/2024 07:00", 1, "27/6/2024 16:00"),
        ("28/6/2024 20:00", 1, "28/6/2024 16:00"),
        ("30/6/2024 12:00", 1, "28/6/2024 16:00"),
        ("1/7/2024 08:00", 11, "27/6/2024 16:00"),
    ],
)
def test_hours_are_counted_back_while_the_window_was_open(moment: str, hours: int, since: str) -> None:
    assert POLICY.window.open_since(instant(moment), timedelta(hours=hours), CALENDAR) == instant(since)
