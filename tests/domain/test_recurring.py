"""Urging what comes again: rungs of each occurrence, one word for each, one item for all that are late."""

from __future__ import annotations

import pytest

from domain.compose import answered_for, digest
from domain.digest import Digest, Item
from domain.directive import Directive
from domain.due import Bound, DueSpec
from domain.ledger import Entry
from domain.outbox import Delivery, Key, Reason, State
from domain.plan import LADDER, RungKind
from domain.recurrence import Frequency, Recurrence
from domain.reminders import decide
from domain.situation import decision_points, next_moment, urges_at
from domain.vietnamese import day as said
from tests.domain.test_occurrences import EVENTS, MONTHLY, REPORTS, every, word
from tests.world import (
    CAU,
    DUONG,
    OFFICE,
    PROJECTS,
    START,
    changed,
    day,
    grant,
    instant,
    live,
    on,
    rules,
    started,
    variant,
)

LEAD = "dau-moi-huyen"
FOCAL = next(one for one in OFFICE.people if one.code == LEAD)


def days_of(directive: Directive, occurrence: str, when: str, *entries: Entry) -> list[str]:
    """The rungs of the occurrence's ladder: `before-14 6/5`."""
    situation = on(when, entries, directive)
    track = next(one for one in situation.tracks if one.due and one.due.occurrence == day(occurrence))
    found = situation.rungs(track, situation.as_of)
    return [f"{rung.id} {rung.at:%-d/%-m %H:%M}".removesuffix(" 07:30") for rung in found if rung.kind in LADDER]


# ---------------------------------------------------------------------------------------------------------------- rungs


def test_the_first_occurrence_has_the_whole_ladder_and_later_ones_what_lies_behind_the_one_before() -> None:
    assert days_of(REPORTS, "20/5/2024", "22/4/2024") == [
        "before-30 19/4",
        "before-14 6/5",
        "before-7 13/5",
        "before-3 17/5",
        "before-1 17/5",
        "before-0 20/5",
    ]
    assert days_of(REPORTS, "20/6/2024", "21/5/2024") == [
        "before-14 6/6",
        "before-7 13/6",
        "before-3 17/6",
        "before-1 19/6",
        "before-0 20/6",
    ]


def test_a_quarterly_report_is_urged_thirty_days_ahead_and_a_weekly_one_three() -> None:
    quarterly = every(Recurrence(every=Frequency.QUARTER, days=(25,)))
    assert days_of(quarterly, "25/9/2024", "26/6/2024")[0] == "before-30 26/8"
    weekly = every(Recurrence(every=Frequency.WEEK, days=(1,)))
    assert days_of(weekly, "6/5/2024", "30/4/2024") == ["before-3 3/5", "before-1 4/5", "before-0 6/5"]


@pytest.mark.parametrize("bound", [Bound.INCLUSIVE, Bound.EXCLUSIVE])
def test_no_monthly_report_is_urged_thirty_days_ahead_however_long_the_month(bound: Bound) -> None:
    directive = every(MONTHLY, bound)
    for month in range(6, 13):
        when = f"{21 if bound is Bound.INCLUSIVE else 20}/{month - 1}/2024"
        assert days_of(directive, f"20/{month}/2024", when)[0].startswith("before-14 ")


def test_a_daily_report_is_urged_in_the_morning_and_before_the_weekend() -> None:
    four_o_clock = DueSpec.model_validate(
        {"phrase": "", "every": {"every": "day"}, "bound": "at", "time": "16:00"}  # trước 16h00 hằng ngày
    )
    daily = variant(changed(REPORTS.milestones[0], due=four_o_clock), metrics=REPORTS.metrics)
    assert days_of(daily, "17/5/2024", "17/5/2024 08:00") == ["before-0 17/5"]
    assert days_of(daily, "19/5/2024", "17/5/2024 08:00") == ["before-0 17/5"]
    assert days_of(daily, "20/5/2024", "20/5/2024 17:00") == ["before-0 20/5", "overdue-1 20/5 16:00"]


def test_an_overdue_occurrence_keeps_its_own_ladder() -> None:
    assert days_of(REPORTS, "20/5/2024", "2/7/2024")[-5:] == [
        "overdue-1 21/5",
        "overdue-4 24/5",
        "overdue-9 31/5",
        "overdue-19 14/6",
        "overdue-29 28/6",
    ]


