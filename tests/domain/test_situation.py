"""One directive at one instant, and when to look again."""

from __future__ import annotations

from datetime import time

import pytest

from domain.directive import LeadMode, Quantifier, Tracking
from domain.due import Bound, DueSpec
from domain.ledger import EntryKind
from domain.office import Interval
from domain.situation import decision_points, next_moment, steady_until, urges_at
from tests.world import (
    CAU,
    DUONG,
    FORTY,
    HUYEN,
    PROJECTS,
    START,
    TAN_THANH,
    UNDATED,
    UNITS,
    VU_LE,
    changed,
    day,
    disbursed,
    entry,
    grant,
    instant,
    on,
    rules,
    standing,
    started,
    track_of,
    unit,
    variant,
)

# ------------------------------------------------------------------------------------------------------ as of, known at


def test_the_same_day_may_be_seen_as_it_was_known_then_or_as_it_is_known_now() -> None:
    late_paper = (started("28/6/2024", recorded="15/7/2024"),)
    then, now = on("5/7/2024", late_paper), on("5/7/2024", late_paper, known_at="31/7/2024")
    assert [standing(one, "khoi-cong").official for one in (then, now)] == ["open_overdue", "done_on_time"]


def test_time_alone_changes_nothing_before_the_next_due_or_midnight() -> None:
    at_five = DueSpec(phrase="trước 17 giờ ngày 28/6/2024", date=day("28/6/2024"), bound=Bound.AT, time=time(17))
    ordered = variant(changed(START, due=at_five), FORTY)
    for seen, until in (
        ("27/6/2024 09:00", "28/6/2024 00:00"),
        ("28/6/2024 09:00", "28/6/2024 17:00"),
        ("28/6/2024 17:00", "29/6/2024 00:00"),
    ):
        assert steady_until(on(seen, (), ordered)) == instant(until)


def test_who_has_something_of_a_directive_to_do() -> None:
    assert on("1/7/2024", PROJECTS).carriers == {HUYEN, TAN_THANH, VU_LE}
    assert on("1/7/2024", ()).carriers == {HUYEN}


def test_standings_come_whole_first_then_by_subject() -> None:
    situation = on("1/7/2024", PROJECTS)
    track = track_of(situation, "khoi-cong")
    assert situation.whole(track).subject is None
    assert [one.subject.code for one in situation.singles(track) if one.subject] == [CAU, DUONG]


def test_a_total_is_not_counted_singly() -> None:
    situation = on("1/7/2024", PROJECTS, variant(changed(FORTY, quantifier=Quantifier.TOTAL, follows=())))
    assert situation.singles(track_of(situation, "giai-ngan-40")) == ()


def test_the_longest_without_a_report_is_named_first() -> None:
    known = [*PROJECTS, disbursed("10%", "1/6/2024", CAU)]
    for heard, order in ((None, [DUONG, CAU]), ("1/5/2024", [DUONG, CAU]), ("2/6/2024", [CAU, DUONG])):
        said = [disbursed("9%", heard, DUONG)] if heard else []
        situation = on("3/6/2024", known + said)
        assert [one.code for one in situation.unmet(track_of(situation, "giai-ngan-40"))] == order


def test_only_what_is_still_to_be_done_is_unmet() -> None:
    situation = on("1/7/2024", (*PROJECTS, started("10/6/2024", CAU)))
    assert [one.code for one in situation.unmet(track_of(situation, "khoi-cong"))] == [DUONG]


# ------------------------------------------------------------------------------------------------------------ who leads

EACH_COMMUNE = variant(lead=("cac-xa",), lead_mode=LeadMode.EACH)


def test_every_lead_unit_is_a_subject_of_its_own_where_the_directive_says_each() -> None:
    situation = on("1/7/2024", (started("10/6/2024", TAN_THANH),), EACH_COMMUNE)
    assert [one.official for one in situation.singles(situation.tracks[0])] == ["done_on_time", "open_overdue"]
    assert situation.state.subjects[0].name == "UBND xã Tân Thành"
    assert situation.leads == ()


