"""Tracks: which due each subject runs on, what a due may start from, and from when its rungs count."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from domain.directive import Directive, Milestone, Quantifier
from domain.due import DueSpec, MovedBy, Within
from domain.ledger import EntryKind
from domain.outbox import State
from domain.plan import Track
from domain.reminders import decide
from tests.world import (
    CAU,
    DUONG,
    FORTY,
    NOTICE,
    PROJECTS,
    START,
    changed,
    corrected,
    day,
    decided,
    disbursed,
    enrol,
    entry,
    grant,
    instant,
    on,
    started,
    track_of,
    variant,
)

BEGUN = instant("22/4/2024 00:00")


def due_day(track: Track) -> str | None:
    return f"{track.due.nominal:%-d/%-m/%Y}" if track.due else None


# ----------------------------------------------------------------------------------------------------------- extensions


def test_one_due_makes_one_track_with_every_subject_on_it() -> None:
    track = track_of(on("30/6/2024", PROJECTS), "khoi-cong")
    assert [subject.code for subject in track.subjects] == [CAU, DUONG]
    assert (due_day(track), track.occurrence, track.armed_at) == ("30/6/2024", "2024-06-30", BEGUN)


def test_a_subject_extended_singly_runs_on_a_track_of_its_own() -> None:
    situation = on("30/6/2024", (*PROJECTS, grant("khoi-cong", "31/7/2024", "20/6/2024", DUONG)))
    kept, moved = track_of(situation, "khoi-cong", CAU), track_of(situation, "khoi-cong", DUONG)
    assert (due_day(kept), kept.armed_at) == ("30/6/2024", BEGUN)
    assert (due_day(moved), moved.armed_at) == ("31/7/2024", instant("20/6/2024 16:00"))
    assert moved.started_at == BEGUN
    assert moved.due is not None
    assert moved.due.original == day("30/6/2024")


def test_an_extension_for_all_moves_all_with_or_without_subjects() -> None:
    granted = grant("khoi-cong", "31/7/2024", "20/6/2024")
    for entries in ((granted,), (*PROJECTS, granted)):
        assert due_day(track_of(on("30/6/2024", entries), "khoi-cong")) == "31/7/2024"


def test_a_total_has_one_due_whatever_single_subjects_were_granted() -> None:
    directive = variant(changed(FORTY, quantifier=Quantifier.TOTAL, follows=()))
    granted = grant("giai-ngan-40", "31/10/2024", "20/9/2024", CAU)
    assert due_day(track_of(on("25/9/2024", (*PROJECTS, granted), directive), "giai-ngan-40")) == "30/9/2024"
    for_all = grant("giai-ngan-40", "15/11/2024", "22/9/2024")
    later = on("25/9/2024", (*PROJECTS, granted, for_all), directive)
    assert due_day(track_of(later, "giai-ngan-40")) == "15/11/2024"


# -------------------------------------------------------------------------------------------- what a due may start from


def after(**start: str) -> Directive:
    """Khởi công, and forty percent within 30 days after something."""
    within = Within.model_validate({"days": 30, **start})
    follower = changed(FORTY, due=DueSpec(phrase="trong 30 ngày", within=within), follows=())
    return variant(START, follower)


def test_a_period_from_the_notice_waits_until_its_date_is_known() -> None:
    directive = after(of="issued")
    assert due_day(track_of(on("30/4/2024", (), directive), "giai-ngan-40")) is None
    dated = directive.model_copy(update={"notice": NOTICE.model_copy(update={"issued": day("3/5/2024")})})
    track = track_of(on("30/5/2024", (), dated), "giai-ngan-40")
    assert (due_day(track), track.armed_at) == ("3/6/2024", BEGUN)  # 2/6 is a Sunday


def test_a_due_after_an_event_is_armed_when_the_event_was_written_down() -> None:
    happened = started("3/6/2024", recorded="20/6/2024 09:00")
    directive = after(event="khoi-cong")
    assert track_of(on("19/6/2024", (happened,), directive), "giai-ngan-40").due is None
    track = track_of(on("20/6/2024", (happened,), directive), "giai-ngan-40")
    assert (due_day(track), track.armed_at) == ("3/7/2024", instant("20/6/2024 09:00"))


def test_a_corrected_event_arms_the_due_anew() -> None:
    happened = started("3/6/2024")
    wrong = corrected(happened, "1%", "10/6/2024", "12/6/2024").model_copy(
        update={"metric": "khoi-cong", "value": happened.value}
    )
    track = track_of(on("30/6/2024", (happened, wrong), after(event="khoi-cong")), "giai-ngan-40")
    assert (due_day(track), track.armed_at) == ("10/7/2024", instant("12/6/2024 16:00"))


def test_a_due_after_a_milestone_waits_for_the_last_running_subject() -> None:
    directive = after(milestone="khoi-cong")
    cau, duong = started("3/6/2024", CAU), started("5/6/2024", DUONG, recorded="7/6/2024 10:00")
    assert track_of(on("30/6/2024", (*PROJECTS, cau), directive), "giai-ngan-40").due is None
    track = track_of(on("30/6/2024", (*PROJECTS, cau, duong), directive), "giai-ngan-40")
    assert (due_day(track), track.armed_at) == ("5/7/2024", instant("7/6/2024 10:00"))
    cancelled = entry(EntryKind.CANCEL, "6/6/2024", subject=DUONG)
    assert due_day(track_of(on("30/6/2024", (*PROJECTS, cau, cancelled), directive), "giai-ngan-40")) == "3/7/2024"


def test_a_returned_report_takes_the_due_away_again() -> None:
    happened = started("3/6/2024")
    back = decided(EntryKind.RETURN, happened, "10/6/2024")
    assert track_of(on("30/6/2024", (happened, back), after(event="khoi-cong")), "giai-ngan-40").due is None


def test_a_visit_fixed_in_the_ledger_moves_the_written_due() -> None:
    ready: Milestone = changed(
        FORTY, due=DueSpec(phrase="", date=day("30/6/2024"), moved_by=MovedBy(event="khoi-cong")), follows=()
    )
    fixed = entry(EntryKind.SCHEDULE, "1/6/2024", metric="khoi-cong", day=day("20/6/2024"))
    before, then = on("31/5/2024", (fixed,), variant(ready)), on("1/6/2024", (fixed,), variant(ready))
    assert due_day(track_of(before, "giai-ngan-40")) == "30/6/2024"
    track = track_of(then, "giai-ngan-40")
    assert track.due is not None
    assert track.due.overdue_after == instant("20/6/2024 00:00")
    assert track.armed_at == instant("1/6/2024 16:00")


# ------------------------------------------------------------------------------------------------------------ the start


def test_a_directive_starts_on_its_day_or_when_it_was_adopted() -> None:
    assert on("30/4/2024").started_at == BEGUN
    adopted = on("30/4/2024", (), variant(starts=None))
    assert adopted.started_at == instant("15/4/2024 08:00")
    assert {track.armed_at for track in adopted.tracks} == {instant("15/4/2024 08:00")}


def test_predecessors_come_first_however_they_are_written() -> None:
    situation = on(
        "30/4/2024", (enrol(CAU, None, "22/4/2024"), disbursed("1%", "23/4/2024", CAU)), variant(FORTY, START)
    )
    assert [track.milestone.id for track in situation.tracks] == ["khoi-cong", "giai-ngan-40"]


# ------------------------------------------------------------------------------------------- each subject's own terms


def test_a_grant_to_one_subject_leaves_the_due_day_of_another() -> None:
    early, late = (
        grant("khoi-cong", "19/7/2024", when, who) for when, who in (("3/6/2024", CAU), ("19/7/2024 07:31", DUONG))
    )
    situation = on("19/7/2024 07:35", (*PROJECTS, early, late))
    track = track_of(situation, "khoi-cong", CAU)
    assert [subject.code for subject in track.subjects] == [CAU, DUONG]
    assert (track.armed_for([CAU]), track.armed_for([DUONG])) == (early.recorded_at, late.recorded_at)
    rows = [
        row for row in decide(situation, ()).new if row.key.occurrence == "2024-07-19" and row.key.rung == "before-0"
    ]
    born = {row.key.person: row.state for row in rows}
    assert born == {
        "dau-moi-huyen": State.PLANNED,
        "dau-moi-tan-thanh": State.PLANNED,
        "dau-moi-vu-le": State.BEFORE_START,
    }


def test_of_grants_recorded_together_the_later_in_the_ledger_holds() -> None:
    whole, single = (
        grant("khoi-cong", until, "10/6/2024 09:00", who) for until, who in (("15/7/2024", None), ("31/7/2024", CAU))
    )
    for order, day_of_cau in (((whole, single), "31/7/2024"), ((single, whole), "15/7/2024")):
        situation = on("12/6/2024", (*PROJECTS, *order))
        assert due_day(track_of(situation, "khoi-cong", CAU)) == day_of_cau
        assert due_day(track_of(situation, "khoi-cong", DUONG)) == "15/7/2024"


@pytest.mark.parametrize("seed", ["0", "1", "2", "3"])
def test_a_due_is_the_same_in_every_process(seed: str) -> None:
    program = (
        "from tests.world import *\n"
        "g = [grant('khoi-cong', u, '10/6/2024 09:00', s) for u, s in (('15/7/2024', None), ('31/7/2024', CAU))]\n"
        "print(track_of(on('12/6/2024', [*PROJECTS, *g]), 'khoi-cong', CAU).due.nominal)"
    )
    home = str(Path(__file__).parents[2])
    given = {"PYTHONHASHSEED": seed, "PYTHONPATH": home, "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=home, env=given, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "2024-07-31"


def test_a_day_put_back_is_as_old_as_when_it_was_first_given() -> None:
    first, wrong, back = (
        grant("khoi-cong", until, when)
        for until, when in (("15/7/2024", "20/6/2024"), ("31/8/2024", "25/6/2024"), ("15/7/2024", "26/6/2024"))
    )
    track = track_of(on("27/6/2024", (first, wrong, back)), "khoi-cong")
    assert (due_day(track), track.armed_at) == ("15/7/2024", first.recorded_at)
    original = track_of(on("27/6/2024", (wrong, grant("khoi-cong", "30/6/2024", "26/6/2024"))), "khoi-cong")
    assert (due_day(original), original.armed_at) == ("30/6/2024", BEGUN)


def test_a_due_after_an_event_runs_for_each_subject_from_its_own() -> None:
    cau, duong = started("10/5/2024", CAU), started("12/5/2024", DUONG, recorded="13/5/2024")
    directive = after(event="khoi-cong")
    situation = on("1/6/2024", (*PROJECTS, cau), directive)
    waiting = track_of(situation, "giai-ngan-40", DUONG)
    assert (due_day(track_of(situation, "giai-ngan-40", CAU)), waiting.due) == ("10/6/2024", None)  # 9/6 is a Sunday
    both = on("1/6/2024", (*PROJECTS, cau, duong), directive)
    assert due_day(track_of(both, "giai-ngan-40", DUONG)) == "11/6/2024"
    assert track_of(both, "giai-ngan-40", DUONG).armed_at == duong.recorded_at


def test_subjects_with_the_same_day_of_the_event_share_a_track() -> None:
    same = (started("10/5/2024", CAU), started("10/5/2024", DUONG))
    track = track_of(on("1/6/2024", (*PROJECTS, *same), after(event="khoi-cong")), "giai-ngan-40")
    assert [subject.code for subject in track.subjects] == [CAU, DUONG]


def test_one_due_for_all_subjects_runs_from_the_last_of_their_events() -> None:
    within = Within.model_validate({"days": 30, "event": "khoi-cong"})
    total = changed(FORTY, due=DueSpec(phrase="", within=within), follows=(), quantifier=Quantifier.TOTAL)
    cau, duong = started("10/5/2024", CAU), started("12/5/2024", DUONG)
    assert track_of(on("1/6/2024", (*PROJECTS, cau), variant(START, total)), "giai-ngan-40").due is None
    both = on("1/6/2024", (*PROJECTS, cau, duong), variant(START, total))
    assert due_day(track_of(both, "giai-ngan-40")) == "11/6/2024"


def test_a_day_fixed_for_all_holds_for_each_subject_that_has_none_of_its_own() -> None:
    fixed = entry(EntryKind.SCHEDULE, "1/6/2024", metric="khoi-cong", day=day("20/6/2024"))
    own = entry(EntryKind.SCHEDULE, "1/6/2024", metric="khoi-cong", day=day("25/6/2024"), subject=DUONG)
    situation = on("2/6/2024", (*PROJECTS, fixed, own), after(event="khoi-cong"))
    days = [due_day(track_of(situation, "giai-ngan-40", code)) for code in (CAU, DUONG)]
    assert days == ["22/7/2024", "25/7/2024"]  # 20/7 is a Saturday
