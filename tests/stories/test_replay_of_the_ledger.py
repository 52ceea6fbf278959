"""The ledger tells all there is: written anew into an empty database it gives every standing that ever was shown.

Nine months of an office, everything recorded by forms and programs as people do it. After each step what the pages
showed is kept as bytes; then the ledger, as the API gives it out, is appended elsewhere, entry by entry.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import pytest

from actions.adopt import adopt
from actions.hand_over import choose, propose
from actions.hand_over_confirm import confirm
from actions.record import DEMO_MARK
from actions.stating import Said
from actions.status import status_rows
from cli.main import main
from config.settings import load, write_home
from demo.world import START
from domain.clocktime import at, iso
from domain.ledger import Entry, EntryKind
from store import Store, open_store, reading, session
from store.ledger import head
from store.marks import set_mark
from store.verification import verify
from tests.stories.kept_pictures import Clock, Picture, Shown, Travelling, fresh, look, replayed
from tests.stories.town import CODE, PLAN
from tests.web import town_hall
from tests.web.api_client import program
from tests.web.browsing import Reading
from tests.web.town_hall import ADMIN, LEAD, MONITOR, SETTINGS, TAN_THANH, UNDATED, TownHall, prepared
from web.office_pages import office_app

HUYEN = "ubnd-huyen-bac-son"
SUCCESSOR = "dau-moi-xa-bac-son-2025"


def on(month: int, day: int, hour: int = 9, year: int = 2024) -> datetime:
    return at(date(year, month, day), time(hour))


ASKED_ABOUT = {on(9, 27), on(9, 30, 17), on(10, 9)}
"""Days that are looked at again and again, by what is known meanwhile."""


@dataclass
class Life:
    """The office, and what was kept of it."""

    hall: TownHall
    clock: Clock
    shown: list[Shown] = field(default_factory=list)
    looks_back: dict[tuple[datetime, datetime], Picture] = field(default_factory=dict)
    """(as of, known at) → what a page of that day said then."""
    rows: dict[datetime, Any] = field(default_factory=dict)
    """Moment → the rows of `dondoc status`."""

    @property
    def office(self) -> Travelling:
        assert isinstance(self.hall.office, Travelling)
        return self.hall.office

    def keep(self) -> None:
        """Keep what is shown now: today's standings, and those of earlier days."""
        now, configuration = self.clock(), self.office.configuration()
        self.shown.append(self.office.shown())
        self.rows[now] = status_rows(self.office.overlook().situations.values())
        for earlier in {one.moment for one in self.shown} & ASKED_ABOUT:
            self.looks_back[earlier, now] = look(self.office.store, configuration, earlier, now)

    def state(self, person: str, kind: str, **fields: Any) -> str:
        """Record by a program; the id of the entry."""
        answer = program(self.hall, person).state(kind, **fields)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["entry"])

    def report(self, subject: str, value: str, day: date, person: str = LEAD) -> str:
        what = {"directive": CODE, "metric": "giai-ngan", "subject": subject}
        return self.state(person, "report", **what, value=value, as_of=day.isoformat(), yes=True)

    def fill_in(self, person: str, code: str, said: str) -> None:
        """Record by the form, on the first line of its table."""
        browser, path = self.hall.signed_in(person), f"/nhiem-vu/{code}/ghi"
        (form,) = [one.fields for one in Reading(browser.get(path).text).forms if "phieu-1" in one.fields]
        answer = browser.post(path, form | {"gia-tri-1": said, "van-ghi-1": "1"})
        assert "Đã ghi vào sổ 1 dòng" in Reading(answer.text).words, answer.text

    def hand_over(self, moment: datetime) -> None:
        """All that is open with the huyện passes to the communes."""
        said, conf = (
            Said("ban-giao-huyen", ADMIN, "trang web", "Nghị quyết 1672/NQ-UBTVQH15"),
            self.office.configuration(),
        )
        with session(self.office.store) as opened:
            proposal = propose(opened, conf, (HUYEN,), moment.date(), said, moment).proposal
            for row in proposal.rows:
                receivers = (next((one for one in row.choices), "ubnd-xa-bac-son-2025"),)
                choose(opened, conf, proposal.id, row.number, receivers, ADMIN, moment)
            confirm(opened, conf, proposal.id, said, moment)


def live(life: Life) -> Iterator[datetime]:
    """Step by step: each yields its moment, then happens."""
    yield from around_the_due(life)
    yield from later_days_and_pauses(life)
    yield on(7, 1, 8, 2025)
    life.hand_over(on(7, 1, 8, 2025))
    yield on(7, 2, 8, 2025)
    life.report("da-09", "100%", date(2025, 7, 1), SUCCESSOR)


def around_the_due(life: Life) -> Iterator[datetime]:
    yield on(9, 27, 8)
    life.fill_in(TAN_THANH, UNDATED, "Đã tuyên truyền ở 5 thôn.")
    first = life.report("da-02", "41%", date(2024, 9, 26))
    yield on(9, 27, 9)
    corrected = life.state(LEAD, "correction", report=first, value="31%", reason="Gõ nhầm", yes=True)
    life.state(LEAD, "acknowledge", directive=CODE)
    yield on(9, 30, 17)
    met = life.report("da-03", "62%", date(2024, 9, 30))
    life.state(MONITOR, "confirm", report=met)
    yield on(10, 1, 0)  # nothing is said: the due of 40% has passed
    yield on(10, 2)
    life.state(MONITOR, "return", report=corrected, reason="Thiếu chứng từ")
    yield on(10, 4)  # a paper that comes late says what was already so in time
    life.report("da-02", "47%", date(2024, 9, 25))


