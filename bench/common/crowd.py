"""An office with a full outbox: ten directives that concern everybody, so that each person's message is a digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import Path

from actions.adopt import adopt, current
from actions.evaluate import situation
from config.areas import Area, People, Units
from config.notices import NoticeFile
from config.reading import Draft, read
from config.settings import ROOT, Settings, load, write_home
from demo.world import sending
from domain.clocktime import at
from domain.office import Group, Person, Post, Role, Unit
from domain.outbox import Delivery, State
from domain.reminders import decide
from store import Session, open_store, session, upgrade
from store.outbox import insert_new

DIRECTIVES, UNITS, PER_UNIT = 10, 100, 10
PEOPLE = UNITS * PER_UNIT
ROWS = DIRECTIVES * PEOPLE
MODEL = "bac-son-khoi-cong-moi"
"""The shipped directive that all of them are copies of: footnote 8."""
ADOPTED = at(date(2024, 4, 22))
MORNING = at(date(2024, 7, 1), time(7, 30))
"""The first morning after the first due: it is urged, and what follows it is told along with it."""
_RUNG = "overdue-1"


def crowded(draft: Draft) -> Draft:
    """The shipped office, sending, with a hundred units of ten focal persons that lead ten directives together."""
    units, notice = draft.areas[Area.UNITS], draft.notices[0]
    assert isinstance(units, Units)
    codes = [f"don-vi-{number:02}" for number in range(UNITS)]
    everybody = Group(code="moi-don-vi", name="Các đơn vị", members=tuple(codes))
    new = tuple(Unit(code=code, name=f"Đơn vị số {code[-2:]}") for code in codes)
    more = Units(units=(*units.units, *new), groups=(*units.groups, everybody))
    people = People(people=tuple(_focal(unit, number) for unit in codes for number in range(PER_UNIT)))
    areas = {**draft.areas, Area.UNITS: more, Area.PEOPLE: people}
    return sending(replace(draft, areas=areas, notices=(_several(notice, everybody.code),)))


def _focal(unit: str, number: int) -> Person:
    code = f"{unit}-dau-moi-{number}"
    post = Post(unit=unit, role=Role.FOCAL)
    return Person(
        code=code, name=f"Đầu mối {number}", email=f"{code}@coquan.example", posts=(post,), channels=("email",)
    )


def _several(notice: NoticeFile, lead: str) -> NoticeFile:
    """The notice with copies of the model directive alone, each led by all."""
    (model,) = (one for one in notice.directives if one.directive.code == MODEL)
    copies = (
        model.directive.model_copy(update={"code": f"viec-{number}", "title": f"Việc số {number}", "lead": (lead,)})
        for number in range(DIRECTIVES)
    )
    return replace(notice, directives=tuple(replace(model, directive=one) for one in copies), facts=())


def full_outbox(home: Path, database_url: str, port: int) -> Settings:
    """The settings of an office in that home whose people all wait to be urged on all directives."""
    write_home(home, {"database_url": database_url, "smtp_port": str(port)})
    settings = load(home)
    store = open_store(settings.database, settings.head_file)
    upgrade(store)
    with session(store) as opened:
        adopt(opened, crowded(read(ROOT / "config")), ADOPTED, by="bench")
        written = insert_new(opened, _urged(opened), MORNING)
    assert written == ROWS, written
    store.engine.dispose()
    return settings


def _urged(opened: Session) -> Sequence[Delivery]:
    """One row for each person and directive; what earlier mornings would have said is left out."""
    configuration = current(opened)
    looked = (situation(opened, configuration, code, MORNING) for code in configuration.directives)
    decided = (row for one in looked for row in decide(one, ()).new)
    return [row for row in decided if row.key.rung == _RUNG and row.state is State.PLANNED]
