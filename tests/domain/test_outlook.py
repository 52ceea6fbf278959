"""What a leader is told: late since when, and what speaks against being in time."""

from __future__ import annotations

from domain.outlook import late, threatened
from tests.world import CAU, DUONG, FOOTNOTE_8, PROJECTS, START, day, disbursed, on, started, variant

MORE = variant(code="viec-khac")


def test_late_counts_working_days_and_who_is_still_missing() -> None:
    (found,) = late([on("4/7/2024", (*PROJECTS, started("20/6/2024", CAU)))])
    assert (found.standing.track.milestone.id, found.since, found.days) == ("khoi-cong", day("1/7/2024"), 4)
    assert (found.unmet, found.of) == (1, 2)


def test_nothing_is_late_on_the_last_day_or_once_it_is_done() -> None:
    assert late([on("30/6/2024", PROJECTS)]) == ()
    assert late([on("4/7/2024", (*PROJECTS, started("2/7/2024", CAU), started("3/7/2024", DUONG)))]) == ()


def test_the_longest_late_comes_first() -> None:
    september = on("2/10/2024", PROJECTS)
    assert [one.since for one in late([september])] == [day("1/7/2024"), day("1/10/2024")]


def test_a_milestone_without_subjects_counts_none() -> None:
    (found,) = late([on("4/7/2024", ())])
    assert (found.unmet, found.of) == (0, 0)


def why(when: str, *entries: object, horizon: int = 30) -> dict[str, str]:
    found = threatened([on(when, entries)], horizon)  # type: ignore[arg-type]
    return {one.standing.track.milestone.id: one.why for one in found}


def test_subjects_behind_their_pace_are_counted() -> None:
    said = (disbursed("5%", "20/8/2024", CAU), disbursed("39%", "10/9/2024", DUONG))
    assert why("10/9/2024", *PROJECTS, *said) == {"giai-ngan-40": "1/2 dự án chưa đạt chậm so với nhịp độ phải có"}


def test_the_whole_may_be_behind() -> None:
    assert why("10/9/2024", disbursed("5%", "10/9/2024")) == {"giai-ngan-40": "chậm so với nhịp độ phải có"}


def test_a_forecast_after_the_due_speaks_against_it() -> None:
    said = (disbursed("38%", "1/8/2024"), disbursed("38,5%", "10/9/2024"))
    assert why("10/9/2024", *said) == {"giai-ngan-40": "theo tốc độ hiện nay đến 08/01/2025 mới đạt"}


def test_silence_speaks_against_it_too() -> None:
    assert why("20/6/2024") == {"khoi-cong": "chưa có báo cáo nào"}
    assert why("28/9/2024", disbursed("39,9%", "20/8/2024")) == {"giai-ngan-40": "lâu không có số liệu mới"}


def test_what_goes_well_or_lies_far_ahead_is_not_listed() -> None:
    well = (disbursed("30%", "1/8/2024"), disbursed("39,9%", "10/9/2024"))
    assert why("10/9/2024", *well) == {}
    assert why("20/6/2024", horizon=5) == {}


def test_the_next_due_comes_first() -> None:
    june = on("20/6/2024")
    found = threatened([june], 120)
    assert [one.days for one in found] == sorted(one.days for one in found)
    assert found[0].standing.track.milestone.id == START.id
    assert FOOTNOTE_8.code == found[0].situation.directive.code
