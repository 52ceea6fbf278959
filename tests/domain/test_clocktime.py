"""Days and instants of Vietnam: +07:00 all year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.clocktime import at, first_instant_after, iso, last_instant, local, local_date

NGAY_30_6 = date(2024, 6, 30)


def test_a_day_begins_seven_hours_before_utc() -> None:
    assert at(NGAY_30_6) == datetime(2024, 6, 29, 17, tzinfo=UTC)
    assert at(NGAY_30_6, time(7, 30)) == datetime(2024, 6, 30, 0, 30, tzinfo=UTC)


def test_den_het_ngay_30_6_is_late_from_the_first_instant_of_1_7() -> None:
    assert first_instant_after(NGAY_30_6) == datetime(2024, 6, 30, 17, tzinfo=UTC)
    assert last_instant(NGAY_30_6) + timedelta(microseconds=1) == first_instant_after(NGAY_30_6)
    assert local_date(last_instant(NGAY_30_6)) == NGAY_30_6


def test_an_instant_of_utc_falls_in_the_vietnamese_day() -> None:
    assert local_date(datetime(2024, 6, 30, 16, 59, 59, tzinfo=UTC)) == NGAY_30_6
    assert local_date(datetime(2024, 6, 30, 17, tzinfo=UTC)) == date(2024, 7, 1)


def test_a_naive_moment_is_refused_rather_than_guessed() -> None:
    with pytest.raises(ValueError, match="múi giờ"):
        local(datetime(2024, 6, 30, 17))  # noqa: DTZ001 - the very mistake


def test_json_carries_the_offset_and_no_fractions() -> None:
    assert iso(datetime(2024, 9, 30, 10, 0, 0, 999999, tzinfo=UTC)) == "2024-09-30T17:00:00+07:00"