def test_the_next_look_is_at_the_current_occurrence_or_the_one_that_follows() -> None:
    assert next_moment(on("7/5/2024", (), REPORTS)) == instant("13/5/2024 07:30")
    met = on("7/5/2024", (word("7/5/2024"),), REPORTS)
    assert next_moment(met) == instant("6/6/2024 07:30")
    assert instant("13/5/2024 07:30") not in decision_points(met, instant("30/6/2024"))
    assert urges_at(on("13/5/2024 07:30", (), REPORTS))
    ended = every(MONTHLY.model_copy(update={"until": day("20/5/2024")}))
    assert next_moment(on("7/5/2024", (word("7/5/2024"),), ended)) is None


# ----------------------------------------------------------------------------------------------------------- deliveries


def told(rows: list[Delivery], to: str = LEAD) -> list[tuple[str, str, str]]:
    """(occurrence, rung, day) of what was planned for the person."""
    return [
        (row.key.occurrence, row.key.rung, f"{row.rung_at:%-d/%-m}")
        for row in rows
        if row.key.person == to and row.state is State.PLANNED
    ]


def mornings(first: int, last: int, month: int) -> list[str]:
    return [f"{number}/{month}/2024" for number in range(first, last + 1)]


def test_every_occurrence_is_urged_by_itself_and_nothing_twice() -> None:
    rows = live([*mornings(22, 30, 4), *mornings(1, 31, 5), *mornings(1, 20, 6)], (word("17/5/2024"),), REPORTS)
    assert told(rows) == [
        ("2024-04-22", "assigned", "22/4"),
        ("2024-05-20", "before-14", "6/5"),
        ("2024-05-20", "before-7", "13/5"),
        ("2024-05-20", "before-3", "17/5"),
        ("2024-05-20", "before-1", "17/5"),
        ("2024-06-20", "before-14", "6/6"),
        ("2024-06-20", "before-7", "13/6"),
        ("2024-06-20", "before-3", "17/6"),
        ("2024-06-20", "before-1", "19/6"),
        ("2024-06-20", "before-0", "20/6"),
    ]
    keys = [row.key for row in rows]
    assert len(keys) == len(set(keys))


def test_a_row_of_an_occurrence_that_is_met_before_sending_is_overtaken() -> None:
    rows = live(["22/4/2024", "20/5/2024"], (), REPORTS)
    planned = [row for row in rows if row.key.rung == "before-0" and row.key.person == LEAD]
    met = decide(on("20/5/2024 08:00", (word("20/5/2024 07:45"),), REPORTS), rows)
    assert dict(met.overtaken)[planned[0].key] == "kỳ này đã hoàn thành hoặc không còn phải thực hiện"
    moved = grant("bao-cao", "31/5/2024", "20/5/2024 07:40").model_copy(update={"occurrence": day("20/5/2024")})
    extended = decide(on("20/5/2024 08:00", (moved,), REPORTS), rows)
    assert dict(extended.overtaken)[planned[0].key] == "hạn đã thay đổi"


def test_a_later_day_does_not_silence_the_rung_of_another_occurrence_on_the_same_morning() -> None:
    """May, moved to 20/6, and June have the same rungs at the same instants, and are two things to do."""
    moved = grant("bao-cao", "20/6/2024", "18/5/2024").model_copy(update={"occurrence": day("20/5/2024")})
    rows = live(["22/4/2024", *mornings(21, 31, 5), *mornings(1, 20, 6)], (moved,), REPORTS)
    last = [row.key.occurrence for row in rows if row.key.rung == "before-0" and row.key.person == LEAD]
    assert last == ["2024-05-20/2024-06-20", "2024-06-20"]


def test_the_weekly_list_names_all_that_is_open_in_one_row() -> None:
    rows = live(["22/4/2024", "10/6/2024", "17/6/2024"], (), REPORTS)
    watched = [row.key.occurrence for row in rows if row.key.rung.startswith("watch-")]
    assert sorted(set(watched)) == sorted(watched)
    assert {"2024-W24", "2024-W25"} <= set(watched)


def test_each_subjects_unit_is_told_of_its_own_open_occurrences() -> None:
    rows = live(["22/4/2024", *mornings(21, 21, 5)], (*PROJECTS, started("17/5/2024", CAU)), EVENTS)
    late = {(row.key.person, row.subjects) for row in rows if row.key.rung == "overdue-1" and row.subjects}
    assert late == {(LEAD, (DUONG,)), ("dau-moi-vu-le", (DUONG,))}


# ------------------------------------------------------------------------------------------------------------- messages


def key(rung: str, occurrence: str, directive: Directive = REPORTS) -> Key:
    milestone = directive.milestones[0].id
    return Key(
        directive=directive.code,
        milestone=milestone,
        rung=rung,
        occurrence=occurrence,
        person=LEAD,
        channel="email",
    )


