"""After a suspension: the first word goes to those who work on it, and says since when it goes on."""

from __future__ import annotations

from domain.clocktime import local_date
from domain.compose import digest
from domain.digest import Item, Resumption
from domain.ledger import EntryKind
from domain.outbox import Delivery, State
from domain.plan import RungKind
from domain.recurrence import Frequency, Recurrence
from domain.reminders import decide
from domain.situation import Situation, next_moment
from tests.domain.test_occurrences import every
from tests.world import (
    CAU,
    DUONG,
    OFFICE,
    PROJECTS,
    START,
    after,
    changed,
    day,
    entry,
    instant,
    live,
    on,
    started,
    variant,
)

ALONE = variant(START, coordinating=())
DAYS = ["22/4/2024", "31/5/2024", "14/6/2024", "21/6/2024", "27/6/2024", "28/6/2024"]
STOP = entry(EntryKind.SUSPEND, "28/6/2024 09:00")
GOES_ON = entry(EntryKind.RESUME, "1/10/2024 09:00")


def suspended() -> list[Delivery]:
    """What was sent before the suspension of Friday 28/6."""
    return [row.model_copy(update={"state": State.ACCEPTED}) for row in live(DAYS, PROJECTS, ALONE)]


def people(rows: tuple[Delivery, ...]) -> dict[str, set[str]]:
    """Person → the rungs they are told of now."""
    told: dict[str, set[str]] = {}
    for row in rows:
        told.setdefault(row.key.person, set()).add(row.key.rung)
    return told


def items(situation: Situation, rows: tuple[Delivery, ...], person: str) -> tuple[Item, ...]:
    someone = next(one for one in OFFICE.people if one.code == person)
    own = [row for row in rows if row.key.person == person]
    told = digest(someone, "email", own, {situation.directive.code: situation}, situation.as_of)
    return tuple(item for section in told.urged for item in section.items)


def test_the_first_word_goes_to_the_responsible_alone_and_says_that_the_due_has_passed() -> None:
    now = on("2/10/2024 07:30", (*PROJECTS, STOP, GOES_ON), ALONE)
    decision = decide(now, suspended())
    assert people(decision.planned) == {
        who: {"resumed"} for who in ("dau-moi-huyen", "dau-moi-tan-thanh", "dau-moi-vu-le")
    }
    (item,) = items(now, decision.planned, "dau-moi-tan-thanh")
    assert item.resumed == Resumption(since=day("28/6/2024"), until=day("1/10/2024"), due_passed=True)
    assert item.late


def test_urgings_of_the_time_in_between_leave_a_row_each_and_are_never_made_up_for() -> None:
    known = (*PROJECTS, STOP, GOES_ON)
    rows = after(suspended(), decide(on("2/10/2024 07:30", known, ALONE), suspended()))
    between = {row.state for row in rows if instant("28/6/2024 09:00") < row.rung_at < instant("1/10/2024 09:00")}
    assert between == {State.COALESCED}
    assert decide(on("2/10/2024 08:00", known, ALONE), rows).planned == ()


def test_heads_and_monitors_hear_of_it_at_the_next_rung() -> None:
    known = (*PROJECTS, STOP, GOES_ON)
    rows = after(suspended(), decide(on("2/10/2024 07:30", known, ALONE), suspended()))
    coming = next_moment(on("7/10/2024 08:00", known, ALONE))
    assert coming is not None
    later = decide(on(f"{coming:%d/%m/%Y %H:%M}", known, ALONE), rows).planned
    assert {"chu-tich-huyen", "theo-doi"} <= people(later).keys()


def test_a_due_still_ahead_is_said_with_the_day_on_which_it_goes_on() -> None:
    stop, goes_on = entry(EntryKind.SUSPEND, "13/6/2024 16:00"), entry(EntryKind.RESUME, "20/6/2024 09:00")
    rows = [row.model_copy(update={"state": State.ACCEPTED}) for row in live(DAYS[:2], (), ALONE)]
    now = on("20/6/2024 10:00", (stop, goes_on), ALONE)
    decision = decide(now, rows)
    (item,) = items(now, decision.planned, "dau-moi-huyen")
    assert item.resumed == Resumption(since=day("13/6/2024"), until=day("20/6/2024"), due_passed=False)


