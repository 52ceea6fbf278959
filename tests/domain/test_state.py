"""The fold: what the ledger says of a directive, as known at an instant and true by a day."""

from __future__ import annotations

from domain.ledger import Entry, EntryKind
from domain.state import WHOLE, State, fold
from tests.world import (
    CAU,
    DUONG,
    FOOTNOTE_8,
    PROJECTS,
    TAN_THANH,
    VU_LE,
    corrected,
    day,
    decided,
    disbursed,
    enrol,
    entry,
    grant,
    instant,
    plan,
    started,
)


def at(when: str, *entries: Entry, as_of: str = "") -> State:
    return fold(entries, instant(when), instant(as_of) if as_of else None)


def figures(state: State, subject: str = CAU) -> list[str]:
    return [str(figure.value.number or 0).removesuffix(".0") for figure in state.of("giai-ngan", subject)]


FIRST = disbursed("39%", "20/9/2024", CAU)
SECOND = disbursed("45%", "15/10/2024", CAU)


# -------------------------------------------------------------------------------------------------------------- reports


def test_reports_stand_in_the_order_of_the_days_they_are_true_of() -> None:
    late_paper = disbursed("41%", "28/9/2024", CAU, recorded="20/10/2024")
    assert figures(at("31/10/2024", SECOND, FIRST, late_paper)) == ["39", "41", "45"]


def test_only_what_was_recorded_by_then_counts() -> None:
    assert figures(at("20/9/2024 15:59", FIRST)) == []
    assert figures(at("20/9/2024 16:00", FIRST)) == ["39"]


def test_what_is_known_today_may_be_asked_of_an_earlier_day() -> None:
    entries = (FIRST, SECOND)
    assert figures(at("31/10/2024", *entries, as_of="30/9/2024")) == ["39"]
    assert figures(at("31/10/2024", *entries)) == ["39", "45"]


def test_a_note_or_a_report_without_a_value_is_no_figure() -> None:
    said = entry(EntryKind.REPORT, "20/9/2024", metric="giai-ngan", subject=CAU)
    assert figures(at("31/10/2024", said, entry(EntryKind.NOTE, "20/9/2024", text="đã họp"))) == []


# --------------------------------------------------------------------------------------------- corrections and verdicts


def test_a_correction_replaces_the_report_it_names() -> None:
    correction = corrected(SECOND, "38%", "15/10/2024", "20/10/2024")
    again = corrected(correction, "44%", "16/10/2024", "21/10/2024")
    assert figures(at("19/10/2024", FIRST, SECOND, correction, again)) == ["39", "45"]
    assert figures(at("20/10/2024", FIRST, SECOND, correction, again)) == ["39", "38"]
    assert figures(at("21/10/2024", FIRST, SECOND, correction, again)) == ["39", "44"]


def test_a_report_known_to_be_wrong_is_wrong_for_every_day() -> None:
    correction = corrected(FIRST, "30%", "5/10/2024", "8/10/2024")
    assert figures(at("31/10/2024", FIRST, correction, as_of="30/9/2024")) == []
    assert figures(at("30/9/2024", FIRST, correction)) == ["39"]


def test_a_returned_report_no_longer_counts_and_the_later_verdict_holds() -> None:
    back = decided(EntryKind.RETURN, FIRST, "1/10/2024")
    accepted = decided(EntryKind.CONFIRM, FIRST, "3/10/2024")
    assert figures(at("2/10/2024", FIRST, back)) == []
    state = at("3/10/2024", FIRST, back, accepted)
    assert [figure.confirmed for figure in state.of("giai-ngan", CAU)] == [True]
    assert figures(at("4/10/2024", FIRST, accepted, decided(EntryKind.RETURN, FIRST, "4/10/2024"))) == []
    assert figures(at("31/10/2024", FIRST, back, as_of="30/9/2024")) == []


def test_a_returned_correction_does_not_bring_the_report_back() -> None:
    correction = corrected(FIRST, "42%", "20/9/2024", "25/9/2024")
    assert figures(at("31/10/2024", FIRST, correction, decided(EntryKind.RETURN, correction, "1/10/2024"))) == []


# ---------------------------------------------------------------------------------------------------------------- plans


def test_a_bare_percentage_of_a_known_plan_gets_its_numerator_marked_derived() -> None:
    (figure,) = at("30/9/2024", plan("5 tỷ", "22/4/2024", CAU), FIRST).of("giai-ngan", CAU)
    assert figure.value.numerator == 1_950_000_000
    assert figure.value.denominator == 5_000_000_000
    assert figure.value.derived
    assert not figure.stated.derived


def test_a_percentage_is_of_the_plan_in_force_on_its_day() -> None:
    entries = (
        plan("5 tỷ", "22/4/2024", CAU),
        plan("4 tỷ", "1/10/2024", CAU),
        disbursed("2 tỷ/5 tỷ", "20/9/2024", CAU),
        disbursed("2 tỷ/5 tỷ", "20/10/2024", CAU),
    )
    assert figures(at("31/10/2024", *entries)) == ["40", "50"]
    assert [at("31/10/2024", *entries).plan("giai-ngan", CAU, day(one)) for one in ("30/9/2024", "1/10/2024")] == [
        5_000_000_000,
        4_000_000_000,
    ]
    assert at("31/10/2024", *entries).plan("giai-ngan", CAU, day("21/4/2024")) is None


