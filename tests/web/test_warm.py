"""The picture of the book is there before anybody asks, and what is wrong with it stops nothing."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from actions.office import Office
from actions.overlook import Overlook
from config.reading import IncompleteError
from tests.web.town_hall import town_hall
from web import warm as kept
from web.warm import warm


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Looks follow each other at once, and the collector is afterwards what it was."""
    monkeypatch.setattr(kept, "EVERY", 0.01)
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@dataclass
class Troubled:
    """An office that nobody has adopted yet, and then has."""

    seen: Overlook
    fails: int = 2
    asked: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def overlook(self) -> Overlook:
        self.asked += 1
        if self.asked <= self.fails:
            raise IncompleteError([], ())
        self.done.set()
        return self.seen


def test_the_first_visitor_finds_the_picture_made(prepared_home: Path, tmp_path: Path) -> None:
    with town_hall(prepared_home, tmp_path / "hall") as hall:
        office = hall.office
        frozen = gc.get_freeze_count()
        with warm(office):
            until(lambda: gc.get_freeze_count() > frozen)
            first = office.overlook()
            assert first.situations
        assert office.overlook() is first
    assert not [one for one in threading.enumerate() if one.name == "warm"]


def test_where_nothing_is_adopted_yet_it_is_tried_again(prepared_home: Path, tmp_path: Path) -> None:
    with town_hall(prepared_home, tmp_path / "hall") as hall:
        seen = hall.office.overlook()
    office = Troubled(seen)
    with warm(cast("Office", office)):
        assert office.done.wait(20)
    assert office.asked > office.fails


def test_it_is_set_aside_when_everything_was_looked_at_and_not_when_a_due_passes(
    prepared_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going through all of it stops every thread: not at 17:00 of a working day."""
    with town_hall(prepared_home, tmp_path / "hall") as hall:
        morning = hall.office.overlook()
    pictures = [replace(morning, since=morning.since + timedelta(hours=hours)) for hours in (0, 9, 24)]
    office, aside = Shown(pictures), list[int]()
    monkeypatch.setattr(kept, "_set_aside", lambda: aside.append(office.asked))
    with warm(cast("Office", office)):
        until(lambda: office.asked > len(pictures))
    assert aside == [1, 3]


@dataclass
class Shown:
    """An office whose picture is each of these in turn, and then the last."""

    pictures: list[Overlook]
    asked: int = 0

    def overlook(self) -> Overlook:
        self.asked += 1
        return self.pictures[min(self.asked, len(self.pictures)) - 1]
