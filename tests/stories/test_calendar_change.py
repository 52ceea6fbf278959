"""A letter swaps two days in the middle of the year: 300 open milestones, some of them urged already.

Friday 14/6/2024 is off, Saturday 22/6/2024 is worked instead. What rests on those days moves and is written down; the
rest, down to the last column of the outbox, does not.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from actions.adopt import Adopted, adopt, current
from actions.compose import Desk
from actions.courier import Courier
from actions.deliver import deliver
from actions.evaluate import evaluate_each, situations
from actions.plan import plan_rows
from channels.letter import Accepted, Letter, Outcome
from config.channel import Channel
from config.reading import Configuration, read
from config.settings import ROOT
from domain.clocktime import at, local_date
from domain.ledger import Entry, EntryKind
from domain.office import Person
from store import Store, reading, session
from store.ledger import entries
from store.moments import due_for_look
from store.tables import DeliveryRow
from tests.store.conftest import fresh_database, made, postgres

__all__ = ["postgres"]  # the server is a fixture of the store's tests

NOTICE = """notice:
  code: 2024-thu
  kind: Thông báo
  issued: 2024-05-20
  issuer: UBND tỉnh Lạng Sơn
  title: Thông báo kết luận dùng trong kiểm thử
  short: Thông báo kết luận
  file: notices/2024-thu.txt
  sha256: "{sha256}"
defaults:
  starts: 2024-05-20
  monitor: van-phong-ubnd-tinh
  lead: [ubnd-huyen-bac-son]
  metrics:
    - {{id: viec, kind: event, name: Xong việc}}
directives:
"""
MILESTONES = 10
"""Per directive; thirty directives."""
LETTER = """days:
  - {day: 2024-06-14, works: false, name: Nghỉ hoán đổi với ngày 22/6/2024, source: "1999/VPCP-KGVX"}
  - {day: 2024-06-22, works: true, name: Làm bù cho ngày 14/6/2024, source: "1999/VPCP-KGVX"}
"""
STARTED, ADOPTED = at(date(2024, 5, 20)), at(date(2024, 6, 12), time(10))
"""The directives start on a Monday; the letter is adopted on a Wednesday after that morning's reminders."""
END = date(2024, 7, 5)


def due(number: int) -> str:
    """Four kinds of dues in turn, each over the weeks from June to the end of the year."""
    kind, place = number % 4, number // 4
    if kind == 0:
        return f"within: {{working_days: {5 + place % 30}, of: issued}}"
    if kind == 1:
        return f"within: {{days: {10 + place % 40}, of: issued}}"
    if kind == 2:
        return f"date: {date(2024, 6, 3) + timedelta(days=place)}"
    return f"date: {date(2024, 10, 1) + timedelta(days=place)}"


def write_office(folder: Path) -> None:
    (folder / "directives").mkdir(parents=True)
    (folder / "notices").mkdir()
    for name in ("units", "people", "policy", "channels", "calendar"):
        shutil.copy(ROOT / "config" / f"{name}.yaml", folder)
    text = "Các đơn vị thực hiện đúng hạn."
    (folder / "notices" / "2024-thu.txt").write_text(text, encoding="utf-8")
    parts = [NOTICE.format(sha256=hashlib.sha256(text.encode()).hexdigest())]
    for number in range(30 * MILESTONES):
        if number % MILESTONES == 0:
            code = f"viec-{number // MILESTONES:02}"
            parts.append(f'  - code: {code}\n    title: Nhiệm vụ {code}\n    section: "1"\n    quote: Thực hiện\n')
            parts.append("    milestones:\n")
        body = (
            f'id: moc-{number}, name: Mốc {number}, metric: viec, target: xong, due: {{phrase: "hạn", {due(number)}}}'
        )
        parts.append(f"      - {{{body}}}\n")
    (folder / "directives" / "2024-thu.yaml").write_text("".join([*parts, "facts: []\n"]), encoding="utf-8")