def letter(
    when: str, *rows: tuple[str, str], directive: Directive = REPORTS, entries: tuple[Entry, ...] = ()
) -> Digest:
    situation = on(when, entries, directive)
    unmet = tuple(dict.fromkeys(one.code for track in situation.tracks for one in situation.unmet(track)))
    sent = [
        Delivery(
            key=key(rung, occurrence, directive),
            reason=Reason.RESPONSIBLE,
            subjects=unmet,
            rung_at=situation.as_of,
            not_before=situation.as_of,
        )
        for rung, occurrence in rows
    ]
    return digest(FOCAL, "email", sent, {directive.code: situation}, situation.as_of)


def items(found: Digest) -> tuple[Item, ...]:
    return found.urged[0].items


def test_the_message_names_the_occurrence() -> None:
    (item,) = items(letter("20/5/2024 07:30", ("before-0", "2024-05-20")))
    assert (item.name, item.summary, item.late) == ("Báo cáo, kỳ hạn 20/5/2024", "chưa có báo cáo", False)
    (new,) = letter("22/4/2024 07:30", ("assigned", "2024-04-22")).assigned[0].items
    assert new.name == "Báo cáo, kỳ hạn 20/5/2024"


def test_overdue_occurrences_make_one_item_beside_the_one_to_come() -> None:
    late, ahead = items(letter("19/7/2024 07:30", ("before-1", "2024-07-20"), ("overdue-19", "2024-06-20")))
    assert late.name == "Báo cáo, 2 kỳ quá hạn"
    assert late.summary == "chưa hoàn thành các kỳ hạn 20/5/2024, 20/6/2024"
    assert late.due is not None
    assert (said(late.due.nominal), late.late, late.working_days) == ("20/5/2024", True, 44)
    assert ahead.name == "Báo cáo, kỳ hạn 20/7/2024"


def test_of_very_many_the_newest_are_named_and_the_others_counted() -> None:
    daily = every(Recurrence(every=Frequency.DAY))
    overdue = [(f"overdue-{number}", f"2024-05-{number:02}") for number in range(1, 21)]
    (item,) = items(letter("21/5/2024 07:30", *overdue, directive=daily))
    assert item.name == "Báo cáo, 29 kỳ quá hạn"  # from 22/4 on
    assert item.summary.startswith("chưa hoàn thành các kỳ hạn 09/5/2024, 10/5/2024, ")
    assert item.summary.endswith(", 20/5/2024 và 17 kỳ trước đó")


def test_a_subject_late_more_than_once_stands_in_one_line() -> None:
    entries = (*PROJECTS, started("17/5/2024", CAU))
    rows = (("overdue-9", "2024-05-20"), ("overdue-1", "2024-06-20"))
    (item,) = items(letter("21/6/2024 07:30", *rows, directive=EVENTS, entries=entries))
    assert item.summary == "chưa hoàn thành các kỳ hạn 20/5/2024, 20/6/2024"
    assert sorted(line.code for line in item.subjects) == [CAU, DUONG]


def test_a_part_that_was_given_a_later_day_is_late_on_it_once() -> None:
    moved = grant("khoi-cong", "31/5/2024", "18/5/2024", CAU).model_copy(update={"occurrence": day("20/5/2024")})
    rows = (("overdue-9", "2024-05-20"), ("overdue-1", "2024-05-20/2024-05-31"))
    (item,) = items(letter("3/6/2024 07:30", *rows, directive=EVENTS, entries=(*PROJECTS, moved)))
    assert (item.name, len(item.subjects)) == ("Khởi công, 1 kỳ quá hạn", 2)


def test_the_page_of_a_person_has_the_same_items() -> None:
    (section,) = answered_for(FOCAL, [on("21/7/2024", (), REPORTS)])
    assert [item.name for item in section.items] == ["Báo cáo, 3 kỳ quá hạn", "Báo cáo, kỳ hạn 20/8/2024"]


def test_single_dues_beside_it_are_as_they_were() -> None:
    both = variant(REPORTS.milestones[0], START, metrics=(*REPORTS.metrics, *(one for one in EVENTS.metrics)))
    situation = on("21/5/2024", (), both, rules())
    assert [track.name for track in situation.tracks] == [
        "Báo cáo, kỳ hạn 20/5/2024",
        "Báo cáo, kỳ hạn 20/6/2024",
        "Khởi công",
    ]
    assert RungKind.WORD not in {
        rung.kind for track in situation.tracks for rung in situation.rungs(track, situation.as_of)
    }
