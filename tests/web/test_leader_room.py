"""The leader's page says the same as the standings at the same moment."""

from __future__ import annotations

from actions.status import status_rows
from tests.web.browsing import Reading
from tests.web.town_hall import LEADER, MONITOR, TownHall


def test_what_is_late_is_named_with_its_unit_head_and_days(hall: TownHall) -> None:
    words = " ".join(Reading(hall.signed_in(LEADER).get("/lanh-dao").text).words.split())
    assert "Đang quá hạn: 1 mốc" in words
    assert "UBND huyện Bắc Sơn" in words
    assert "Chủ tịch UBND huyện Bắc Sơn (minh hoạ)" in words
    assert "1/12 dự án chưa khởi công" in words
    assert "Có nguy cơ quá hạn trong 30 ngày tới: 2 mốc" in words
    assert "4/4 dự án chưa đạt chậm so với nhịp độ phải có" in words


def test_the_counts_are_those_of_the_standings(hall: TownHall) -> None:
    words = " ".join(Reading(hall.signed_in(LEADER).get("/lanh-dao").text).words.split())
    wholes = [row for row in status_rows(hall.office.overlook().situations.values()) if row["subject"] is None]
    late = sum(row["official"] == "open_overdue" for row in wholes)
    assert f"4 nhiệm vụ, {len(wholes)} mốc" in words
    assert f"{late} Quá hạn" in words


def test_it_is_the_leaders_alone(hall: TownHall) -> None:
    answer = hall.signed_in(MONITOR).get("/lanh-dao")
    assert answer.status_code == 403
    assert "dành cho lãnh đạo" in Reading(answer.text).words
