"""What one message says: worst first, the blocked inside what blocks it, own projects by name, counts for the lead."""

from __future__ import annotations

from collections.abc import Iterable

from domain.compose import answered_for, digest, open_work, summary
from domain.digest import Digest, Item, Section
from domain.directive import Directive, LeadMode, Quantifier
from domain.ledger import Entry, EntryKind
from domain.office import Person
from domain.outbox import Delivery, Reason, State
from domain.reminders import decide
from domain.situation import Situation
from tests.world import (
    CAU,
    DUONG,
    FOOTNOTE_8,
    FORTY,
    HUNDRED,
    OFFICE,
    PROJECTS,
    START,
    TINH_HINH,
    UNDATED,
    changed,
    day,
    disbursed,
    entry,
    grant,
    on,
    plan,
    started,
    track_of,
    variant,
)

LEAD, DAU_MOI_VU_LE, DAU_MOI_TAN_THANH = "dau-moi-huyen", "dau-moi-vu-le", "dau-moi-tan-thanh"
OTHER = variant(START, code="viec-khac", title="Việc khác", starts=day("1/6/2024"))


def somebody(code: str) -> Person:
    found = OFFICE.person(code)
    assert found is not None
    return found


def said_to(
    who: str, when: str, *known: Entry, since: str = "22/4/2024 08:00", directives: Iterable[Directive] = (FOOTNOTE_8,)
) -> Digest:
    """What a person is sent at an instant, after a look at `since`."""
    rows: list[Delivery] = []
    situations: dict[str, Situation] = {}
    for directive in directives:
        own = tuple(one.model_copy(update={"directive": directive.code}) for one in known)
        earlier = decide(on(since, own, directive), ()).new
        situations[directive.code] = on(when, own, directive)
        rows += decide(situations[directive.code], earlier).new
    theirs = [row for row in rows if row.key.person == who and row.state is State.PLANNED]
    return digest(somebody(who), "email", theirs, situations, on(when).as_of)


def items(sections: Iterable[Section]) -> list[Item]:
    return [item for section in sections for item in section.items]


def names(sections: Iterable[Section]) -> list[str]:
    return [item.milestone for item in items(sections)]


# ----------------------------------------------------------------------------------------------------------- the urging


def test_a_unit_reads_of_its_own_projects_what_is_known_and_what_is_missing() -> None:
    known = (plan("5 tỷ", "22/4/2024", DUONG), started("5/6/2024", DUONG), disbursed("24%", "20/8/2024", DUONG))
    found = said_to(DAU_MOI_VU_LE, "23/9/2024 07:30", *PROJECTS, *known, since="16/9/2024 07:30")
    (item,) = items(found.urged)
    assert (item.name, item.target, item.late, item.working_days) == ("Giải ngân 40%", "tối thiểu 40%", False, 5)
    (line,) = item.subjects
    assert (line.code, line.name) == (DUONG, "Dự án duong")
    assert line.have == "24% (1,2 tỷ đồng/5 tỷ đồng)"
    assert line.missing == "còn thiếu 16 điểm phần trăm, tương đương 800 triệu đồng"
    assert item.reasons == (Reason.RESPONSIBLE,)
    assert [key.rung for key in found.rows] == ["before-7"]


def test_the_lead_reads_one_line_of_counts() -> None:
    found = said_to(LEAD, "21/6/2024 07:30", *PROJECTS, started("5/6/2024", CAU), since="14/6/2024 07:30")
    (item,) = items(found.urged)
    assert item.subjects == ()
    assert item.summary == "1/2 dự án chưa khởi công"


def test_the_line_of_counts_carries_the_total() -> None:
    known = (plan("8 tỷ", "22/4/2024", CAU), plan("2 tỷ", "22/4/2024", DUONG), disbursed("45%", "1/9/2024", CAU))
    done = (started("5/6/2024", CAU), started("5/6/2024", DUONG))
    found = said_to(LEAD, "16/9/2024 07:30", *PROJECTS, *known, *done, since="30/8/2024 07:30")
    assert items(found.urged)[0].summary == "1/2 dự án chưa đạt; tổng số 36% (3,6 tỷ đồng/10 tỷ đồng)"


