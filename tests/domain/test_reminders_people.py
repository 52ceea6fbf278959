"""Who is told: own subjects to their units, one line of counts to the lead, heads and monitor as it gets late."""

from __future__ import annotations

from domain.directive import Directive, LeadMode, Quantifier
from domain.ledger import Entry, EntryKind
from domain.office import Interval, Post, Role
from domain.outbox import Delivery, Reason, State
from domain.situation import Rules
from tests.world import (
    CAU,
    DUONG,
    FOOTNOTE_8,
    HUYEN,
    PEOPLE,
    PROJECTS,
    RULES,
    START,
    TAN_THANH,
    VU_LE,
    changed,
    day,
    enrol,
    entry,
    live,
    person,
    rules,
    started,
    variant,
)

ALONE = variant(START)
LATE = ["22/4/2024", "31/5/2024", "21/6/2024", "28/6/2024", "1/7/2024", "4/7/2024", "11/7/2024", "25/7/2024"]


def named(rung: str, *known: Entry, given: Rules = RULES, directive: Directive = ALONE) -> dict[str, Delivery]:
    """Who has a row for that rung, in an office that looks on time."""
    return {row.key.person: row for row in live(LATE, known, directive, given) if row.key.rung == rung}


# ----------------------------------------------------------------------------------------------------------- the agreed


def test_each_unit_hears_of_its_own_projects_and_the_lead_of_all() -> None:
    told = named("before-30", *PROJECTS)
    assert {one: (row.reason, row.subjects) for one, row in told.items()} == {
        "dau-moi-tan-thanh": (Reason.RESPONSIBLE, (CAU,)),
        "dau-moi-vu-le": (Reason.RESPONSIBLE, (DUONG,)),
        "dau-moi-huyen": (Reason.LEAD, (CAU, DUONG)),
    }


def test_a_unit_whose_projects_are_all_met_hears_nothing_more() -> None:
    told = named("before-7", *PROJECTS, started("15/6/2024", CAU))
    assert set(told) == {"dau-moi-vu-le", "dau-moi-huyen", "tai-chinh"}
    assert told["dau-moi-huyen"].subjects == (DUONG,)


def test_a_unit_with_several_projects_has_one_row() -> None:
    told = named("before-30", *PROJECTS, enrol("truong", TAN_THANH, "22/4/2024"))
    assert told["dau-moi-tan-thanh"].subjects == (CAU, "truong")


def test_a_project_without_a_unit_is_the_leads_own() -> None:
    assert set(named("before-30", enrol(CAU, None, "19/4/2024"))) == {"dau-moi-huyen"}


def test_a_lead_that_is_its_own_contractor_hears_once() -> None:
    told = named("before-30", enrol(CAU, HUYEN, "19/4/2024"), PROJECTS[1])
    assert (told["dau-moi-huyen"].reason, told["dau-moi-huyen"].subjects) == (Reason.RESPONSIBLE, (CAU,))


def test_coordinating_units_hear_at_the_start_a_week_before_and_on_the_first_day_late() -> None:
    rows = [row for row in live(LATE, PROJECTS, ALONE) if row.key.person == "tai-chinh"]
    assert [row.key.rung for row in rows] == ["assigned", "before-7", "overdue-1"]
    assert {(row.reason, row.subjects) for row in rows} == {(Reason.COORDINATING, ())}


def test_several_leads_are_all_told_of_one_standing() -> None:
    told = named("before-30", directive=variant(START, lead=(HUYEN, VU_LE)))
    assert {one: row.reason for one, row in told.items()} == {
        "dau-moi-huyen": Reason.LEAD,
        "dau-moi-vu-le": Reason.LEAD,
    }


def test_where_every_lead_is_a_subject_the_one_that_is_done_hears_nothing() -> None:
    directive = variant(START, lead=("cac-xa",), lead_mode=LeadMode.EACH)
    done = started("15/6/2024", TAN_THANH)
    assert set(named("before-30", done, directive=directive)) == {"dau-moi-tan-thanh", "dau-moi-vu-le"}
    told = named("overdue-1", done, directive=directive)
    assert {one: (row.reason, row.subjects) for one, row in told.items() if one != "tai-chinh"} == {
        "dau-moi-vu-le": (Reason.RESPONSIBLE, (VU_LE,))
    }


def test_a_share_is_the_leads_affair() -> None:
    directive = variant(changed(START, quantifier=Quantifier.SHARE, at_least=50))
    told = named("before-30", *PROJECTS, directive=directive)
    assert {one: (row.reason, row.subjects) for one, row in told.items()} == {"dau-moi-huyen": (Reason.LEAD, ())}


def test_the_outsider_and_the_leader_never_hear() -> None:
    rows = live(LATE, PROJECTS, FOOTNOTE_8)
    assert not {"nguoi-ngoai", "lanh-dao-tinh"} & {row.key.person for row in rows}


def test_the_first_channel_of_a_person_is_used() -> None:
    assert {row.key.channel for row in live(LATE, PROJECTS)} == {"email"}


# ----------------------------------------------------------------------------------------------------------- escalation