class Office:
    """The office, its store and its letter box."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store = folder, store
        self.sent: list[datetime] = []
        desk = Desk("http://127.0.0.1:8480", "bi-mat-" * 6, "dondoc.example", illustrative=False)
        self.courier = Courier(store, desk, self._post, "nguoi-dua-thu")

    def _post(self, _channel: Channel, _person: Person, letter: Letter) -> Outcome:
        self.sent.append(letter.written)
        return Accepted(code=250)

    def adopt(self, moment: datetime) -> Adopted:
        with session(self.store) as opened:
            return adopt(opened, read(self.folder), moment, by="quan-tri")

    def configuration(self) -> Configuration:
        with reading(self.store) as opened:
            return current(opened)

    def tick(self, moment: datetime) -> None:
        configuration = self.configuration()
        with reading(self.store) as opened:
            codes = due_for_look(opened, moment)
        assert evaluate_each(self.store, configuration, codes, moment).faults == ()
        deliver(self.courier, configuration, moment)

    def live(self, first: date, last: date) -> None:
        for offset in range((last - first).days + 1):
            self.tick(at(first + timedelta(days=offset), time(7, 30)))

    def plan(self, moment: datetime) -> dict[str, dict[str, Any]]:
        """Milestone → its due, and the days of the rungs still to come in the next two months."""
        with reading(self.store) as opened:
            found = situations(opened, self.configuration(), moment)
        rows = plan_rows(found.values(), moment + timedelta(days=60), {"email"})
        return {one["id"]: one for row in rows for one in row["milestones"]}

    def outbox(self) -> dict[int, dict[str, Any]]:
        """Every column of every row."""
        with reading(self.store) as opened:
            rows = opened.exec(select(DeliveryRow).order_by(col(DeliveryRow.id)))
            return {row["id"]: row for row in (one.model_dump() for one in rows)}

    def notes(self) -> list[Entry]:
        with reading(self.store) as opened:
            return list(entries(opened, kinds=[EntryKind.NOTE]))


@pytest.fixture(scope="module")
def three_weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office whose letters of three weeks have gone out."""
    folder = tmp_path_factory.mktemp("office")
    write_office(folder / "config")
    with made(f"sqlite:///{folder / 'store.db'}", folder / "head") as store:
        live_three_weeks(Office(folder / "config", store))
    return folder


