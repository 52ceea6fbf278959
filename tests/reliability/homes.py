"""Homes of offices whose first morning brings as much mail as a test wants: made once, then copied."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from actions.adopt import adopt
from config.areas import Area, People
from config.reading import Draft, read
from config.settings import ENV_FILE, ROOT, load, write_home
from demo.world import sending
from domain.clocktime import at
from domain.ledger import Entry, EntryKind
from domain.office import Person, Post, Role
from store import open_store, session, upgrade
from store.ledger import append

ADOPTED = at(date(2024, 4, 22))
MORNING = at(date(2024, 4, 22), time(7, 30))
"""The first opening of the window: everybody is told what is new."""
LATER = timedelta(minutes=10)
"""Beyond every lease of the round before, and beyond the first waits after a refusal."""
LEAD = "ubnd-huyen-bac-son"


def round_at(number: int) -> datetime:
    """The instant of the round of that number, from 0 on."""
    return MORNING + number * LATER


def crowd(directives: int, people: int) -> Draft:
    """The shipped office, sending, with that many directives of one unit, and that many focal persons in it.

    Its first morning: a message for each person, a row in it for each directive.
    """
    draft = read(ROOT / "config")
    (notice,) = draft.notices
    alone = [one for one in notice.directives if one.directive.lead == (LEAD,) and not one.directive.coordinating]
    placed = tuple(alone[:directives])
    assert len(placed) == directives
    areas = {**draft.areas, Area.PEOPLE: People(people=tuple(_focal(number) for number in range(people)))}
    return sending(replace(draft, areas=areas, notices=(replace(notice, directives=placed, facts=()),)))


def _focal(number: int) -> Person:
    code = f"dau-moi-{number}"
    post = Post(unit=LEAD, role=Role.FOCAL)
    return Person(
        code=code, name=f"Đầu mối {number}", email=f"{code}@bacson.example", posts=(post,), channels=("email",)
    )


def founded(home: Path, draft: Draft, port: int, database: str = "") -> Path:
    """A new office in `home` that has adopted the draft and posts to that port; nobody has looked yet."""
    values = {"smtp_port": str(port), "secret": "only-of-tests-" * 3}
    write_home(home, values | ({"database_url": database} if database else {}))
    settings = load(home)
    store = open_store(settings.database, settings.head_file)
    upgrade(store)
    with session(store) as opened:
        adopt(opened, draft, ADOPTED, by="kiem-thu")
        for number, placed in enumerate(draft.placed):
            append(opened, a_note(number, placed.directive.code))
    store.engine.dispose()
    return home


def a_note(number: int, directive: str) -> Entry:
    """Something in the ledger, so that there is a chain to be verified."""
    return Entry(
        id=f"ghi-chu-{number}",
        kind=EntryKind.NOTE,
        directive=directive,
        as_of=ADOPTED.date(),
        recorded_at=ADOPTED,
        actor="dau-moi-0",
        source="kiểm thử",
        text="đã nhận nhiệm vụ",
    )


def copied(template: Path, home: Path, **settings: object) -> Path:
    """The same office in another home, with these settings of its own."""
    shutil.copytree(template, home)
    written = (line.partition("=") for line in (home / ENV_FILE).read_text(encoding="utf-8").splitlines())
    kept = {name.removeprefix("DONDOC_").lower(): value for name, _, value in written}
    write_home(home, kept | {name: str(value) for name, value in settings.items()})
    return home
