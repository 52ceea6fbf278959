"""A round is made at an instant that can be believed: a wrong clock must not use up the ladder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from actions.office import Office
from actions.rounds import LONGEST_SILENCE, FutureError, HeldError, last_round, moment_of_round, note_round
from config.settings import Settings
from store import open_store, session, upgrade
from store.marks import set_mark
from store.moments import set_next
from tests.world import instant

DAY = timedelta(days=1)


def founded(folder: Path, **settings: object) -> Office:
    ours = Settings.model_validate({"home": folder, **settings})
    store = open_store(ours.database, ours.head_file)
    upgrade(store)
    return Office(ours, store)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A real office, on the machine's clock."""
    opened = founded(tmp_path)
    yield opened
    opened.store.engine.dispose()


def last_made(office: Office, at: datetime) -> None:
    with session(office.store) as opened:
        set_mark(opened, "last_round", at.isoformat())


def test_without_an_instant_the_clock_is_asked(office: Office) -> None:
    assert abs(moment_of_round(office) - office.moment()) < timedelta(minutes=1)
    assert last_round(office) is None


def test_an_instant_that_has_come_is_taken_and_one_that_has_not_is_refused(office: Office) -> None:
    now = office.moment()
    last_made(office, now - 90 * DAY)
    assert moment_of_round(office, now - 60 * DAY) == now - 60 * DAY
    with pytest.raises(FutureError, match=r"ở phía trước đồng hồ .*bỏ --as-of.*dondoc rehearse"):
        moment_of_round(office, now + DAY)


def test_a_clock_far_beyond_the_last_round_is_doubted_until_somebody_says_the_instant(office: Office) -> None:
    now = office.moment()
    last_made(office, now - LONGEST_SILENCE + DAY)
    moment_of_round(office)
    last_made(office, now - LONGEST_SILENCE - DAY)
    with pytest.raises(HeldError, match=r"hơn 30 ngày.*dondoc tick --as-of 20\d\d-") as held:
        moment_of_round(office)
    said = datetime.fromisoformat(str(held.value).rpartition(" ")[2])
    assert moment_of_round(office, said) == said
    note_round(office)
    moment_of_round(office)


def test_before_the_first_round_the_last_look_counts(office: Office) -> None:
    long_ago = office.moment() - 40 * DAY
    with session(office.store) as opened:
        set_next(opened, "khoi-cong", None, long_ago, seen=0)
    with pytest.raises(HeldError):
        moment_of_round(office)


def test_a_demo_may_be_asked_about_any_day(tmp_path: Path) -> None:
    demo = founded(tmp_path, demo=True, clock=instant("31/1/2025 17:00"))
    last_made(demo, instant("1/5/2024 08:00"))
    assert moment_of_round(demo) == instant("31/1/2025 17:00")
    assert moment_of_round(demo, instant("1/1/2030 08:00")) == instant("1/1/2030 08:00")
    demo.store.engine.dispose()
