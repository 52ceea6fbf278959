"""An office of a thousand directives: twenty subject-milestones and two hundred entries on each.

Every directive is footnote 8 of the shipped notice under a code of its own, with two of its milestones, for ten
projects; led by one of a hundred units, monitored by one of twenty; on the morning after its second due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlmodel import SQLModel

from actions.adopt import adopt
from actions.api_keys import Scope, make
from actions.check import as_written
from actions.office import Office, opened_office
from actions.sign_in import hashed
from config import clock
from config.areas import Area, People, Units
from config.reading import Draft, read
from config.settings import ROOT, Settings, load, write_home
from domain.clocktime import at, iso
from domain.directive import Directive
from domain.figures import read_value
from domain.ledger import Entry, EntryKind
from domain.metric import Value
from domain.office import Person, Post, Role, Unit
from store import open_store, session, upgrade
from store.appending import append_all
from store.web_sessions import begin

DIRECTIVES, PROJECTS, STEPS, PER_PROJECT = 1_000, 10, 2, 20
"""Entries on each project: enrolled, planned, begun, that confirmed, fifteen figures, the last confirmed."""
PER_LEAD, MONITORS = 10, 20
"""Directives that one unit leads; units that monitor."""
SECRET = "of-benchmarks-only-" * 2
_MODEL = "bac-son-khoi-cong-moi"
_ADOPTED, _MORNING = at(date(2024, 4, 22)), at(date(2024, 10, 1), time(8))


class Visitor(NamedTuple):
    """Somebody who is signed in."""

    token: str
    """Of their session's cookie."""
    key: str
    """Of their program."""
    directives: tuple[str, ...]
    """What their unit leads or monitors."""


class Visitors(NamedTuple):
    """Everybody but who is of no unit with work."""

    leads: tuple[Visitor, ...]
    monitors: tuple[Visitor, ...]


def settle_in(home: Path, directives: int) -> Visitors:
    """Found an office of so many directives in that home."""
    write_home(home, {"demo": "true", "clock": iso(_MORNING), "secret": SECRET, "api_per_minute": "100000"})
    settings, draft = load(home), read(ROOT / "config")
    model = as_written(draft).directives[_MODEL]
    given = [_copy(model, number) for number in range(directives)]
    leads, monitors = (
        [*dict.fromkeys(codes)] for codes in zip(*((*one.lead, one.monitor) for one in given), strict=True)
    )
    _write(settings, _manned(draft, [*leads, *monitors]), given)
    with opened_office(settings) as office:
        visitors = [tuple(_signed_in(office, unit, given) for unit in units) for units in (leads, monitors)]
    return Visitors(*visitors)


def _copy(model: Directive, number: int) -> Directive:
    lead, monitor = f"don-vi-{number // PER_LEAD:03}", f"theo-doi-{number % MONITORS:02}"
    own = {"code": f"viec-{number:04}", "title": f"Việc số {number}", "lead": (lead,), "monitor": monitor}
    return model.model_copy(update={**own, "milestones": model.milestones[:STEPS]})


def _manned(draft: Draft, units: Sequence[str]) -> Draft:
    """The shipped office with these units beside its own, each with one focal person, and without any directive."""
    known = draft.areas[Area.UNITS]
    assert isinstance(known, Units)
    new = tuple(Unit(code=code, name=f"Đơn vị {code}") for code in units)
    more, people = Units(units=(*known.units, *new), groups=known.groups), People(people=tuple(map(_focal, units)))
    return replace(draft, areas={**draft.areas, Area.UNITS: more, Area.PEOPLE: people}, notices=())


def _focal(unit: str) -> Person:
    post, email = Post(unit=unit, role=Role.FOCAL), f"{unit}@coquan.example"
    return Person(code=_who(unit), name=f"Đầu mối {unit}", email=email, posts=(post,), channels=("email",))


def _who(unit: str) -> str:
    return f"dau-moi-{unit}"


def _write(settings: Settings, draft: Draft, given: Sequence[Directive]) -> None:
    said = {"area": Area.DIRECTIVE, "adopted_at": _ADOPTED, "adopted_by": "bench", "sha256": "", "removed": False}
    versions = [{**said, "code": one.code, "body": one.model_dump_json(by_alias=True)} for one in given]
    store = open_store(settings.database, settings.head_file)
    upgrade(store)
    with session(store) as opened:
        adopt(opened, draft, _ADOPTED, by="bench")
        # Adopting one by one compares each with all: minutes at this size.
        opened.connection().execute(SQLModel.metadata.tables["config_version"].insert(), versions)
        for one in given:
            append_all(opened, [entry for number in range(PROJECTS) for entry in Project(one, number).entries()])
    store.engine.dispose()


@dataclass
class Project:
    """What is said of one project of a directive: begun in time, and 35% of its money is out."""

    directive: Directive
    number: int
    _said: list[Entry] = field(default_factory=list)

    def entries(self) -> Sequence[Entry]:
        """The newest figure of a directive's first project waits for its monitor."""
        start, amount = _ADOPTED.date(), Value.model_validate({"number": "4800000000"})
        self._say(EntryKind.ENROL, start, name=f"Dự án số {self.number}", unit=self.directive.lead[0])
        self._say(EntryKind.PLAN, start, metric="giai-ngan", value=amount)
        self._confirm(self._report("khoi-cong", "xong", date(2024, 6, 20)))
        last = [self._report("giai-ngan", f"{7 + 2 * n}%", start + timedelta(days=11 * n)) for n in range(15)][-1]
        if self.number:
            self._confirm(last)
        else:
            self._report("giai-ngan", "36%", date(2024, 9, 27))
        return self._said

    def _report(self, metric: str, value: str, day: date) -> Entry:
        figure = read_value(value, self.directive.metric(metric))
        return self._say(EntryKind.REPORT, day, metric=metric, value=figure, evidence="Báo cáo số 12/BC-UBND")

    def _confirm(self, one: Entry) -> None:
        self._say(EntryKind.CONFIRM, one.as_of, refers_to=one.id, actor=_who(self.directive.monitor))

    def _say(self, kind: EntryKind, day: date, **fields: Any) -> Entry:
        said = {
            "id": f"{self.directive.code}-{self.number}-{len(self._said)}",
            "directive": self.directive.code,
            "subject": f"da-{self.number:02}",
            "recorded_at": at(day, time(16)),
            "actor": _who(self.directive.lead[0]),
        }
        self._said.append(Entry(kind=kind, as_of=day, source="bench", **{**said, **fields}))
        return self._said[-1]


def _signed_in(office: Office, unit: str, given: Sequence[Directive]) -> Visitor:
    token, person, now = f"key-of-{unit}", _who(unit), clock.wall()
    with session(office.store) as opened:
        begin(opened, hashed(token), person, "bench", now, now + timedelta(days=30))
    _, key = make(office, "bench", person, [Scope.READ, Scope.WRITE], "bench", now)
    return Visitor(token, key, tuple(one.code for one in given if unit in (*one.lead, one.monitor)))
