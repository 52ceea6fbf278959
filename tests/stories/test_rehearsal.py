"""The year of footnote 8, rehearsed: who is told what, when.

The golden file was checked by hand against the scenario (config/scenarios/2024-bac-son.yaml), entry by entry:

khởi công, due 30/6/2024, a Sunday. A row names the projects without a report recorded before 07:30 of its day: da-10,
recorded on 21/6 at 14:25, still stands in that morning's rows. Nine break ground in time, da-08 (recorded 17/7)
and da-11 (14/8) late, da-12 never: from 22/8 its rows name da-12 alone. The acknowledgement of 4/7 keeps its owner, and
nobody else, out of the rows of 11/7.

40%, due 30/9/2024. da-02 and da-09 are past it on 30/8; the larger plan of 5/9 does not undo da-02. The return of 26/9
brings da-04 back into the rows of 27/9 and 30/9. da-06 has 39% on 20/9 and 45% on 15/10: late, then silent. da-11 was
granted 14/10 on 18/9: rows of that due from 30/9 on, its 30-day rung being past. da-08 and da-12 never reach it.

100%, due 31/12/2024: da-03 and da-11 late, da-08, da-09, da-12 open to the end. The head joins at the second overdue
rung, the monitor at the third.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from actions.check import as_written
from actions.compose import Desk
from actions.rehearse import Rehearsed, rehearse
from config.reading import Draft
from config.scenario import read_scenario
from config.settings import ROOT
from domain.clocktime import at, iso, last_instant, local
from domain.ledger import Entry, EntryKind
from tests.stories.town import CODE, drafted

SCENARIO = ROOT / "config" / "scenarios" / "2024-bac-son.yaml"
GOLDEN = Path(__file__).parent / "golden"
START, END = at(date(2024, 4, 22)), last_instant(date(2025, 1, 31))
DESK = Desk(address="http://127.0.0.1:8480", secret="dien-tap-" * 4, domain="dondoc.example", illustrative=True)


def scenario(draft: Draft) -> tuple[Entry, ...]:
    entries, _ = read_scenario(SCENARIO, as_written(draft).directives)
    return entries


@pytest.fixture(scope="module")
def year() -> tuple[Rehearsed, ...]:
    draft = drafted(CODE)
    return rehearse(draft, (), scenario(draft), DESK, START, END)


@pytest.fixture(scope="module")
def silence() -> tuple[Rehearsed, ...]:
    """The same year with nothing recorded."""
    return rehearse(drafted(CODE), (), (), DESK, START, END)


def rows(messages: Iterable[Rehearsed]) -> list[dict[str, Any]]:
    return [
        {
            "at": iso(one.message.at),
            "person": row.key.person,
            "milestone": row.key.milestone,
            "rung": row.key.rung,
            "due": row.key.occurrence,
            "reason": row.reason.value,
            "subjects": list(row.subjects),
            "standing": one.standings[row.key],
            "subject_line": one.message.subject,
        }
        for one in messages
        for row in one.rows
    ]


def test_the_year_is_the_one_checked_by_hand(year: tuple[Rehearsed, ...]) -> None:
    golden = json.loads((GOLDEN / "khoi-cong-moi.json").read_text(encoding="utf-8"))
    assert rows(year) == golden


@pytest.mark.parametrize("text", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_a_message_reads_as_the_one_checked_by_hand(year: tuple[Rehearsed, ...], text: Path) -> None:
    day, person = text.stem.split("_")
    (message,) = [
        one.message for one in year if (f"{local(one.message.at):%Y-%m-%d}", one.message.person) == (day, person)
    ]
    assert f"{message.subject}\n\n{message.text}" == text.read_text(encoding="utf-8")


def days(messages: Iterable[Rehearsed], milestone: str, rung: str) -> list[str]:
    found = {
        f"{local(one.message.at):%d/%m}"
        for one in messages
        for row in one.rows
        if row.key.milestone == milestone and row.key.rung == rung
    }
    return sorted(found)


@pytest.mark.parametrize(
    ("milestone", "vector"),
    [
        ("khoi-cong", ["31/05", "14/06", "21/06", "27/06", "28/06", "28/06"]),
        ("giai-ngan-40", ["30/08", "16/09", "23/09", "27/09", "27/09", "30/09"]),
        ("giai-ngan-100", ["29/11", "17/12", "24/12", "27/12", "30/12", "31/12"]),
    ],
)
def test_with_nothing_recorded_the_rungs_are_those_agreed(
    silence: tuple[Rehearsed, ...], milestone: str, vector: list[str]
) -> None:
    assert [days(silence, milestone, f"before-{n}") for n in (30, 14, 7, 3, 1, 0)] == [[day] for day in vector]


def test_two_rungs_of_one_day_make_one_message_with_a_row_each(silence: tuple[Rehearsed, ...]) -> None:
    last_day = [one for one in silence if f"{local(one.message.at):%d/%m}" == "28/06"]
    lead = [one for one in last_day if one.message.person == "dau-moi-ubnd-huyen-bac-son"]
    assert [sorted(row.key.rung for row in one.rows) for one in lead] == [["before-0", "before-1"]]


def test_nothing_goes_out_on_a_day_off_or_outside_the_window(year: tuple[Rehearsed, ...]) -> None:
    calendar = as_written(drafted(CODE)).rules.calendar
    for one in year:
        moment = local(one.message.at)
        assert calendar.is_working(moment.date())
        assert time(7, 30) <= moment.time() < time(17)


def test_a_unit_whose_projects_are_all_met_hears_nothing(year: tuple[Rehearsed, ...]) -> None:
    """Walk the scenario naively: who owns what, and when each project broke ground."""
    entries = scenario(drafted(CODE))
    owner = {entry.subject: entry.unit for entry in entries if entry.kind is EntryKind.ENROL}
    broke = {
        entry.subject: entry.recorded_at
        for entry in entries
        if entry.kind is EntryKind.REPORT and entry.metric == "khoi-cong"
    }
    people = as_written(drafted(CODE)).rules.office.people
    units = {person.code: {post.unit for post in person.posts} for person in people}
    for one in year:
        for row in one.rows:
            if row.key.milestone != "khoi-cong" or row.reason.value != "responsible" or row.key.rung == "enrolled":
                continue
            waiting = {
                subject
                for subject, unit in owner.items()
                if unit in units[row.key.person] and not (subject in broke and broke[subject] <= one.message.at)
            }
            assert waiting, f"{row.key.person} ngày {one.message.at:%d/%m/%Y}"
            assert set(row.subjects) <= {str(subject) for subject in waiting}


def test_overdue_ground_breaking_does_not_silence_the_forty_percent(year: tuple[Rehearsed, ...]) -> None:
    """da-12 never breaks ground; its unit is still told of 40% before and after 30/9."""
    told = [
        (local(one.message.at).date(), row.key.rung)
        for one in year
        for row in one.rows
        if row.key.milestone == "giai-ngan-40" and "da-12" in row.subjects and row.reason.value == "responsible"
    ]
    assert (date(2024, 9, 30), "before-0") in told
    assert (date(2024, 10, 1), "overdue-1") in told


def test_a_blocked_milestone_is_named_inside_the_one_it_waits_for(year: tuple[Rehearsed, ...]) -> None:
    """On 30/8 da-12's owner reads of 40% inside the overdue ground-breaking; on 1/10 it has an item of its own."""
    owner = "dau-moi-xa-hung-vu-bac-son"
    august = text_to(year, owner, date(2024, 8, 30))
    assert "Kéo theo: Giải ngân 40% kế hoạch vốn" in august
    assert "* Giải ngân 40%" not in august
    october = text_to(year, owner, date(2024, 10, 1))
    assert "* Giải ngân 40% kế hoạch vốn: QUÁ HẠN 1 ngày làm việc" in october


def text_to(messages: Iterable[Rehearsed], person: str, day: date) -> str:
    (text,) = [m.message.text for m in messages if m.message.person == person and local(m.message.at).date() == day]
    return text


def test_a_rehearsal_repeats_itself_to_the_letter(silence: tuple[Rehearsed, ...]) -> None:
    again = rehearse(drafted(CODE), (), (), DESK, START, END)
    assert [(one.message.id, one.message.text) for one in again] == [(o.message.id, o.message.text) for o in silence]


def test_every_message_speaks_of_its_own_instant(year: tuple[Rehearsed, ...]) -> None:
    for one in year:
        moment: datetime = local(one.message.at)
        assert f"{moment:%H:%M} ngày {moment.day:02d}/" in one.message.text
