"""Bắc Sơn with its officials: the named world of the stories, and a letter box nobody may find a stray letter in.

The ledger, the outbox and the delivery are the real ones, over a store of the test's own; the configuration is the
shipped one, with the directives a story needs. Time is travelled by looking and delivering at an instant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from actions.adopt import adopt, current
from actions.compose import Desk
from actions.deliver import Courier, deliver
from actions.evaluate import evaluate_each
from actions.record import DEMO_MARK, record
from channels.letter import Accepted, Letter, Outcome
from config.areas import Area, People
from config.channel import Channel
from config.reading import Draft, read
from config.settings import ROOT
from domain.clocktime import at, local
from domain.figures import read_value
from domain.ledger import Entry, EntryKind
from domain.office import Person
from domain.outbox import Delivery, State
from store import Store, open_store, reading, session, upgrade
from store.marks import set_mark
from store.moments import due_for_look
from store.outbox import history

CODE = "bac-son-khoi-cong-moi"
"""Footnote 8."""
PLAN = "bac-son-giai-ngan-dau-tu-cong-2024"
LEAD = "dau-moi-ubnd-huyen-bac-son"
HEAD = "chu-tich-ubnd-huyen-bac-son"
MONITOR = "theo-doi-van-phong-ubnd-tinh"
MORNING = time(7, 30)


def drafted(*codes: str) -> Draft:
    """The shipped configuration, with these directives alone."""
    draft = read(ROOT / "config")
    notices = tuple(
        replace(
            notice,
            directives=tuple(placed for placed in notice.directives if placed.directive.code in codes),
            facts=tuple(fact for fact in notice.facts if fact.body["directive"] in codes),
        )
        for notice in draft.notices
    )
    return replace(draft, notices=notices)


def with_people(draft: Draft, change: Callable[[Person], Person], *more: Person) -> Draft:
    """The draft with every person changed so, and more of them."""
    people = draft.areas[Area.PEOPLE]
    assert isinstance(people, People)
    changed = People(people=(*map(change, people.people), *more))
    return replace(draft, areas={**draft.areas, Area.PEOPLE: changed})


def when(month: int, day: int, hour: int = 9) -> datetime:
    """A full hour of 2024."""
    return at(date(2024, month, day), time(hour))


class Town:
    """An office with some directives, a calendar to walk through, and a letter box."""

    def __init__(self, folder: Path, draft: Draft, adopted: datetime) -> None:
        self.store: Store = open_store(f"sqlite:///{folder}/dondoc.sqlite", folder / "ledger.head")
        upgrade(self.store)
        with session(self.store) as opened:
            set_mark(opened, DEMO_MARK, "story")
        self.adopt(draft, adopted)
        self.letters: list[tuple[str, str, Letter]] = []
        desk = Desk("http://127.0.0.1:8480", "bi-mat-" * 6, "dondoc.example", illustrative=False)
        self.courier = Courier(self.store, desk, self.post, "nguoi-dua-thu")

    def adopt(self, draft: Draft, moment: datetime) -> None:
        """Bring the draft into force."""
        with session(self.store) as opened:
            adopt(opened, draft, moment, by="quan-tri")
        with reading(self.store) as opened:
            self.configuration = current(opened)

    def post(self, _channel: Channel, person: Person, letter: Letter) -> Outcome:
        """Take a letter into the box."""
        self.letters.append((f"{local(letter.written):%d/%m %H:%M}", person.code, letter))
        return Accepted(code=250)

    def tick(self, when: datetime) -> None:
        """Look at whatever is due, and deliver."""
        with reading(self.store) as opened:
            codes = due_for_look(opened, when)
        assert evaluate_each(self.store, self.configuration, codes, when).faults == ()
        deliver(self.courier, self.configuration, when)

    def live(self, first: date, last: date) -> None:
        """Every morning from `first` to `last`, both included."""
        for offset in range((last - first).days + 1):
            self.tick(at(first + timedelta(days=offset), MORNING))

    def say(self, when: datetime, kind: EntryKind, directive: str = CODE, **fields: object) -> None:
        """Record a statement."""
        entry = Entry.model_validate(
            {
                "id": f"but-toan-{when:%m%d%H%M}-{kind.value}",
                "kind": kind,
                "directive": directive,
                "as_of": when.date(),
                "recorded_at": when,
                "actor": LEAD,
                "source": "trang web",
                **fields,
            }
        )
        with session(self.store) as opened:
            record(opened, self.configuration, entry)

    def report(self, when: datetime, metric: str, value: str, directive: str = CODE, **fields: object) -> None:
        """Record a figure as people write it."""
        read = read_value(value, self.configuration.directives[directive].metric(metric))
        self.say(when, EntryKind.REPORT, directive, metric=metric, value=read, **fields)

    def taken(self) -> list[tuple[str, str]]:
        """When and to whom letters went since the last look into the box; the box is empty afterwards."""
        found = [(when, person) for when, person, _ in self.letters]
        self.letters.clear()
        return found

    def days_of(self, person: str) -> list[str]:
        """The days on which the person got a letter since the last look; everybody's letters are taken."""
        return [when[:5] for when, who in self.taken() if who == person]

    def history(self, directive: str = CODE) -> tuple[Delivery, ...]:
        with reading(self.store) as opened:
            return history(opened, directive)

    def rows(self, directive: str = CODE) -> dict[tuple[str, str, str, str], State]:
        """(milestone, rung, due, person) → what became of the row."""
        found = self.history(directive)
        return {(r.key.milestone, r.key.rung, r.key.occurrence, r.key.person): r.state for r in found}