def test_a_directive_without_subjects_says_what_is_known_and_missing() -> None:
    found = said_to(LEAD, "21/6/2024 07:30", since="14/6/2024 07:30")
    assert items(found.urged)[0].summary == "chưa khởi công"
    known = (started("5/6/2024"), disbursed("24%", "20/8/2024"))
    found = said_to(LEAD, "23/9/2024 07:30", *known, since="16/9/2024 07:30")
    assert items(found.urged)[0].summary == "24%; còn thiếu 16 điểm phần trăm"


def test_a_person_told_as_head_sees_every_project_still_open() -> None:
    found = said_to("chu-tich-huyen", "4/7/2024 07:30", *PROJECTS, since="1/7/2024 07:30")
    (item,) = items(found.urged)
    assert [line.missing for line in item.subjects] == ["chưa khởi công", "chưa khởi công"]
    assert [line.have for line in item.subjects] == ["chưa có báo cáo", "chưa có báo cáo"]
    assert item.reasons == (Reason.HEAD,)


def test_rungs_of_one_day_make_one_item_with_a_row_each() -> None:
    found = said_to(DAU_MOI_VU_LE, "28/6/2024 07:30", *PROJECTS, since="27/6/2024 07:30")
    assert names(found.urged) == ["khoi-cong"]
    assert [key.rung for key in found.rows] == ["before-1", "before-0"]


# ---------------------------------------------------------------------------------------------------------- worst first


def test_the_latest_comes_first_then_what_is_next() -> None:
    soon = variant(
        changed(START, due={"phrase": "", "date": "2024-07-05"}),
        changed(START, id="sau", due={"phrase": "", "date": "2024-07-04"}),
        changed(START, id="tre-hon", due={"phrase": "", "date": "2024-06-20"}),
        changed(START, id="tre", due={"phrase": "", "date": "2024-06-27"}),
    )
    found = said_to(LEAD, "4/7/2024 07:30", directives=(soon,))
    assert [(item.milestone, item.late, item.working_days) for item in items(found.urged)] == [
        ("tre-hon", True, 10),
        ("tre", True, 5),
        ("sau", False, 0),
        ("khoi-cong", False, 1),
    ]


def test_one_message_covers_all_directives_the_worst_on_top() -> None:
    later = variant(changed(START, due={"phrase": "", "date": "2024-07-03"}), code="viec-khac", title="Việc khác")
    found = said_to(LEAD, "1/7/2024 07:30", directives=(later, FOOTNOTE_8))
    assert [section.directive.code for section in found.urged] == ["khoi-cong-moi", "viec-khac"]


# ------------------------------------------------------------------------------------------------------ what is blocked


def test_forty_percent_stands_inside_an_overdue_start_until_it_is_late_itself() -> None:
    before = said_to(DAU_MOI_VU_LE, "27/9/2024 07:30", *PROJECTS, since="23/9/2024 07:30")
    (item,) = items(before.urged)
    assert (item.milestone, item.late) == ("khoi-cong", True)
    (one,) = item.carried
    assert (one.name, one.due.nominal, one.subjects) == ("Giải ngân 40%", day("30/9/2024"), 1)
    assert [key.milestone for key in before.rows] == ["giai-ngan-40", "giai-ngan-40"]
    after = said_to(DAU_MOI_VU_LE, "1/10/2024 07:30", *PROJECTS, since="30/9/2024 07:30")
    assert [(item.milestone, item.late) for item in items(after.urged)] == [("giai-ngan-40", True)]


def test_after_an_outage_the_start_and_what_waits_for_it_are_one_item() -> None:
    (item,) = items(said_to(DAU_MOI_VU_LE, "27/9/2024 07:30", *PROJECTS).urged)
    assert (item.milestone, [one.name for one in item.carried]) == ("khoi-cong", ["Giải ngân 40%"])


def test_blocking_is_per_project() -> None:
    ours = (*PROJECTS, entry(EntryKind.HAND_OVER, "23/4/2024", subject=DUONG, unit="xa-tan-thanh"))
    found = said_to(DAU_MOI_TAN_THANH, "27/9/2024 07:30", *ours, started("5/6/2024", CAU), since="23/9/2024 07:30")
    first, second = items(found.urged)
    assert (first.milestone, [line.code for line in first.subjects]) == ("khoi-cong", [DUONG])
    assert [one.subjects for one in first.carried] == [1]
    assert (second.milestone, [line.code for line in second.subjects]) == ("giai-ngan-40", [CAU])


