"""A SQLite file that others hold, and a disk that is full."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from tests.reliability.conftest import Settle
from tests.reliability.judging import Left
from tests.reliability.nursery import Nursery, ticking
from tests.reliability.sink import Sink

HELD = 3.0
"""Seconds for which somebody else has the file to themselves."""
CROWDED = 6.0
"""Seconds of writing and reading at once."""


def test_a_round_waits_for_whoever_has_the_file_to_themselves(nursery: Nursery, sink: Sink, settle: Settle) -> None:
    home = settle(2, 4)
    other = sqlite3.connect(home / "dondoc.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    worker = nursery.tick(home)
    time.sleep(HELD)
    assert sink.taken == []
    other.execute("COMMIT")
    other.close()
    done = nursery.reap(worker)
    assert (done.code, done.err) == (0, "")
    assert (len(sink.taken), set(sink.readers().values())) == (4, {1})


def test_the_file_is_taken_in_the_middle_of_a_round_and_nothing_is_sent_twice(
    nursery: Nursery, sink: Sink, settle: Settle
) -> None:
    home = settle(2, 4)
    other = sqlite3.connect(home / "dondoc.sqlite", isolation_level=None, check_same_thread=False, timeout=30)

    def at_step(step: str) -> None:
        if step == "dot" and len(sink.taken) == 2:
            other.execute("BEGIN EXCLUSIVE")

    sink.at_step = at_step
    worker = nursery.tick(home)
    time.sleep(HELD)
    assert len(sink.taken) == 2
    sink.at_step = lambda _step: None
    other.execute("COMMIT")
    other.close()
    assert nursery.reap(worker).code == 0
    assert (len(sink.taken), set(sink.readers().values())) == (4, {1})


def test_writers_and_a_reader_at_once_meet_no_locked_database(nursery: Nursery, settle: Settle) -> None:
    home = settle(2, 4)
    until, number = time.monotonic() + CROWDED, 0
    while time.monotonic() < until:
        commands = [ticking(number), ticking(number), ("status", "--format", "json"), ("doctor", "--format", "json")]
        workers = [nursery.start(home, *command) for command in commands]
        ends = [nursery.reap(worker) for worker in workers]
        assert all("locked" not in end.err + end.out for end in ends)
        assert [end.code for end in ends[:3]] == [0, 0, 0]
        number += 1
    assert number > 1


def pages(home: Path) -> int:
    """How large the file is, once nothing in it is free."""
    with sqlite3.connect(home / "dondoc.sqlite", isolation_level=None) as opened:
        opened.execute("VACUUM")
        ((count,),) = opened.execute("PRAGMA page_count").fetchall()
    opened.close()
    return int(count)


@pytest.mark.parametrize("room", [0, 8], ids=["full at once", "full after some claims"])
def test_a_full_disk_claims_nothing_sends_nothing_and_passes(
    nursery: Nursery, sink: Sink, settle: Settle, room: int
) -> None:
    home = settle(2, 8)
    nursery.reap(nursery.start(home, chore="look"))
    full = nursery.reap(nursery.start(home, str(pages(home) + room), chore="tick_on_a_full_disk"))
    assert full.code == 1
    assert "dung lượng ổ đĩa" in " ".join(full.err.split())
    left = Left.of(home)
    assert len(sink.taken) == sum(state == "accepted" for state in left.messages.values())
    assert len(sink.taken) < 8
    assert set(left.messages.values()) <= {"accepted"}
    assert nursery.ticked(home, 1)["sent"] == 8 - len(left.messages)
    assert set(sink.copies().values()) == {1}