def test_a_plan_of_nothing_leaves_the_figure_as_written() -> None:
    assert figures(at("31/10/2024", plan("0 đồng", "22/4/2024", CAU), FIRST)) == ["39"]


# ------------------------------------------------------------------------------------------------------------- subjects


def test_subjects_come_under_the_directive_and_leave_it() -> None:
    leave = entry(EntryKind.LEAVE, "1/8/2024", subject=CAU)
    state = at("31/10/2024", *PROJECTS, leave)
    cau, duong = state.subjects
    assert (cau.code, cau.name, cau.unit, cau.enrolled_by) == (CAU, "Dự án cau", TAN_THANH, "dau-moi-huyen")
    assert [cau.in_force(day(one)) for one in ("18/4/2024", "19/4/2024", "31/7/2024", "1/8/2024")] == [
        False,
        True,
        True,
        False,
    ]
    assert duong.in_force(day("1/8/2024"))


def test_who_comes_back_is_counted_again() -> None:
    leave = entry(EntryKind.LEAVE, "1/8/2024", subject=CAU)
    (cau,) = at("31/10/2024", PROJECTS[0], leave, enrol(CAU, VU_LE, "1/9/2024")).subjects
    assert cau.in_force(day("1/10/2024"))
    assert cau.unit == VU_LE


def test_a_subject_is_suspended_resumed_and_cancelled_singly() -> None:
    kinds = (EntryKind.SUSPEND, EntryKind.RESUME, EntryKind.CANCEL)
    entries = [*PROJECTS, *(entry(kind, f"{n}/8/2024", subject=CAU) for n, kind in enumerate(kinds, start=1))]
    stopped = [at(f"{n}/8/2024", *entries).subjects[0].stopped for n in (1, 2, 3)]
    assert stopped == [EntryKind.SUSPEND, None, EntryKind.CANCEL]
    state = at("3/8/2024", *entries)
    assert not state.subjects[0].in_force(day("3/8/2024"))
    assert state.subjects[1].stopped is None
    assert state.stopped is None
    assert at("3/8/2024", entry(EntryKind.SUSPEND, "1/8/2024")).stopped is EntryKind.SUSPEND


def test_work_is_handed_over_for_a_subject_or_as_a_whole() -> None:
    one = entry(EntryKind.HAND_OVER, "1/7/2024", subject=CAU, unit=VU_LE)
    all_of_it = entry(EntryKind.HAND_OVER, "1/8/2024", unit=TAN_THANH)
    state = at("31/10/2024", *PROJECTS, one, all_of_it)
    assert [subject.unit for subject in state.subjects] == [VU_LE, VU_LE]
    assert state.handed_to == {CAU: VU_LE, WHOLE: TAN_THANH}


# ----------------------------------------------------------------------------------------- extensions, schedules, words


def test_the_latest_grant_holds_whether_for_one_subject_or_all() -> None:
    for_all = grant("giai-ngan-40", "31/10/2024", "20/9/2024")
    for_cau = grant("giai-ngan-40", "15/11/2024", "25/9/2024", CAU)
    again = grant("giai-ngan-40", "30/11/2024", "28/9/2024")
    early, late = at("26/9/2024", for_all, for_cau), at("30/9/2024", for_all, for_cau, again)
    granted = [state.extension("giai-ngan-40", one) for state in (early, late) for one in (CAU, DUONG)]
    assert [one.day if one else None for one in granted] == [
        day("15/11/2024"),
        day("31/10/2024"),
        day("30/11/2024"),
        day("30/11/2024"),
    ]
    assert early.extension("khoi-cong", CAU) is None


def test_a_request_or_a_refusal_moves_nothing() -> None:
    asked = [
        entry(kind, "20/9/2024", milestone="giai-ngan-40", day=day("31/10/2024"))
        for kind in (EntryKind.EXTENSION_REQUEST, EntryKind.EXTENSION_REFUSAL)
    ]
    assert at("30/9/2024", *asked).extension("giai-ngan-40", WHOLE) is None


def test_an_events_day_is_fixed_ahead_and_may_be_fixed_anew() -> None:
    fixed = entry(EntryKind.SCHEDULE, "1/6/2024", metric="khoi-cong", day=day("20/6/2024"))
    anew = entry(EntryKind.SCHEDULE, "5/6/2024", metric="khoi-cong", day=day("25/6/2024"))
    assert at("10/6/2024", fixed, anew).schedules == {
        ("khoi-cong", WHOLE): (day("25/6/2024"), instant("5/6/2024 16:00"))
    }


def test_acknowledgements_are_kept_by_person() -> None:
    said = [entry(EntryKind.ACKNOWLEDGE, f"{n}/7/2024", actor="dau-moi-vu-le") for n in (1, 9)]
    assert at("31/7/2024", *said).acknowledged == {
        "dau-moi-vu-le": (instant("1/7/2024 16:00"), instant("9/7/2024 16:00"))
    }


def test_a_directive_without_subjects_is_its_own_one_subject() -> None:
    state = at("30/6/2024", started("15/6/2024"))
    assert state.subjects == ()
    assert len(state.of(FOOTNOTE_8.metrics[0].id)) == 1