def test_a_chain_stands_inside_the_milestone_it_begins_with() -> None:
    moved = grant("giai-ngan-40", "15/12/2024", "20/9/2024")
    found = said_to(LEAD, "29/11/2024 07:30", moved, since="28/11/2024 07:30")
    (item,) = items(found.urged)
    assert item.milestone == "khoi-cong"
    assert [one.name for one in item.carried] == ["Giải ngân 40%", "Giải ngân 100%"]


def test_a_predecessor_that_is_merely_open_hides_nothing_near() -> None:
    late_start = variant(changed(START, due={"phrase": "", "date": "2024-09-28"}), FORTY, HUNDRED)
    far = said_to(LEAD, "30/8/2024 07:30", since="29/8/2024 07:30", directives=(late_start,))
    assert names(far.urged) == ["khoi-cong"]  # 30/9 is 31 days away: inside what it waits for
    assert [one.name for one in items(far.urged)[0].carried] == ["Giải ngân 40%"]
    near = said_to(LEAD, "16/9/2024 07:30", since="13/9/2024 07:30", directives=(late_start,))
    assert "giai-ngan-40" in names(near.urged)


def test_a_total_waits_for_the_whole_and_a_project_for_no_total() -> None:
    total_first = variant(changed(START, quantifier=Quantifier.SHARE, at_least=100), FORTY)
    lead = said_to(LEAD, "27/9/2024 07:30", *PROJECTS, since="23/9/2024 07:30", directives=(total_first,))
    assert names(lead.urged) == ["giai-ngan-40"]


# --------------------------------------------------------------------------------------------------- the other sections


def test_the_first_message_lists_every_milestone_of_what_is_new() -> None:
    found = said_to(LEAD, "22/4/2024 07:30", since="15/4/2024 08:00", directives=(FOOTNOTE_8, UNDATED))
    assert names(found.assigned) == ["khoi-cong", "giai-ngan-40", "giai-ngan-100"]
    assert [directive.code for directive in found.assigned_undated] == ["bao-cao-tinh-hinh"]
    assert (found.urged, found.watched, found.words) == ((), (), ())


def test_a_unit_reads_which_projects_came_to_it() -> None:
    found = said_to(DAU_MOI_VU_LE, "22/4/2024 07:30", *PROJECTS, since="15/4/2024 08:00")
    assert [[line.code for line in item.subjects] for item in items(found.assigned)] == [[DUONG]] * 3


def test_an_undated_milestone_is_told_of_with_its_directive_or_alone() -> None:
    word = UNDATED.milestones[0]
    mixed = variant(START, word, metrics=(*FOOTNOTE_8.metrics, TINH_HINH))
    both = said_to(LEAD, "22/4/2024 07:30", since="15/4/2024 08:00", directives=(mixed,))
    assert (names(both.assigned), both.assigned_undated) == (["khoi-cong"], ())
    rest = said_to(LEAD, "22/4/2024 07:30", started("16/4/2024"), since="15/4/2024 08:00", directives=(mixed,))
    assert (rest.assigned, [one.code for one in rest.assigned_undated]) == ((), [mixed.code])


def test_the_monitor_reads_a_list_and_what_is_urged_is_not_listed_twice() -> None:
    listed = said_to("theo-doi", "24/6/2024 07:30", *PROJECTS, since="17/6/2024 07:30")
    assert (names(listed.watched), listed.urged) == (["khoi-cong"], ())
    both = said_to("theo-doi", "15/7/2024 07:30", *PROJECTS, since="10/7/2024 07:30")  # 11/7 urges, 15/7 lists
    assert (names(both.urged), both.watched) == (["khoi-cong"], ())
    assert len(both.rows) == 2


def test_a_word_is_asked_by_directive() -> None:
    found = said_to(LEAD, "17/6/2024 07:30", since="14/6/2024 07:30", directives=(UNDATED,))
    assert [directive.code for directive in found.words] == ["bao-cao-tinh-hinh"]


