"""What a directive is measured by."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.metric import DONE, LOWER_IS_BETTER, SUMMED, Metric, MetricKind


def test_a_percentage_says_of_what() -> None:
    with pytest.raises(ValidationError, match=r"tử số \(numerator\), mẫu số \(denominator\) và cơ sở \(basis\)"):
        Metric(id="giai-ngan", kind=MetricKind.PERCENT, name="Giải ngân", numerator="đã giải ngân")


def test_poverty_and_ranks_go_down() -> None:
    assert {MetricKind.RATE, MetricKind.RANK} == LOWER_IS_BETTER
    assert not LOWER_IS_BETTER & SUMMED


def test_an_event_has_happened_or_not() -> None:
    assert DONE.number == 1