def test_where_no_urging_was_left_out_there_is_nothing_to_say() -> None:
    short = (entry(EntryKind.SUSPEND, "3/6/2024 09:00"), entry(EntryKind.RESUME, "4/6/2024 09:00"))
    rows = live(DAYS[:2], (), ALONE)
    assert decide(on("5/6/2024 08:00", short, ALONE), rows).planned == ()
    assert decide(on("20/7/2024", (STOP,), ALONE), rows).planned == ()


def test_what_was_overtaken_by_the_suspension_is_not_said_after_it_to_those_above() -> None:
    planned = decide(on("4/7/2024 07:30", PROJECTS, ALONE), suspended())
    rows = after(suspended(), planned)  # overdue-4, with the head, not sent yet
    stop = entry(EntryKind.SUSPEND, "4/7/2024 08:00")
    rows = after(rows, decide(on("4/7/2024 08:05", (*PROJECTS, stop), ALONE), rows))
    known = (*PROJECTS, stop, GOES_ON)
    told = people(decide(on("2/10/2024 07:30", known, ALONE), rows).planned)
    assert "chu-tich-huyen" not in told
    assert told["dau-moi-huyen"] == {"resumed"}


def test_of_subjects_only_those_that_go_on_are_spoken_of() -> None:
    stop = entry(EntryKind.SUSPEND, "28/6/2024 09:00", subject=CAU)
    goes_on = entry(EntryKind.RESUME, "1/10/2024 09:00", subject=CAU)
    rows = suspended()
    for when in ("1/7/2024", "4/7/2024", "11/7/2024", "25/7/2024", "30/9/2024"):
        rows = after(rows, decide(on(f"{when} 07:30", (*PROJECTS, stop), ALONE), rows))
    now = on("1/10/2024 10:00", (*PROJECTS, stop, goes_on), ALONE)
    decision = decide(now, rows)
    resumed = {row.key.person: row.subjects for row in decision.planned if row.key.rung == "resumed"}
    assert resumed == {"dau-moi-huyen": (CAU,), "dau-moi-tan-thanh": (CAU,)}
    (item,) = items(now, decision.planned, "dau-moi-tan-thanh")
    assert item.resumed is not None
    (rung,) = [one for one in now.passed(now.tracks[0]) if one.kind is RungKind.RESUMED]
    assert (rung.at, rung.occurrence) == (instant("1/10/2024 09:00"), "2024-10-01")


def test_one_word_for_all_occurrences_that_fell_due_meanwhile() -> None:
    monthly = every(Recurrence(every=Frequency.MONTH, days=(20,)))
    known = (entry(EntryKind.SUSPEND, "2/5/2024 09:00"), entry(EntryKind.RESUME, "1/8/2024 09:00"))
    now = on("1/8/2024 10:00", known, monthly)
    decision = decide(now, live(["22/4/2024"], (), monthly))
    resumed = [row for row in decision.planned if row.key.rung == "resumed" and row.key.person == "dau-moi-huyen"]
    assert len(resumed) == 1
    told = [item for item in items(now, decision.planned, "dau-moi-huyen") if item.late]
    assert [(item.name, item.resumed is not None) for item in told] == [("Báo cáo, 3 kỳ quá hạn", True)]


def test_what_is_done_meanwhile_is_not_spoken_of() -> None:
    done = started("15/9/2024", DUONG)
    decision = decide(on("2/10/2024 07:30", (*PROJECTS, STOP, done, GOES_ON), ALONE), suspended())
    assert "dau-moi-vu-le" not in people(decision.planned)


def test_a_total_that_goes_on_is_said_to_the_lead() -> None:
    together = variant(changed(START, quantifier="count", at_least=2), coordinating=())
    stop, goes_on = (
        entry(kind, when, subject=CAU)
        for kind, when in ((EntryKind.SUSPEND, "13/6/2024 16:00"), (EntryKind.RESUME, "20/6/2024 09:00"))
    )
    both = (stop, stop.model_copy(update={"id": "d-1", "subject": DUONG}))
    now = on("20/6/2024 10:00", (*PROJECTS, *both, goes_on), together)
    rows = [row.model_copy(update={"state": State.ACCEPTED}) for row in live(DAYS[:2], PROJECTS, together)]
    decision = decide(now, rows)
    assert {row.key.person for row in decision.planned if row.key.rung == "resumed"} == {"dau-moi-huyen"}
    assert {local_date(row.rung_at) for row in decision.planned if row.key.rung == "resumed"} == {day("20/6/2024")}