def test_what_was_met_before_the_message_is_written_is_left_out() -> None:
    known = (*PROJECTS, started("27/6/2024", CAU))
    rows = [row for row in decide(on("28/6/2024 07:30", PROJECTS), ()).new if row.key.person == LEAD]
    situation = on("28/6/2024 09:00", (*known, started("27/6/2024", DUONG)))
    assert digest(somebody(LEAD), "email", rows, {FOOTNOTE_8.code: situation}, situation.as_of).urged == ()
    one_left = on("28/6/2024 09:00", known)
    told = digest(somebody(LEAD), "email", rows, {FOOTNOTE_8.code: one_left}, one_left.as_of)
    assert items(told.urged)[0].summary == "1/2 dự án chưa khởi công"


def test_a_row_speaks_of_its_own_due_only() -> None:
    moved = grant("khoi-cong", "31/7/2024", "20/4/2024", DUONG)
    found = said_to("tai-chinh", "21/6/2024 07:30", *PROJECTS, moved, since="20/6/2024 07:30")
    assert [item.due.nominal for item in items(found.urged) if item.due] == [day("30/6/2024")]
    theirs = said_to(DAU_MOI_VU_LE, "1/7/2024 07:30", *PROJECTS, moved, since="28/6/2024 07:30")
    assert [item.due.nominal for item in items(theirs.urged) if item.due] == [day("31/7/2024")]
    newly = said_to(DAU_MOI_VU_LE, "22/4/2024 07:30", *PROJECTS, moved, since="15/4/2024 08:00")
    assert [item.due.nominal for item in items(newly.assigned) if item.due] == [
        day("31/7/2024"),
        day("30/9/2024"),
        day("31/12/2024"),
    ]


# ------------------------------------------------------------------------------------------------- what one answers for


def test_a_person_answers_for_the_open_work_of_their_units() -> None:
    situations = [on("23/9/2024 07:30", (*PROJECTS, started("5/6/2024", CAU)))]
    theirs = answered_for(somebody(DAU_MOI_TAN_THANH), situations)
    assert [(item.milestone, [line.code for line in item.subjects]) for item in items(theirs)] == [
        ("giai-ngan-40", [CAU]),
        ("giai-ngan-100", [CAU]),
    ]
    leads = answered_for(somebody(LEAD), situations)
    assert [len(item.subjects) for item in items(leads)] == [1, 2, 2]
    assert answered_for(somebody("nguoi-ngoai"), situations) == ()


def test_the_lead_answers_for_what_has_no_subjects_and_the_worst_is_on_top() -> None:
    done = (started("5/6/2024"), disbursed("100%", "6/6/2024"))
    assert answered_for(somebody(LEAD), [on("1/7/2024", done)]) == ()
    situations = [on("1/7/2024", (), UNDATED), on("1/7/2024")]
    assert names(answered_for(somebody(LEAD), situations)) == [
        *("khoi-cong", "giai-ngan-40", "giai-ngan-100", "tinh-hinh"),
    ]


def test_where_every_lead_is_a_subject_each_answers_for_itself() -> None:
    each = variant(START, lead=("cac-xa",), lead_mode=LeadMode.EACH)
    (item,) = items(answered_for(somebody(DAU_MOI_VU_LE), [on("1/7/2024", (), each)]))
    assert [line.code for line in item.subjects] == ["xa-vu-le"]


def test_a_narrative_is_summed_up_by_its_last_word() -> None:
    situation = on("1/7/2024", (), UNDATED)
    assert summary(situation, track_of(situation, "tinh-hinh")) == "chưa có báo cáo"


# ------------------------------------------------------------------------------------------------ all that is open


def test_open_work_makes_a_message_whether_a_rung_has_come_or_not() -> None:
    undated = on("4/7/2024 07:30", (), UNDATED)
    situations = {FOOTNOTE_8.code: on("4/7/2024 07:30", PROJECTS), UNDATED.code: undated}
    rows = open_work(somebody(DAU_MOI_VU_LE), "email", situations.values())
    found = digest(somebody(DAU_MOI_VU_LE), "email", rows, situations, undated.as_of)
    (item,) = items(found.urged)
    assert (item.milestone, item.late, [line.code for line in item.subjects]) == ("khoi-cong", True, [DUONG])
    assert [one.name for one in item.carried] == ["Giải ngân 40%", "Giải ngân 100%"]
    assert found.words == ()
    everything = digest(
        somebody(LEAD), "email", open_work(somebody(LEAD), "email", situations.values()), situations, undated.as_of
    )
    assert [one.code for one in everything.words] == [UNDATED.code]
    assert open_work(somebody("nguoi-ngoai"), "email", situations.values()) == ()
