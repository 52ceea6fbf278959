"""Tracks: which due each subject runs on, what a due may start from, and from when its rungs count."""

from __future__ import annotations

from domain.directive import Directive, Milestone, Quantifier
from domain.due import DueSpec, MovedBy, Within
from domain.ledger import EntryKind
from domain.plan import Track
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