@pytest.fixture
def office(three_weeks: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy of that office, on the morning of 12/6/2024."""
    folder = shutil.copytree(three_weeks, tmp_path / "office")
    with made(f"sqlite:///{folder / 'store.db'}", folder / "head") as store:
        yield Office(folder / "config", store)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def office_on_either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """The same on both engines."""
    if request.param == "sqlite":
        yield request.getfixturevalue("office")
        return
    write_office(tmp_path / "config")
    with fresh_database(request.getfixturevalue("postgres")) as url, made(url, tmp_path / "head") as store:
        office = Office(tmp_path / "config", store)
        live_three_weeks(office)
        yield office


def live_three_weeks(office: Office) -> None:
    office.adopt(STARTED)
    office.live(date(2024, 5, 20), date(2024, 6, 12))


def enter_the_letter(office: Office) -> None:
    """The two lines, and nothing else: whoever enters it forgets to raise the version."""
    file = office.folder / "calendar.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("days:\n", LETTER, 1), encoding="utf-8")


def what_moved(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]], now: datetime) -> set[str]:
    """Milestones of which a due, or a rung ahead on either side, stands on another day."""
    return {code for code in before if _seen(before[code], after[code], now) != _seen(after[code], before[code], now)}


def _seen(one: dict[str, Any], other: dict[str, Any], now: datetime) -> tuple[object, ...]:
    due, until = one["due"], max(at(date.fromisoformat(one["due"]["nominal"])), now) + timedelta(days=28)
    ahead = {r["rung"] for row in (one, other) for r in row["rungs"] if datetime.fromisoformat(r["at"]) > now}
    rungs = {r["rung"]: r["at"][:10] for r in one["rungs"] if datetime.fromisoformat(r["at"]) <= until}
    return (
        due["nominal"],
        due["overdue_after"],
        due["safe_due"][:10],
        {rung: rungs.get(rung) for rung in ahead & {*rungs}},
    )


def said(office: Office) -> Counter[tuple[str, str, str]]:
    """(milestone, rung, person) → how many times a message carried it."""
    rows = office.outbox().values()
    return Counter(
        (row["milestone"], row["rung"].partition("@")[0], row["person"]) for row in rows if row["state"] == "accepted"
    )


def test_what_rests_on_the_days_moves_and_the_outbox_of_the_rest_stays_as_it_is(office_on_either: Office) -> None:
    office = office_on_either
    plan, outbox, fired, letters = office.plan(ADOPTED), office.outbox(), said(office), len(office.sent)
    assert len(plan) == 300
    assert sum(fired.values()) > 500
    enter_the_letter(office)
    assert office.adopt(ADOPTED).adopted == ("calendar.yaml",)
    replanned = office.plan(ADOPTED)
    moved = what_moved(plan, replanned, ADOPTED)
    assert 30 < len(moved) < 200
    assert {code for code in moved if int(code.removeprefix("moc-")) % 4 == 3} == set()  # October and later
    assert plan["moc-56"]["due"]["nominal"] == "2024-06-14"  # 19 working days
    assert replanned["moc-56"]["due"]["nominal"] == "2024-06-17"
    assert Counter(note.milestone for note in office.notes()) == Counter(moved)

    office.tick(ADOPTED)
    assert (len(office.sent), said(office)) == (letters, fired)  # nothing goes out because of it
    now = office.outbox()
    assert [now[key] for key, row in outbox.items() if row["milestone"] not in moved] == [
        row for row in outbox.values() if row["milestone"] not in moved
    ]
    assert [now[key] for key, row in outbox.items() if row["state"] != "planned"] == [
        row for row in outbox.values() if row["state"] != "planned"
    ]


def test_each_milestone_that_moves_has_one_note_that_says_what_and_why(office: Office) -> None:
    enter_the_letter(office)
    done = office.adopt(ADOPTED)
    notes = office.notes()
    assert [note.id for note in done.moved] == [note.id for note in notes]
    assert {(note.actor, note.source, note.evidence, note.recorded_at) for note in notes} == {
        ("dondoc", "dondoc", "1999/VPCP-KGVX", ADOPTED)
    }
    told = next(note.text or "" for note in notes if note.milestone == "moc-56")
    assert told.startswith("Tính lại kế hoạch. Hạn chuyển từ 14/6/2024 (trễ từ 00:00 ngày 15/6/2024")
    assert " sang 17/6/2024 (trễ từ 00:00 ngày 18/6/2024" in told
    assert "Lý do: lịch làm việc đổi (phiên bản 2026-11-22+" in told
    assert "14/6/2024 thành ngày nghỉ (1999/VPCP-KGVX)" in told


def test_adopting_again_adds_nothing(office: Office) -> None:
    enter_the_letter(office)
    office.adopt(ADOPTED)
    office.tick(ADOPTED)
    notes, outbox = office.notes(), office.outbox()
    for later in (ADOPTED, ADOPTED + timedelta(minutes=5)):
        again = office.adopt(later)
        assert (again.adopted, again.moved) == ((), ())
        office.tick(later)
    assert (office.notes(), office.outbox()) == (notes, outbox)


def test_a_rung_is_said_twice_only_where_it_was_said_and_then_put_off(office: Office) -> None:
    fired = said(office)
    enter_the_letter(office)
    office.adopt(ADOPTED)
    put_off = {
        (code, rung["rung"])
        for code, one in office.plan(ADOPTED).items()
        for rung in one["rungs"]
        if datetime.fromisoformat(rung["at"]) > ADOPTED
    }
    office.live(date(2024, 6, 13), END)
    for (milestone, rung, person), count in said(office).items():
        again = (milestone, rung) in put_off and fired[milestone, rung, person] == 1
        assert count == 1 or (count == 2 and again), (milestone, rung, count)


def test_every_rung_ahead_is_said_on_its_new_day_to_everybody(office: Office) -> None:
    enter_the_letter(office)
    office.adopt(ADOPTED)
    ahead = {
        (code, rung["rung"], rung["at"][:10])
        for code, one in office.plan(ADOPTED).items()
        for rung in one["rungs"]
        if ADOPTED < datetime.fromisoformat(rung["at"]) <= at(date(2024, 6, 28))
        and not rung["rung"].startswith("assigned")
    }
    office.live(date(2024, 6, 13), date(2024, 6, 28))
    rows = [row for row in office.outbox().values() if row["state"] in ("accepted", "coalesced")]
    said_on = {
        (row["milestone"], row["rung"].partition("@")[0], local_date(row["rung_at"]).isoformat()) for row in rows
    }
    assert ahead <= said_on
    assert "2024-06-14" not in {day for _, _, day in ahead}
    assert "2024-06-22" in {day for _, _, day in ahead}
