"""Days and instants of Vietnam: +07:00 all year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from time import tzset

import pytest

from domain.clocktime import at, first_instant_after, iso, last_instant, local, local_date
from domain.situation import Situation, look
from tests.world import FOOTNOTE_8, RULES, standing

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


@pytest.fixture(params=["UTC", "Asia/Ho_Chi_Minh", "America/New_York"])
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The zone the machine believes it is in."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        tzset()
        yield
    tzset()


@pytest.mark.usefixtures("machine_zone")
def test_where_the_machine_stands_does_not_matter() -> None:
    last = datetime(2024, 9, 30, 16, 59, 59, 999000, tzinfo=UTC)
    late = datetime(2024, 9, 30, 17, tzinfo=UTC)
    assert [iso(moment) for moment in (last, late)] == ["2024-09-30T23:59:59+07:00", "2024-10-01T00:00:00+07:00"]
    assert [standing(on_instant(moment), "giai-ngan-40").official for moment in (last, late)] == [
        "open_in_time",
        "open_overdue",
    ]


def on_instant(moment: datetime) -> Situation:
    return look(FOOTNOTE_8, (), RULES, moment, moment)
