"""An office on Zalo: the stand-in, some of Bắc Sơn's officials linked with their phones, and the real web application.

Footnote 8 with its illustrative projects, from the shipped configuration; every server is real, on loopback. The clock
is the world's own, and the stand-in, the tokens and the office go by it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import httpx

from actions.adopt import adopt
from actions.office import Office, open_office
from actions.record import DEMO_MARK
from actions.zalo_reception import Heard
from actions.zalo_words import Word
from channels.zalo.events import Happening
from config.areas import Area, Channels
from config.reading import Draft, read
from config.scenario import read_scenario
from config.settings import ROOT, load, write_home
from demo.world import SCENARIO, START, sending
from demo.zalo.people import Bubble, Kind, Reader
from demo.zalo.setup import CHANNEL, give_tokens, introduce, on_zalo, settings_of
from demo.zalo.standin import Standin
from domain.clocktime import at
from domain.ledger import Entry, EntryKind
from store import Store, open_store, reading, session, upgrade
from store.ledger import append, entries
from store.marks import set_mark
from tests.web.books import own_page, said_in_address
from web.app import create_app
from web.guard import WEBHOOK
from web.office_book import OfficeBook
from web.serve import Served
from web.zalo_linking import linking_routes
from web.zalo_office import OfficeZalo, zalo_desk_of

CODE = "bac-son-khoi-cong-moi"
"""Footnote 8."""
TAN_THANH, HUNG_VU, HEAD = "dau-moi-xa-tan-thanh-bac-son", "dau-moi-xa-hung-vu-bac-son", "chu-tich-xa-tan-thanh-bac-son"
LINKED = (TAN_THANH, HUNG_VU, HEAD)
MORNING = at(date(2024, 9, 27), clock_time(8, 0))
"""A Friday, the working day before the last on which 40% is in time."""


@dataclass
class Clock:
    """Stands where it is put."""

    moment: datetime = MORNING

    def __call__(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class ClockedBook(OfficeBook):
    """The office's book, by the world's clock."""

    moment: Clock

    def clock(self) -> datetime:
        return self.moment()


class Overheard:
    """The office's desk, and how many words it still owes."""

    def __init__(self, desk: OfficeZalo) -> None:
        self._desk, self.owed, self._hand = desk, 0, threading.Lock()
        self.signing, self.oa_id, self.chat, self.clock = desk.signing, desk.oa_id, desk.chat, desk.clock
        self.settle, self.linked = desk.settle, desk.linked
        self.before: Callable[[Happening], None] = lambda _: None
        """Called before an event is heard."""

    def hear(self, happening: Happening) -> Heard:
        self.before(happening)
        heard = self._desk.hear(happening)
        with self._hand:
            self.owed += heard.word is not None
        return heard

    def say(self, word: Word) -> None:
        try:
            self._desk.say(word)
        finally:
            with self._hand:
                self.owed -= 1


@dataclass
class ZaloWorld:
    """Everything that runs."""

    home: Path
    clock: Clock
    standin: Standin
    office: Office
    readers: dict[str, Reader]
    desk: Overheard
    pages: Served | None = None

    @property
    def store(self) -> Store:
        return self.office.store

    def says(self, person: str, text: str) -> list[Bubble]:
        """The person writes; what new stands on their phone once the office has answered, if it does."""
        before = self.phone(person)
        self.standin.account.says(self.readers[person].user, text)
        self.settled()
        return [one for one in self.phone(person) if one not in before and one.kind is not Kind.USER]

    def phone(self, person: str) -> list[Bubble]:
        return list(self.standin.account.bubbles.of(self.readers[person].user))

    def settled(self) -> None:
        """Every event has been told, what follows is said, and its receipts are told too."""
        until(self.standin.postman.idle)
        until(lambda: self.desk.owed == 0)
        until(self.standin.postman.idle)

    def page(self, person: str) -> str:
        """The page on which the person, signed in, reads how to be reminded on Zalo."""
        assert self.pages is not None
        answer = httpx.get(f"{self.pages.address.rstrip('/')}{own_page(person)}/zalo")
        assert answer.status_code == 200
        return answer.text

    def recorded(self) -> list[Entry]:
        """What came into the ledger by Zalo."""
        with reading(self.store) as opened:
            return [one for one in entries(opened) if one.source == "Zalo"]


def until(happened: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def drafted() -> Draft:
    """Footnote 8 alone; everything is sent; the linked people prefer Zalo."""
    draft = read(ROOT / "config")
    notices = tuple(
        replace(
            notice,
            directives=tuple(placed for placed in notice.directives if placed.directive.code == CODE),
            facts=tuple(fact for fact in notice.facts if fact.body["directive"] == CODE),
        )
        for notice in draft.notices
    )
    return on_zalo(sending(replace(draft, notices=notices)), LINKED)


def silenced(draft: Draft) -> Draft:
    """The same with Zalo not switched to sending."""
    channels = draft.areas[Area.CHANNELS]
    assert isinstance(channels, Channels)
    quiet = tuple(one.model_copy(update={"sending": one.code != CHANNEL.code}) for one in channels.channels)
    return replace(draft, areas={**draft.areas, Area.CHANNELS: Channels(channels=quiet)})


def founded(home: Path, standin: Standin, *, demo: bool = False, database: str = "") -> Office:
    """An office of footnote 8 that knows the stand-in, with the projects of the scenario and nothing reported."""
    own = {"secret": "of-tests-only-" * 3, "zalo_port": "0"} | ({"demo": "true"} if demo else {})
    own |= {"database_url": database} if database else {}
    write_home(home, own | settings_of(standin))
    settings = load(home)
    store = open_store(settings.database, settings.head_file)
    upgrade(store)
    with session(store) as opened:
        set_mark(opened, DEMO_MARK, "zalo")
        adopt(opened, drafted(), START, by="kiem-thu")
    store.engine.dispose()
    office = open_office(settings)
    found, _ = read_scenario(SCENARIO, office.configuration().directives)
    with session(office.store) as opened:
        for one in found:
            if one.kind in {EntryKind.ENROL, EntryKind.PLAN} and one.recorded_at < at(date(2024, 5, 1)):
                append(opened, one)
    return office


def opened_desk(office: Office, clock: Clock) -> OfficeZalo:
    """The desk of the office's web application, as each of its processes opens it."""
    found = zalo_desk_of(office, clock)
    assert found is not None
    return found


@contextmanager
def zalo_world(home: Path, *, demo: bool = False, database: str = "") -> Iterator[ZaloWorld]:
    """The world at MORNING: the linked people wrote an hour ago."""
    clock = Clock()
    with Standin(clock, repeats=[0.5] * 20) as standin:  # a machine at work may answer after Zalo's two seconds
        office = founded(home, standin, demo=demo, database=database)
        give_tokens(standin, office.store, home, clock())
        people = {one.code: one for one in office.configuration().rules.office.people if one.code in LINKED}
        readers = introduce(standin, office.store, people, MORNING - timedelta(hours=1))
        world = ZaloWorld(home, clock, standin, office, readers, Overheard(opened_desk(office, clock)))
        book, ours = ClockedBook(office, clock), office.settings
        secret = ours.signing_secret()
        linking = linking_routes(said_in_address(book, secret), own_page("{person}"), secret, world.desk)
        app = create_app(book, secret, timedelta(days=45), zalo=world.desk, rooms=[linking], illustrative=demo)
        with Served(app, 0, "-") as pages:
            world.pages = pages
            standin.postman.address = pages.address.rstrip("/") + WEBHOOK
            yield world
        office.store.engine.dispose()