def later_days_and_pauses(life: Life) -> Iterator[datetime]:
    yield on(10, 7)
    wish = {"directive": PLAN, "milestone": "giai-ngan-100", "to": "2025-01-31", "reason": "Chờ vốn"}
    asked = life.state(LEAD, "extension_request", **wish)
    yield on(10, 8)
    life.state(MONITOR, "extension_refusal", request=asked, reason="Chưa đủ căn cứ")
    again = life.state(LEAD, "extension_request", **wish)
    yield on(10, 9)
    life.state(MONITOR, "extension_grant", request=again, to="2025-01-15")
    about = {"directive": CODE, "reason": "Theo văn bản"}
    life.state(MONITOR, "suspend", subject="da-09", **about)
    yield on(11, 20)
    life.state(MONITOR, "resume", subject="da-09", **about)
    life.state(MONITOR, "cancel", subject="da-10", **about)


SAID = {
    *(EntryKind.REPORT, EntryKind.CORRECTION, EntryKind.CONFIRM, EntryKind.RETURN, EntryKind.ACKNOWLEDGE),
    *(EntryKind.EXTENSION_REQUEST, EntryKind.EXTENSION_REFUSAL, EntryKind.EXTENSION_GRANT),
    *(EntryKind.SUSPEND, EntryKind.RESUME, EntryKind.CANCEL, EntryKind.HAND_OVER),
}


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    home = tmp_path_factory.mktemp("song") / "home"
    prepared(home)
    settings, clock = load(home).model_copy(update={"api_per_minute": 100_000}), Clock(on(9, 27, 7))
    office = Travelling(settings, open_store(settings.database, settings.head_file), clock=clock)
    lived = Life(TownHall(office, office_app(office)), clock)
    for moment in live(lived):
        lived.keep()  # what the step before came to
        clock.moment = moment
    lived.keep()
    yield lived
    office.store.engine.dispose()


@pytest.fixture(scope="module")
def exported(life: Life) -> list[Entry]:
    """The ledger, as a program reads it."""
    reader = program(life.hall, MONITOR)
    lines = [line for page in reader.pages("/entries", "entries", limit=50) for line in page]
    return [Entry.model_validate_json(line["canonical"]) for line in lines]


def adopted(store: Store) -> None:
    """The same configuration, on the same day."""
    with session(store) as opened:
        set_mark(opened, DEMO_MARK, "trang")
        adopt(opened, town_hall._draft(), START, by="kiem-thu")


@dataclass(frozen=True)
class Anew:
    """The whole ledger in another database, and what was seen there on the way."""

    store: Store
    pictures: list[Picture]


@pytest.fixture(scope="module")
def anew(life: Life, exported: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anew]:
    store = fresh(tmp_path_factory.mktemp("chep") / "home", adopted)
    yield Anew(store, list(replayed(store, life.office.configuration(), exported, life.shown)))
    store.engine.dispose()


def test_every_kind_of_statement_is_in_it(life: Life, exported: list[Entry]) -> None:
    assert {one.kind for one in exported if one.recorded_at > life.shown[0].moment} == SAID
    assert len({one.entries for one in life.shown}) == len(life.shown) - 1, "each step but one recorded something"


def test_the_chain_written_anew_ends_in_the_same_hash(life: Life, anew: Anew) -> None:
    with reading(life.office.store) as ours, reading(anew.store) as theirs:
        assert head(theirs) == head(ours)
    with reading(anew.store) as theirs:
        assert verify(theirs, anew.store.head_file) == ()


def test_so_much_of_the_ledger_as_there_was_gives_what_was_shown(life: Life, anew: Anew) -> None:
    for shown, found in zip(life.shown, anew.pictures, strict=True):
        assert found == shown.standings, shown.moment


def test_the_whole_ledger_gives_every_day_as_it_was_known_on_another(life: Life, anew: Anew) -> None:
    configuration = life.office.configuration()
    assert len(life.looks_back) > 20
    for (as_of, known_at), kept in life.looks_back.items():
        assert look(anew.store, configuration, as_of, known_at) == kept, (as_of, known_at)
    for shown in life.shown:
        assert look(anew.store, configuration, shown.moment) == shown.standings, shown.moment


def test_what_was_known_later_changes_what_is_said_of_an_earlier_day(life: Life) -> None:
    """Else the test above would compare what is always the same."""
    assert len({tuple(one.standings.values()) for one in life.shown}) == len(life.shown)
    day = on(9, 30, 17)
    assert len({kept[CODE] for (as_of, _), kept in life.looks_back.items() if as_of == day}) >= 3


def test_the_command_says_of_the_copy_what_was_so(
    life: Life, anew: Anew, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = anew.store.head_file.parent
    write_home(home, SETTINGS)
    monkeypatch.setenv("DONDOC_HOME", str(home))
    for moment in (on(9, 30, 17), on(10, 2), on(11, 20)):
        asked = ("--as-of", iso(moment), "--known-at", iso(moment), "--format", "json")
        monkeypatch.setattr(sys, "argv", ["dondoc", "status", *asked])
        with pytest.raises(SystemExit):
            main()
        assert json.loads(capsys.readouterr().out) == life.rows[moment]
