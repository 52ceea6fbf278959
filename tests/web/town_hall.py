"""The pages of Bắc Sơn's office on the morning of 27/9/2024: a prepared home, real ledger, and a browser per person.

Footnote 8 with its illustrative projects, the plan it rests on, a programme of a commune and a directive without a
date; what the scenario recorded until then stands in the ledger. Sessions go by a clock of their own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import httpx
from fastapi import FastAPI
from sqlalchemy import MetaData, select

from actions.adopt import adopt
from actions.office import Office, open_office
from actions.record import DEMO_MARK
from actions.sign_in import hashed
from config.areas import Area, People
from config.reading import Draft
from config.scenario import read_scenario
from config.settings import load, write_home
from demo.world import SCENARIO, START
from domain.clocktime import at, iso
from domain.office import Person, Post, Role
from store import open_store, session, upgrade
from store.ledger import append
from store.marks import set_mark
from store.web_sessions import begin, find
from tests.stories.town import CODE, PLAN, drafted
from tests.web.browsing import Browser
from web.office_pages import office_app

MOMENT = at(date(2024, 9, 27), clock_time(8, 0))
"""A Friday, the working day before the last on which 40% is in time."""
WALL = at(date(2026, 11, 29), clock_time(9, 0))
"""What the machine's clock says meanwhile: a demonstration's stands still."""
NTM, UNDATED = "tan-thanh-ntm-2024", "tan-thanh-tuyen-truyen-ntm"
LEAD, HEAD = "dau-moi-ubnd-huyen-bac-son", "chu-tich-ubnd-huyen-bac-son"
TAN_THANH, HUNG_VU = "dau-moi-xa-tan-thanh-bac-son", "dau-moi-xa-hung-vu-bac-son"
MONITOR, LEADER, ADMIN = "theo-doi-van-phong-ubnd-tinh", "lanh-dao-ubnd-tinh", "quan-tri-he-thong"
VIEWER, FORMER = "nguoi-xem", "can-bo-da-nghi"
SETTINGS = {"demo": "true", "clock": iso(MOMENT), "secret": "of-tests-only-" * 3}


def prepared(home: Path) -> None:
    """Make the home: once for many tests, which copy it."""
    write_home(home, SETTINGS)
    settings = load(home)
    store = open_store(settings.database, settings.head_file)
    upgrade(store)
    with session(store) as opened:
        set_mark(opened, DEMO_MARK, "trang")
        adopt(opened, _draft(), START, by="kiem-thu")
    office = open_office(settings)
    found, _ = read_scenario(SCENARIO, office.configuration().directives)
    with session(office.store) as opened:
        for one in found:
            if one.recorded_at < MOMENT:
                append(opened, one)
    for opened_store in (store, office.store):
        opened_store.engine.dispose()


def _draft() -> Draft:
    draft = drafted(CODE, PLAN, NTM, UNDATED)
    people = draft.areas[Area.PEOPLE]
    assert isinstance(people, People)
    viewer = _person(VIEWER, Post(unit="van-phong-ubnd-tinh", role=Role.VIEWER))
    gone = {"from": date(2020, 1, 1), "to": date(2024, 1, 31)}
    former = _person(FORMER, Post.model_validate({"unit": "ubnd-huyen-bac-son", "role": "focal", "valid": gone}))
    changed = people.model_copy(update={"people": (*people.people, viewer, former)})
    return replace(draft, areas={**draft.areas, Area.PEOPLE: changed})


def _person(code: str, post: Post) -> Person:
    return Person(code=code, name=code, email=f"{code}@langson.example", posts=(post,), channels=("email",))


@dataclass
class Wall:
    """The machine's clock, put where a test wants it."""

    moment: datetime = WALL

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class TownHall:
    """An office and its pages."""

    office: Office
    app: FastAPI
    wall: Wall = field(default_factory=Wall)

    def anybody(self) -> Browser:
        """A browser that nobody is signed in on."""
        return Browser(self.app)

    def everything(self) -> dict[str, list[object]]:
        """Every row of every table."""
        known = MetaData()
        with self.office.store.engine.connect() as connection:
            known.reflect(connection)
            return {name: list(connection.execute(select(table))) for name, table in sorted(known.tables.items())}

    def signed_in(self, person: str) -> Browser:
        """A browser on which the person is signed in."""
        key = f"key-of-{person}"
        with session(self.office.store) as opened:
            if find(opened, hashed(key), self.wall()) is None:
                begin(opened, hashed(key), person, "kiểm thử", self.wall(), self.wall() + timedelta(days=30))
        return Browser(self.app, cookies=httpx.Cookies({"dondoc": key}))


@dataclass
class LookedAt(TownHall):
    """A town hall for tests that only look: each person signs in once, for all of them."""

    browsers: dict[str, Browser] = field(default_factory=dict)

    def signed_in(self, person: str) -> Browser:
        if person not in self.browsers:
            self.browsers[person] = super().signed_in(person)
        return self.browsers[person]


@contextmanager
def town_hall(template: Path, home: Path, **settings: str) -> Iterator[TownHall]:
    """The office of a copy of the prepared home, with further settings."""
    shutil.copytree(template, home)
    write_home(home, SETTINGS | settings)
    office, wall = open_office(load(home)), Wall()
    yield TownHall(office, office_app(office, wall=wall), wall)
    office.store.engine.dispose()
