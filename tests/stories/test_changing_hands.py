"""People, units, dues and projects change while the work goes on: the one who is told is the one it concerns now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from actions.adopt import current
from actions.evaluate import evaluate_each, situation
from domain.clocktime import at
from domain.findings import Severity
from domain.ledger import EntryKind
from domain.metric import Value
from domain.office import Interval, Person, Post, Role
from domain.outbox import State
from domain.reach import reach
from store import reading
from store.moments import due_for_look
from tests.stories.conftest import Founding
from tests.stories.town import CODE, HEAD, LEAD, MONITOR, MORNING, PLAN, Town, drafted, when, with_people

NEW_LEAD = "dau-moi-moi-ubnd-huyen-bac-son"
TAN_THANH, HUNG_VU = "dau-moi-xa-tan-thanh-bac-son", "dau-moi-xa-hung-vu-bac-son"
INVESTMENT = "dau-moi-dau-tu-cong-bac-son"
"""Enrols the projects."""


def ending(day: date) -> Callable[[Person], Person]:
    """How the posts of the đầu mối of the huyện end on `day`."""

    def change(person: Person) -> Person:
        if person.code != LEAD:
            return person
        ended = tuple(post.model_copy(update={"valid": Interval(to=day)}) for post in person.posts)
        return person.model_copy(update={"posts": ended})

    return change


def successor(first: date) -> Person:
    post = Post(unit="ubnd-huyen-bac-son", role=Role.FOCAL, valid=Interval.model_validate({"from": first}))
    return Person(
        code=NEW_LEAD, name="Đầu mối mới (minh hoạ)", email="moi@langson.example", posts=(post,), channels=("email",)
    )


def enrol(town: Town, day: int, project: str, unit: str) -> None:
    """A project comes under the directive, with a plan of 10 tỷ đồng."""
    said: dict[str, Any] = {"subject": project, "actor": INVESTMENT}
    town.say(when(4, day, 8), EntryKind.ENROL, name=f"Dự án {project}", unit=unit, id=f"{project}-ghi-danh", **said)
    plan = Value.model_validate({"number": 10_000_000_000})
    town.say(when(4, day, 9), EntryKind.PLAN, metric="giai-ngan", value=plan, id=f"{project}-ke-hoach", **said)


# -------------------------------------------------------------------------------------------------------------- people


def test_the_successor_in_a_post_is_told_from_the_first_day_and_the_predecessor_no_more(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 6, 13))
    assert town.days_of(LEAD) == ["22/04", "31/05"]
    change = ending(date(2024, 6, 17))
    town.adopt(with_people(drafted(CODE), change, successor(date(2024, 6, 18))), when(6, 13, 15))
    town.live(date(2024, 6, 14), date(2024, 6, 17))
    assert town.days_of(LEAD) == ["14/06"]
    town.live(date(2024, 6, 18), date(2024, 6, 28))
    told = town.taken()
    assert LEAD not in {person for _, person in told}
    assert [day for day, person in told if person == NEW_LEAD] == ["21/06 07:30", "27/06 07:30", "28/06 07:30"]


def test_a_reminder_decided_at_night_goes_to_who_holds_the_post_in_the_morning(town: Town) -> None:
    town.live(date(2024, 4, 22), date(2024, 6, 20))
    town.taken()
    change = ending(date(2024, 6, 23))
    town.adopt(with_people(drafted(CODE), change, successor(date(2024, 6, 24))), when(6, 20, 16))
    town.tick(when(6, 21, 20))  # the 7-day rung passed while nobody looked; the window is closed until Monday
    assert town.rows()["khoi-cong", "before-7", "2024-06-30", LEAD] is State.PLANNED
    town.tick(when(6, 24, 10))
    assert town.rows()["khoi-cong", "before-7", "2024-06-30", LEAD] is State.OBSOLETE
    assert {person for _, person in town.taken()} == {NEW_LEAD, MONITOR}


def test_a_unit_without_a_focal_person_is_told_through_its_head(found: Founding) -> None:
    def no_focal(person: Person) -> Person:
        kept = tuple(post for post in person.posts if post.unit != "ubnd-huyen-bac-son" or post.role is not Role.FOCAL)
        return person.model_copy(update={"posts": kept or person.posts[1:] or person.posts})

    town = found(with_people(drafted(CODE), no_focal), at(date(2024, 4, 22)))
    town.tick(at(date(2024, 4, 22), MORNING))
    assert town.taken() == [("22/04 07:30", HEAD)]


# --------------------------------------------------------------------------------------------------------------- units


def test_the_huyen_ends_and_the_patrol_says_that_nobody_leads(found: Founding) -> None:
    town = found(drafted(CODE, PLAN), at(date(2024, 4, 22)))
    town.tick(at(date(2024, 4, 22), MORNING))
    assert {person for _, person in town.taken()} == {LEAD}
    ended = at(date(2025, 7, 1), MORNING)
    town.tick(ended)
    assert {person for _, person in town.taken()} <= {MONITOR}
    with reading(town.store) as opened:
        told = [f for code in (CODE, PLAN) for f in reach(situation(opened, current(opened), code, ended), {"email"})]
    nobody = [f.field for f in told if f.severity is Severity.WARNING and "UBND huyện Bắc Sơn" in f.message]
    assert nobody == [CODE, PLAN]
    with reading(town.store) as opened:
        codes = due_for_look(opened, at(date(2026, 1, 5), MORNING))
    assert evaluate_each(town.store, town.configuration, codes, at(date(2026, 1, 5), MORNING)).faults == ()


def test_a_project_handed_over_is_the_new_units_from_then_on(town: Town) -> None:
    enrol(town, 22, "duong-truc-thon", "ubnd-xa-tan-thanh-bac-son")
    town.live(date(2024, 4, 23), date(2024, 5, 31))
    assert town.days_of(TAN_THANH) == ["23/04", "31/05"]
    handed: dict[str, Any] = {"subject": "duong-truc-thon", "unit": "ubnd-xa-hung-vu-bac-son", "actor": INVESTMENT}
    town.say(when(6, 3), EntryKind.HAND_OVER, **handed)
    town.live(date(2024, 6, 4), date(2024, 6, 14))
    told = town.taken()
    assert TAN_THANH not in {person for _, person in told}
    assert ("14/06 07:30", HUNG_VU) in told


# ---------------------------------------------------------------------------------------------------- dues and projects


def test_a_reminder_of_the_old_due_that_waits_overnight_is_overtaken_by_the_extension(town: Town) -> None:
    town.report(when(4, 26), "khoi-cong", "xong")
    town.live(date(2024, 4, 26), date(2024, 9, 20))
    town.taken()
    town.tick(when(9, 23, 20))  # the 7-day rung passed during the day; the window has closed
    assert town.rows()["giai-ngan-40", "before-7", "2024-09-30", LEAD] is State.PLANNED
    grant: dict[str, Any] = {"milestone": "giai-ngan-40", "day": date(2024, 11, 29), "actor": MONITOR}
    town.say(when(9, 23, 21), EntryKind.EXTENSION_GRANT, **grant)
    town.tick(when(9, 24, 8))
    old = {
        row.state: row.note
        for row in town.history()
        if row.key.rung == "before-7" and row.key.occurrence == "2024-09-30"
    }
    assert old == {State.OBSOLETE: "hạn đã thay đổi"}
    assert town.taken() == [("24/09 08:00", MONITOR)]  # the list of Monday 23/9
    town.live(date(2024, 9, 25), date(2024, 10, 30))
    assert town.days_of(LEAD) == ["30/10"]  # 30 days before the new due


def test_after_an_outage_a_unit_hears_of_its_late_project_and_of_the_extended_one(town: Town) -> None:
    for project in ("nha-van-hoa", "duong-truc-thon"):
        enrol(town, 22, project, "ubnd-xa-tan-thanh-bac-son")
        town.report(when(5, 20), "khoi-cong", "xong", subject=project, actor=TAN_THANH, id=f"{project}-khoi-cong")
    town.live(date(2024, 5, 21), date(2024, 9, 23))
    grant: dict[str, Any] = {
        "milestone": "giai-ngan-40",
        "day": date(2024, 10, 14),
        "actor": MONITOR,
        "subject": "duong-truc-thon",
    }
    town.say(when(9, 24), EntryKind.EXTENSION_GRANT, **grant)
    town.taken()
    town.tick(when(10, 7, 9))
    (letter,) = [letter for _, person, letter in town.letters if person == TAN_THANH]
    assert "Dự án nha-van-hoa" in letter.text
    assert "Dự án duong-truc-thon" in letter.text
    assert "QUÁ HẠN 5 ngày làm việc" in letter.subject
    assert "Hạn gốc 30/9/2024, được gia hạn đến 14/10/2024" in letter.text
    town.taken()


def test_a_unit_hears_nothing_once_its_projects_have_reached_the_mark_while_others_do(town: Town) -> None:
    enrol(town, 22, "nha-van-hoa", "ubnd-xa-tan-thanh-bac-son")
    enrol(town, 23, "san-the-thao", "ubnd-xa-hung-vu-bac-son")
    town.live(date(2024, 4, 24), date(2024, 6, 13))
    town.taken()
    town.report(when(6, 13), "khoi-cong", "xong", subject="nha-van-hoa", actor=TAN_THANH)
    town.live(date(2024, 6, 14), date(2024, 6, 28))
    told = [person for _, person in town.taken()]
    assert TAN_THANH not in told
    assert told.count(HUNG_VU) == 4


@pytest.mark.parametrize("kind", [EntryKind.SUSPEND, EntryKind.CANCEL])
def test_what_is_suspended_or_cancelled_is_urged_no_more(town: Town, kind: EntryKind) -> None:
    town.live(date(2024, 4, 22), date(2024, 6, 20))
    town.taken()
    town.say(when(6, 20, 15), kind, actor=MONITOR)
    town.live(date(2024, 6, 21), date(2024, 7, 5))
    assert town.taken() == []
    if kind is EntryKind.SUSPEND:
        town.say(when(7, 5, 15), EntryKind.RESUME, actor=MONITOR)
        town.tick(at(date(2024, 7, 8), time(8)))
        assert LEAD in {person for _, person in town.taken()}
