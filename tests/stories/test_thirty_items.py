"""An official with thirty things to do in eight directives: one letter at a time, shorter as they are done, then none.

Lived morning by morning through the real ledger, outbox and delivery.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from actions.acknowledge import acknowledge
from actions.deliver import deliver
from actions.evaluate import evaluate_each
from actions.record import record
from actions.stating import Said
from channels.letter import Letter
from config.reading import Configuration
from domain.clocktime import at
from domain.directive import Directive
from domain.due import DueSpec
from domain.ledger import Entry, EntryKind
from domain.metric import DONE, Metric, MetricKind
from domain.outbox import State
from store import Store, open_store, reading, session, upgrade
from store.moments import due_for_look, looks
from tests.actions.offices import ALONE, Postman, configured, courier, rows
from tests.world import POLICY, changed, day, instant, variant

ME, HEAD, MONITOR = "dau-moi-huyen", "chu-tich-huyen", "theo-doi"
DUE = "28/6/2024"
"""A Friday."""
SIZES = (4, 4, 4, 4, 4, 4, 3, 3)


def directives() -> tuple[Directive, ...]:
    """Eight, with thirty milestones due on one day; no two have a name in common."""
    names = iter(f"Mốc {number:02}" for number in range(1, 31))
    return tuple(_directive(number, [next(names) for _ in range(size)]) for number, size in enumerate(SIZES, 1))


def _directive(number: int, names: list[str]) -> Directive:
    metrics = tuple(Metric(id=_id(name), kind=MetricKind.EVENT, name=name) for name in names)
    due = DueSpec(phrase=f"đến hết ngày {DUE}", date=day(DUE))
    first = ALONE.milestones[0]
    milestones = [changed(first, id=_id(one), name=one, metric=_id(one), target=DONE, due=due) for one in names]
    about = {"code": f"viec-{number}", "title": f"Nhiệm vụ số {number}", "coordinating": ()}
    return variant(*milestones, metrics=metrics, **about)


def _id(name: str) -> str:
    return name.lower().replace("mốc ", "moc-")


@dataclass
class Desk:
    """The office of the eight directives, and what its people were sent."""

    store: Store
    office: Configuration = field(default_factory=lambda: configured(*directives()))
    postman: Postman = field(default_factory=Postman)

    def live(self, first: str, last: str) -> None:
        """Every morning from the first to the last day."""
        for offset in range((day(last) - day(first)).days + 1):
            self.morning(day(first) + timedelta(days=offset))

    def morning(self, when: date) -> None:
        moment = at(when, POLICY.window.opens)
        with reading(self.store) as opened:
            codes = due_for_look(opened, moment) if looks(opened) else tuple(self.office.directives)
        assert evaluate_each(self.store, self.office, codes, moment).faults == ()
        deliver(courier(self.store, self.postman), self.office, moment)

    def done(self, name: str, when: str) -> None:
        """The official records that it is done."""
        owner = next(one for one in self.office.directives.values() if any(m.id == _id(name) for m in one.milestones))
        entry = Entry(
            id=f"xong-{_id(name)}",
            kind=EntryKind.REPORT,
            directive=owner.code,
            metric=_id(name),
            value=DONE,
            as_of=day(when),
            recorded_at=instant(f"{when} 16:00"),
            actor=ME,
            source="trang web",
        )
        with session(self.store) as opened:
            record(opened, self.office, entry)

    def taken(self, person: str) -> list[Letter]:
        """What the person got since the last look into the box; the box is empty afterwards."""
        found = [letter for reader, letter in self.postman.given if reader == person]
        self.postman.given.clear()
        return found

    def days_of(self, person: str) -> list[str]:
        return [f"{letter.written:%d/%m}" for reader, letter in self.postman.given if reader == person]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    store = open_store(f"sqlite:///{tmp_path}/dondoc.sqlite", tmp_path / "ledger.head")
    upgrade(store)
    return Desk(store)


def urged(letter: Letter) -> set[str]:
    """The milestones a letter names."""
    return set(re.findall(r"Mốc \d\d", letter.text))


def test_thirty_items_in_eight_directives_are_one_letter_and_what_is_done_leaves_it(desk: Desk) -> None:
    desk.live("22/4/2024", "20/6/2024")
    desk.taken(ME)
    desk.live("21/6/2024", "21/6/2024")  # a week before
    (first,) = desk.taken(ME)
    assert len(urged(first)) == 30
    assert all(f"Nhiệm vụ số {number}" in first.text for number in range(1, 9))

    desk.done("Mốc 01", "24/6/2024")
    desk.done("Mốc 30", "24/6/2024")
    desk.live("24/6/2024", "25/6/2024")  # three days before
    (second,) = desk.taken(ME)
    assert urged(second) == urged(first) - {"Mốc 01", "Mốc 30"}
    assert "28 mốc công việc chưa hoàn thành" in second.text


def test_three_urgings_ignored_reach_the_head_and_silence_holds_as_agreed(desk: Desk) -> None:
    desk.morning(day("28/6/2024"))
    desk.taken(ME)
    desk.live("1/7/2024", "11/7/2024")
    assert desk.days_of(ME) == ["01/07", "04/07", "11/07"]
    assert desk.days_of(HEAD) == ["04/07", "11/07"]
    told = [letter for reader, letter in desk.postman.given if reader == HEAD]
    assert all("thủ trưởng đơn vị" in letter.text and len(urged(letter)) == 30 for letter in told)
    assert "11/07" in desk.days_of(MONITOR)
    desk.taken(ME)

    acknowledged(desk, "24/7/2024 14:00")
    desk.live("24/7/2024", "25/7/2024")
    assert (desk.days_of(ME), desk.days_of(HEAD)) == ([], ["25/07"])
    desk.taken(ME)
    desk.live("26/7/2024", "8/8/2024")  # five working days later the silence is over
    assert desk.days_of(ME) == ["08/08"]


def test_after_completion_nothing_is_said(desk: Desk) -> None:
    desk.morning(day("28/6/2024"))
    for number in range(1, 31):
        desk.done(f"Mốc {number:02}", "28/6/2024")
    desk.taken(ME)
    desk.live("1/7/2024", "30/8/2024")
    assert desk.postman.given == []
    left = [row.state for one in desk.office.directives for row in rows(desk.store, one)]
    assert not {State.PLANNED, State.CLAIMED, State.TRANSMITTING, State.UNKNOWN} & set(left)


def acknowledged(desk: Desk, when: str) -> None:
    """The official says of each directive that the urging was read."""
    with session(desk.store) as opened:
        for code in desk.office.directives:
            acknowledge(opened, desk.office, code, Said(f"da-biet-{code}", ME, "trang web"), instant(when))