def test_heads_join_on_the_fourth_day_late_and_the_monitor_on_the_ninth() -> None:
    heads = {"chu-tich-huyen", "chu-tich-tan-thanh", "chu-tich-vu-le"}
    first, second, third = (set(named(f"overdue-{n}", *PROJECTS)) for n in (1, 4, 9))
    assert first & (heads | {"theo-doi"}) == set()
    assert second & (heads | {"theo-doi"}) == heads
    assert third & (heads | {"theo-doi"}) == heads | {"theo-doi"}


def test_each_is_told_why_and_of_what() -> None:
    told = named("overdue-9", *PROJECTS)
    assert {
        one: (told[one].reason, told[one].subjects) for one in ("chu-tich-vu-le", "chu-tich-huyen", "theo-doi")
    } == {
        "chu-tich-vu-le": (Reason.HEAD, (DUONG,)),
        "chu-tich-huyen": (Reason.HEAD, (CAU, DUONG)),
        "theo-doi": (Reason.MONITOR, (CAU, DUONG)),
    }


HEADLESS = [one for one in PEOPLE if one.code != "dau-moi-vu-le"]


def test_without_a_focal_person_the_head_is_told_from_the_start() -> None:
    told = named("before-30", *PROJECTS, given=rules(people=HEADLESS))
    assert told["chu-tich-vu-le"].reason is Reason.RESPONSIBLE


# ------------------------------------------------------------------------------------------------------ acknowledgement


def acknowledged(actor: str, when: str) -> Entry:
    return entry(EntryKind.ACKNOWLEDGE, when, actor=actor)


def test_who_acknowledges_is_left_alone_for_five_working_days() -> None:
    said = acknowledged("dau-moi-vu-le", "27/6/2024 09:00")  # until 4/7
    rows = [row for row in live(LATE, (*PROJECTS, said), ALONE) if row.key.person == "dau-moi-vu-le"]
    states = {row.key.rung: row.state for row in rows if row.key.on_ladder}
    assert [rung for rung, state in states.items() if state is State.OBSOLETE] == [
        *("before-1", "before-0", "overdue-1", "overdue-4"),
    ]
    assert states["overdue-9"] is State.PLANNED
    notes = {row.note for row in rows if row.state is State.OBSOLETE}
    assert notes == {"đã tiếp nhận lúc 09:00 ngày 27/6/2024, không nhắc lại trong 5 ngày làm việc"}


def test_nobody_else_is_silenced_by_it() -> None:
    said = acknowledged("dau-moi-vu-le", "27/6/2024 09:00")
    told = named("overdue-1", *PROJECTS, said)
    assert {row.state for one, row in told.items() if one != "dau-moi-vu-le"} == {State.PLANNED}


def test_an_acknowledgement_is_never_done_and_never_silences_the_escalation() -> None:
    said = [acknowledged(one, "3/7/2024 09:00") for one in ("chu-tich-vu-le", "dau-moi-vu-le")]
    told = named("overdue-4", *PROJECTS, *said)
    assert told["dau-moi-vu-le"].state is State.OBSOLETE
    assert told["chu-tich-vu-le"].state is State.PLANNED
    assert told["chu-tich-vu-le"].subjects == (DUONG,)


def test_a_head_who_stands_in_is_silenced_as_focal_person_but_not_as_head() -> None:
    said = acknowledged("chu-tich-vu-le", "28/6/2024 09:00")
    given = rules(people=HEADLESS)
    first, second = (named(rung, *PROJECTS, said, given=given)["chu-tich-vu-le"] for rung in ("overdue-1", "overdue-4"))
    assert (first.reason, first.state) == (Reason.RESPONSIBLE, State.OBSOLETE)
    assert (second.reason, second.state) == (Reason.HEAD, State.PLANNED)


def test_an_acknowledgement_of_tomorrow_silences_nothing_today() -> None:
    told = named("overdue-1", *PROJECTS, acknowledged("dau-moi-vu-le", "1/7/2024 08:00"))
    assert told["dau-moi-vu-le"].state is State.PLANNED


# ----------------------------------------------------------------------------------------------------- changes of hands


def test_who_takes_over_a_post_hears_once_of_what_is_open() -> None:
    until = Post(unit=VU_LE, role=Role.FOCAL, valid=Interval(to=day("30/6/2024")))
    since = Post(unit=VU_LE, role=Role.FOCAL, valid=Interval.model_validate({"from": day("1/7/2024")}))
    given = rules(people=[*HEADLESS, person("nguoi-cu", until), person("nguoi-moi", since)])
    rows = live(LATE[:5], PROJECTS, ALONE, given)
    before = [row.key.rung for row in rows if row.key.person == "nguoi-cu"]
    assert before[-1] == "before-0"
    sent = [row.key.rung for row in rows if row.key.person == "nguoi-moi" and row.state is State.PLANNED]
    assert sent == ["enrolled", "overdue-1"]


def test_work_handed_over_is_urged_of_the_new_unit() -> None:
    handed = entry(EntryKind.HAND_OVER, "30/6/2024 10:00", subject=DUONG, unit=TAN_THANH)
    assert named("overdue-1", *PROJECTS, handed)["dau-moi-tan-thanh"].subjects == (CAU, DUONG)
    as_a_whole = entry(EntryKind.HAND_OVER, "30/6/2024 10:00", unit=VU_LE)
    assert {one for one, row in named("overdue-1", as_a_whole).items() if row.reason is Reason.LEAD} == {
        "dau-moi-vu-le"
    }
