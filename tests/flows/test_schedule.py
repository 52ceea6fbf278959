"""Decision points become runs at those instants: never earlier, not seven hours off, never too many."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from prefect.client.schemas.schedules import RRuleSchedule
from prefect.server.schemas.schedules import RRuleSchedule as ServerSchedule

from domain.clocktime import VIETNAM
from flows.schedule import MOST_POINTS, SPREAD_MINUTES, covers, decision_schedule, start_of

HALF_PAST_SEVEN = datetime(2026, 11, 24, 7, 30, tzinfo=VIETNAM)


def runs(schedule: RRuleSchedule | None) -> list[datetime]:
    """The instants at which Prefect's own scheduler would start runs, in UTC."""
    assert schedule is not None
    server = ServerSchedule(rrule=schedule.rrule, timezone=schedule.timezone)
    beginning = datetime(2020, 1, 1, tzinfo=UTC)
    return [start.astimezone(UTC) for start in asyncio.run(server.get_dates(n=1000, start=beginning))]


def schedule_of(points: Sequence[datetime]) -> RRuleSchedule:
    schedule = decision_schedule(points, "bs-2024-cn8")
    assert schedule is not None
    return schedule


def key_without_delay() -> str:
    return next(key for key in map(str, range(100)) if start_of(HALF_PAST_SEVEN, key) == HALF_PAST_SEVEN)


def test_half_past_seven_in_vietnam_is_half_past_midnight_in_utc() -> None:
    schedule = decision_schedule([HALF_PAST_SEVEN], key_without_delay())
    assert runs(schedule) == [datetime(2026, 11, 24, 0, 30, tzinfo=UTC)]


def test_the_rule_is_written_in_local_time_without_z() -> None:
    schedule = decision_schedule([HALF_PAST_SEVEN.astimezone(UTC)], key_without_delay())
    assert schedule is not None
    assert schedule.rrule == "DTSTART:20261124T073000\nRDATE:20261124T073000"
    assert schedule.timezone == "Asia/Ho_Chi_Minh"


def test_every_point_gets_its_run_in_order_and_once() -> None:
    points = [HALF_PAST_SEVEN + timedelta(days=days) for days in (30, 7, 0, 7)]
    expected = [start_of(HALF_PAST_SEVEN + timedelta(days=days), "bs-2024-cn8") for days in (0, 7, 30)]
    assert runs(schedule_of(points)) == expected


@pytest.mark.parametrize("key", [f"bs-2024-{number}" for number in range(40)])
def test_no_run_is_before_its_point_and_none_ten_minutes_after(key: str) -> None:
    for point in (HALF_PAST_SEVEN, HALF_PAST_SEVEN + timedelta(microseconds=1)):
        late = runs(decision_schedule([point], key))[0] - point
        assert timedelta(0) <= late <= timedelta(minutes=SPREAD_MINUTES - 1, seconds=1)


def test_directives_do_not_all_start_in_one_minute_and_each_keeps_its_own() -> None:
    minutes = [start_of(HALF_PAST_SEVEN, f"bs-2024-{number}").minute for number in range(40)]
    assert len(set(minutes)) == SPREAD_MINUTES
    assert minutes == [start_of(HALF_PAST_SEVEN, f"bs-2024-{number}").minute for number in range(40)]


def test_only_the_next_120_points_are_scheduled_and_prefect_accepts_the_rule() -> None:
    points = [HALF_PAST_SEVEN + timedelta(days=days) for days in range(MOST_POINTS + 30)]
    schedule = schedule_of(points)
    assert runs(schedule) == [start_of(point, "bs-2024-cn8") for point in points[:MOST_POINTS]]
    assert len(schedule.rrule) <= 6500


def test_a_directive_without_points_has_no_schedule() -> None:
    assert decision_schedule([], "bs-2024-cn8") is None


def test_a_point_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="múi giờ"):
        decision_schedule([datetime(2026, 11, 24, 7, 30)], "bs-2024-cn8")  # noqa: DTZ001 (the point of the test)


def test_a_schedule_covers_another_when_only_points_gone_by_differ() -> None:
    points = [HALF_PAST_SEVEN + timedelta(days=days) for days in range(5)]
    existing = schedule_of(points)
    assert covers(existing, schedule_of(points))
    assert covers(existing, schedule_of(points[2:]))
    assert not covers(existing, schedule_of(points[:4]))
    assert not covers(existing, schedule_of([*points, points[-1] + timedelta(days=1)]))
    assert all(not covers(schedule_of([one]), schedule_of([other])) for one, other in pairwise(points))