def test_a_lead_unit_is_stopped_or_relieved_singly() -> None:
    known = (
        entry(EntryKind.SUSPEND, "1/6/2024", subject=TAN_THANH),
        entry(EntryKind.HAND_OVER, "1/6/2024", subject=VU_LE, unit=HUYEN),
    )
    situation = on("1/7/2024", known, EACH_COMMUNE)
    assert [one.official for one in situation.singles(situation.tracks[0])] == ["suspended", "open_overdue"]
    assert [one.unit for one in situation.state.subjects] == [TAN_THANH, HUYEN]


def test_enrolled_subjects_go_before_lead_units() -> None:
    situation = on("1/7/2024", PROJECTS, EACH_COMMUNE)
    assert [one.code for one in situation.state.subjects] == [CAU, DUONG]
    assert situation.leads == (TAN_THANH, VU_LE)


def test_a_group_means_the_units_alive_that_day() -> None:
    ended = unit(TAN_THANH, "UBND xã Tân Thành", Interval(to=instant("30/6/2024").date()))
    given = rules(units=(ended, *(one for one in UNITS if one.code != TAN_THANH)))
    found = [on(when, (), EACH_COMMUNE, given).state.subjects for when in ("30/6/2024", "1/7/2024")]
    assert [len(one) for one in found] == [2, 1]


def test_work_handed_over_has_a_new_lead() -> None:
    handed = entry(EntryKind.HAND_OVER, "1/7/2024", unit=TAN_THANH)
    assert [on(when, (handed,)).leads for when in ("30/6/2024", "1/7/2024")] == [(HUYEN,), (TAN_THANH,)]


# --------------------------------------------------------------------------------------------------- when to look again


@pytest.mark.parametrize(
    ("now", "again"),
    [
        ("15/4/2024 08:00", "22/4/2024 07:30"),
        ("22/4/2024 07:30", "31/5/2024 07:30"),
        ("28/6/2024 07:30", "1/7/2024 07:30"),
        ("11/7/2024 07:30", "15/7/2024 07:30"),  # the monitor's Monday list
    ],
)
def test_the_next_rung_of_an_open_milestone(now: str, again: str) -> None:
    assert next_moment(on(now)) == instant(again)


def test_the_rungs_of_the_next_days_are_found_once_and_those_before_a_due_however_far_it_is() -> None:
    situation = on("21/6/2024 07:30")
    track = track_of(situation, "khoi-cong")
    ahead = situation.ahead(track)
    assert next_moment(situation) == instant("24/6/2024 07:30")
    assert situation.ahead(track) is ahead
    assert ahead == situation.rungs(track, instant("1/7/2024 07:30"))
    far = situation.ahead(track_of(situation, "giai-ngan-40"))
    assert [rung.id for rung in far if rung.id.startswith("before")][-1] == "before-0"


def test_undated_work_is_looked_at_again_a_quarter_later() -> None:
    assert next_moment(on("17/6/2024 07:30", (), UNDATED)) == instant("16/9/2024 07:30")
    assert next_moment(on("17/6/2024", (), UNDATED.model_copy(update={"tracking": Tracking.NONE}))) is None


def test_nothing_is_looked_at_once_all_is_closed() -> None:
    done = [started("10/6/2024"), disbursed("100%", "20/6/2024")]
    assert next_moment(on("20/6/2024", done)) is None
    assert decision_points(on("20/6/2024", done), instant("31/12/2024")) == ()
    assert next_moment(on("20/6/2024", (entry(EntryKind.CANCEL, "1/6/2024"),))) is None


def test_decision_points_are_the_instants_ahead_once_each() -> None:
    points = decision_points(on("21/6/2024 07:30"), instant("1/7/2024"))
    assert points == tuple(instant(f"{one} 07:30") for one in ("24/6/2024", "27/6/2024", "28/6/2024", "1/7/2024"))


def test_a_rung_of_the_ladder_urges_at_its_very_instant() -> None:
    asked = ("28/6/2024 07:30", "28/6/2024 07:31", "24/6/2024 07:30", "22/4/2024 07:30")
    assert [urges_at(on(one)) for one in asked] == [True, False, False, False]
    assert not urges_at(on("28/6/2024 07:30", (started("10/6/2024"),)))


def test_an_extension_brings_new_points() -> None:
    moved = grant("khoi-cong", "31/7/2024", "28/6/2024 10:00")
    assert next_moment(on("28/6/2024 10:00", (moved,))) == instant("1/7/2024 07:30")  # a month before 31/7 is 1/7
