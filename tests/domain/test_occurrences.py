"""Occurrences of a recurring milestone: which there are, which report counts for which, where each of them stands."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.directive import Directive, Milestone, Quantifier
from domain.due import Bound, DueSpec, Within
from domain.ledger import Entry, EntryKind
from domain.metric import DONE
from domain.policy import Completion
from domain.recurrence import Frequency, Recurrence
from domain.situation import Situation
from domain.standing import Freshness, Recorded, Standing
from domain.workdays import OutsideCalendarError
from tests.world import (
    CAU,
    DUONG,
    FORTY,
    GIAI_NGAN,
    KHOI_CONG,
    PROJECTS,
    START,
    TAN_THANH,
    TINH_HINH,
    changed,
    day,
    decided,
    disbursed,
    enrol,
    entry,
    grant,
    on,
    percent,
    report,
    rules,
    started,
    variant,
)

MONTHLY = Recurrence(every=Frequency.MONTH, days=(20,))


def every(recurrence: Recurrence, bound: Bound = Bound.INCLUSIVE, **fields: Any) -> Directive:
    """A report in words each time, from 22/4/2024 on."""
    due = DueSpec(phrase=recurrence.said(), every=recurrence, bound=bound)
    milestone = Milestone(id="bao-cao", name="Báo cáo", metric=TINH_HINH.id, due=due)
    return variant(milestone, metrics=(TINH_HINH,), **fields)


REPORTS = every(MONTHLY)


def word(as_of: str, occurrence: str | None = None, recorded: str = "", **fields: Any) -> Entry:
    said = report(TINH_HINH, "Đang triển khai", as_of, recorded=recorded)
    return said.model_copy(update={"occurrence": day(occurrence) if occurrence else None, **fields})


def stands(when: str, *entries: Entry, directive: Directive = REPORTS) -> dict[str, str]:
    """Occurrence → official standing as a whole, in order."""
    return {_day(one): one.official.value for one in on(when, entries, directive).standings if one.subject is None}


def _day(standing: Standing) -> str:
    assert standing.due is not None
    return f"{standing.due.occurrence:%-d/%-m}"


def at_due(situation: Situation, occurrence: str) -> Standing:
    return next(one for one in situation.standings if one.subject is None and _day(one) == occurrence)


# ------------------------------------------------------------------------------------------------------ which there are


def test_there_are_those_since_the_start_and_the_next_to_come() -> None:
    assert stands("22/4/2024") == {"20/5": "open_in_time"}
    assert stands("20/5/2024") == {"20/5": "open_in_time"}
    assert stands("21/5/2024") == {"20/5": "open_overdue", "20/6": "open_in_time"}
    assert stands("21/7/2024") == {
        "20/5": "open_overdue",
        "20/6": "open_overdue",
        "20/7": "open_overdue",
        "20/8": "open_in_time",
    }


def test_a_due_that_was_over_when_the_directive_began_is_none_of_its_own() -> None:
    assert stands("22/4/2024", directive=every(Recurrence(every=Frequency.MONTH, days=(22,)))) == {
        "22/4": "open_in_time"
    }
    before_the_22nd = every(Recurrence(every=Frequency.MONTH, days=(22,)), Bound.EXCLUSIVE)
    assert stands("22/4/2024", directive=before_the_22nd) == {"22/5": "open_in_time"}


def test_the_recurrence_may_begin_and_end_by_itself() -> None:
    early = every(MONTHLY.model_copy(update={"starts": day("1/3/2024")}))
    assert list(stands("22/4/2024", directive=early)) == ["20/3", "20/4", "20/5"]
    assert stands("22/4/2024", word("25/3/2024", recorded="22/4/2024"), directive=early)["20/3"] == "done_late"
    late = every(MONTHLY.model_copy(update={"starts": day("20/6/2024"), "until": day("20/7/2024")}))
    assert list(stands("30/12/2024", directive=late)) == ["20/6", "20/7"]
    over = every(MONTHLY.model_copy(update={"until": day("31/3/2024")}))
    assert stands("30/12/2024", directive=over) == {}


def test_once_the_next_is_met_the_one_after_it_opens() -> None:
    assert stands("10/5/2024", word("10/5/2024")) == {"20/5": "done_on_time", "20/6": "open_in_time"}
    ended = every(MONTHLY.model_copy(update={"until": day("20/5/2024")}))
    assert stands("10/5/2024", word("10/5/2024"), directive=ended) == {"20/5": "done_on_time"}


def test_what_falls_on_the_weekend_is_there_on_friday() -> None:
    daily = every(Recurrence(every=Frequency.DAY))
    assert list(stands("16/5/2024 08:00", directive=daily))[-1:] == ["16/5"]
    assert list(stands("17/5/2024 08:00", directive=daily))[-3:] == ["17/5", "18/5", "19/5"]


def test_occurrences_end_with_the_calendar_and_those_before_it_are_refused_aloud() -> None:
    dues = [track.due for track in on("21/12/2035", (), REPORTS).tracks]
    assert dues[-1] is not None
    assert dues[-1].occurrence == day("20/12/2035")
    before = REPORTS.model_copy(update={"starts": day("1/12/2004")})
    with pytest.raises(OutsideCalendarError, match="ngày 20/12/2004"):
        on("21/12/2024", (), before)


# ------------------------------------------------------------------------------------ which report counts for which one


def test_a_report_counts_for_the_next_to_come() -> None:
    assert stands("20/6/2024", word("20/5/2024"), word("19/6/2024")) == {
        "20/5": "done_on_time",
        "20/6": "done_on_time",
        "20/7": "open_in_time",
    }


def test_after_the_due_it_counts_late_for_the_one_just_past() -> None:
    assert stands("30/5/2024", word("21/5/2024")) == {"20/5": "done_late", "20/6": "open_in_time"}
    both = stands("30/5/2024", word("21/5/2024"), word("28/5/2024"))
    assert both == {"20/5": "done_late", "20/6": "done_on_time", "20/7": "open_in_time"}


def test_an_older_one_stays_missed_until_a_report_names_it() -> None:
    spoken = word("25/6/2024")
    assert stands("30/6/2024", spoken) == {"20/5": "open_overdue", "20/6": "done_late", "20/7": "open_in_time"}
    assert stands("30/6/2024", spoken, word("28/6/2024", "20/5/2024")) == {
        "20/5": "done_late",
        "20/6": "done_late",
        "20/7": "open_in_time",
    }


def test_naming_the_old_one_frees_the_report_that_stood_in_for_it() -> None:
    spoken = word("18/6/2024")
    assert stands("24/6/2024", spoken) == {"20/5": "done_late", "20/6": "open_overdue", "20/7": "open_in_time"}
    named = word("24/6/2024", "20/5/2024")
    assert stands("24/6/2024", spoken, named) == {"20/5": "done_late", "20/6": "done_on_time", "20/7": "open_in_time"}


def test_a_report_may_name_one_that_is_still_far_ahead() -> None:
    ahead = word("2/5/2024", "20/6/2024")
    assert stands("2/5/2024", ahead) == {"20/5": "open_in_time"}
    assert stands("21/5/2024", ahead, word("19/5/2024")) == {
        "20/5": "done_on_time",
        "20/6": "done_on_time",
        "20/7": "open_in_time",
    }


def test_a_second_word_on_the_same_occurrence_meets_nothing_more() -> None:
    assert stands("19/5/2024", word("2/5/2024"), word("19/5/2024")) == {"20/5": "done_on_time", "20/6": "open_in_time"}
    situation = on("19/5/2024", (word("2/5/2024"), word("19/5/2024")), REPORTS)
    assert len(at_due(situation, "20/5").track.reports.of(TINH_HINH.id)) == 2


def test_when_all_is_over_a_word_more_changes_nothing() -> None:
    ended = every(MONTHLY.model_copy(update={"until": day("20/5/2024")}))
    assert stands("30/6/2024", word("2/5/2024"), word("30/6/2024"), directive=ended) == {"20/5": "done_on_time"}
    never = every(MONTHLY.model_copy(update={"until": day("31/3/2024")}))
    assert stands("30/6/2024", word("2/5/2024"), directive=never) == {}


def test_what_was_reported_before_the_directive_began_is_about_something_else() -> None:
    assert stands("22/4/2024", word("12/4/2024", recorded="22/4/2024")) == {"20/5": "open_in_time"}


def test_timeliness_is_judged_on_the_day_it_was_true_and_known_when_it_was_recorded() -> None:
    spoken = word("20/5/2024", recorded="24/5/2024")
    assert stands("23/5/2024", spoken)["20/5"] == "open_overdue"
    assert stands("24/5/2024", spoken)["20/5"] == "done_on_time"


def test_a_correction_is_about_the_occurrence_its_report_named_unless_it_names_another() -> None:
    named = word("25/6/2024", "20/5/2024")
    kept = word("26/6/2024", kind=EntryKind.CORRECTION, refers_to=named.id)
    assert stands("30/6/2024", named, kept)["20/5"] == "done_late"
    again = word("27/6/2024", kind=EntryKind.CORRECTION, refers_to=kept.id)
    assert stands("30/6/2024", named, kept, again) == {
        "20/5": "done_late",
        "20/6": "open_overdue",
        "20/7": "open_in_time",
    }
    moved = word("26/6/2024", "20/6/2024", kind=EntryKind.CORRECTION, refers_to=named.id)
    assert stands("30/6/2024", named, moved) == {"20/5": "open_overdue", "20/6": "done_late", "20/7": "open_in_time"}


def test_a_returned_report_opens_its_occurrence_again() -> None:
    spoken = word("20/5/2024")
    returned = decided(EntryKind.RETURN, spoken, "22/5/2024")
    assert stands("22/5/2024", spoken, returned) == {"20/5": "open_overdue", "20/6": "open_in_time"}


def test_a_report_that_waits_to_be_confirmed_is_not_asked_for_again() -> None:
    """An unconfirmed May report is May's all the same: June's does not take its place."""
    confirming = rules(completion=Completion.CONFIRMED)
    spoken, june = word("18/5/2024"), word("18/6/2024")
    waiting = on("18/6/2024", (spoken, june), REPORTS, confirming)
    assert [len(track.reports.of(TINH_HINH.id)) for track in waiting.tracks] == [1, 1]
    assert at_due(waiting, "20/5").overdue
    accepted = on("18/6/2024", (spoken, june, decided(EntryKind.CONFIRM, spoken, "18/6/2024")), REPORTS, confirming)
    assert at_due(accepted, "20/5").official.value == "done_on_time"
    assert at_due(accepted, "20/5").recorded is Recorded.CONFIRMED


# ---------------------------------------------------------------------------------------- subjects, numbers, later days


EVENTS = variant(changed(START, due=DueSpec(phrase="", every=MONTHLY)), metrics=(KHOI_CONG,))


def test_each_subject_has_its_own_occurrences_to_meet() -> None:
    entries = (*PROJECTS, started("17/5/2024", CAU), started("22/5/2024", DUONG), started("18/6/2024", CAU))
    assert stands("20/6/2024", *entries, directive=EVENTS) == {"20/5": "done_late", "20/6": "open_in_time"}
    situation = on("20/6/2024", entries, EVENTS)
    assert {
        (_day(one), one.subject.code): one.official.value for one in situation.standings if one.subject is not None
    } == {
        ("20/5", CAU): "done_on_time",
        ("20/5", DUONG): "done_late",
        ("20/6", CAU): "done_on_time",
        ("20/6", DUONG): "open_in_time",
    }


def test_a_subject_owes_nothing_for_the_time_before_it_was_enrolled() -> None:
    later = enrol("truong", TAN_THANH, "3/6/2024")
    situation = on("21/6/2024", (*PROJECTS, later), EVENTS)
    assert [len(track.subjects) for track in situation.tracks] == [2, 3, 3]
    alone = on("21/6/2024", (later,), EVENTS)
    assert [track.occurrence for track in alone.tracks] == ["2024-06-20", "2024-07-20"]


def test_of_a_total_every_part_counts_for_its_own_time() -> None:
    half = changed(
        FORTY, quantifier=Quantifier.TOTAL, follows=(), target=percent("50"), due=DueSpec(phrase="", every=MONTHLY)
    )
    directive = variant(half, metrics=(GIAI_NGAN,))
    entries = (*PROJECTS, disbursed("6 tỷ/10 tỷ", "17/5/2024", CAU), disbursed("5 tỷ/10 tỷ", "18/5/2024", DUONG))
    part, rest = disbursed("4 tỷ/10 tỷ", "18/6/2024", CAU), disbursed("6 tỷ/10 tỷ", "21/6/2024", DUONG)
    assert stands("20/6/2024", *entries, directive=directive) == {"20/5": "done_on_time", "20/6": "open_in_time"}
    assert stands("21/6/2024", *entries, part, directive=directive)["20/6"] == "open_overdue"
    assert stands("21/6/2024", *entries, part, rest, directive=directive)["20/6"] == "done_late"
    latest = at_due(on("25/6/2024", (*entries, part, rest), directive), "20/6").latest
    assert latest is not None
    assert latest.number == 50


def test_the_pace_towards_a_number_begins_after_the_occurrence_before() -> None:
    numbers = changed(FORTY, follows=(), due=DueSpec(phrase="", every=MONTHLY))
    other = changed(START, due=DueSpec(phrase="", date=day("30/9/2024")))
    hundred = changed(FORTY, id="giai-ngan-100", follows=(), target=percent("100"))
    directive = variant(other, numbers, hundred)
    said = (started("6/5/2024"), disbursed("45%", "18/5/2024"), disbursed("30%", "5/6/2024"))
    situation = on("5/6/2024", said, directive)
    june = next(one for one in situation.standings if one.due and one.due.occurrence == day("20/6/2024"))
    assert june.track.begun == day("21/5/2024")
    assert june.pace.expected == 40 * 15 / 30
    assert not june.pace.behind
    assert next(one for one in situation.standings if one.track.milestone.id == "giai-ngan-100").pace.expected


def test_freshness_is_of_the_metric_and_the_latest_figure_of_the_occurrence() -> None:
    june = at_due(on("25/5/2024", (word("18/5/2024"),), REPORTS), "20/6")
    assert (june.latest, june.freshness) == (None, Freshness.FRESH)
    assert at_due(on("25/7/2024", (word("18/5/2024"),), REPORTS), "20/8").freshness is Freshness.STALE
    assert at_due(on("25/5/2024", (), REPORTS), "20/6").freshness is Freshness.NEVER


def test_a_later_day_is_granted_to_one_occurrence_and_moves_no_report() -> None:
    granted = grant("bao-cao", "31/5/2024", "18/5/2024").model_copy(update={"occurrence": day("20/5/2024")})
    assert stands("30/5/2024", granted) == {"20/5": "open_in_time", "20/6": "open_in_time"}
    assert stands("30/5/2024", granted, word("30/5/2024")) == {"20/5": "done_on_time", "20/6": "open_in_time"}
    track = on("30/5/2024", (granted,), REPORTS).tracks[0]
    assert (track.occurrence, track.armed_at) == ("2024-05-20/2024-05-31", granted.recorded_at)
    assert track.due is not None
    assert track.due.original == day("20/5/2024")
    for_one = grant("khoi-cong", "31/5/2024", "18/5/2024", CAU).model_copy(update={"occurrence": day("20/5/2024")})
    assert [track.occurrence for track in on("20/5/2024", (*PROJECTS, for_one), EVENTS).tracks] == [
        "2024-05-20/2024-05-31",
        "2024-05-20",
    ]


def test_a_later_day_that_names_no_occurrence_moves_none() -> None:
    assert on("30/5/2024", (grant("bao-cao", "31/5/2024", "18/5/2024"),), REPORTS).tracks[0].occurrence == "2024-05-20"


def test_what_is_stopped_is_stopped_for_all_its_occurrences() -> None:
    stopped = entry(EntryKind.SUSPEND, "25/5/2024")
    assert stands("30/5/2024", stopped) == {"20/5": "suspended", "20/6": "suspended"}
    assert stands("30/5/2024", word("18/5/2024"), entry(EntryKind.CANCEL, "25/5/2024")) == {
        "20/5": "cancelled",
        "20/6": "cancelled",
    }


# ------------------------------------------------------------------------------------------------------- no one follows


def test_nothing_follows_what_never_ends_and_it_follows_nothing() -> None:
    recurring = changed(START, due=DueSpec(phrase="", every=MONTHLY))
    with pytest.raises(ValidationError, match="không đi sau mốc khoi-cong được vì mốc ấy lặp lại theo kỳ"):
        variant(recurring, FORTY)
    with pytest.raises(ValidationError, match="mốc lặp lại theo kỳ không đi sau mốc khác"):
        variant(START, changed(FORTY, due=DueSpec(phrase="", every=MONTHLY)))
    after = DueSpec(phrase="", within=Within(days=30, milestone="khoi-cong"))
    with pytest.raises(ValidationError, match="hạn không tính từ mốc khoi-cong được"):
        variant(recurring, changed(FORTY, follows=(), due=after))


def test_an_event_that_comes_again_is_done_when_it_is_done() -> None:
    assert changed(START, due=DueSpec(phrase="", every=MONTHLY)).target == DONE
    assert stands("30/5/2024", started("17/5/2024"), directive=EVENTS)["20/5"] == "done_on_time"
