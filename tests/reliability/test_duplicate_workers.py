"""Several workers at one outbox, several runs at one instant: each row is claimed once, each message sent once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.reliability.conftest import Settle
from tests.reliability.judging import Left
from tests.reliability.nursery import Nursery
from tests.reliability.sink import Sink


def together(nursery: Nursery, home: Path, count: int) -> int:
    """So many workers at the same round at once; how many messages they sent in all."""
    workers = [nursery.tick(home) for _ in range(count)]
    ends = [nursery.reap(worker) for worker in workers]
    assert [(end.code, end.err) for end in ends] == [(0, "")] * count
    return sum(int(end.out.partition('"sent": ')[2].partition(",")[0]) for end in ends)


def claims(home: Path) -> set[int]:
    """How often rows were claimed."""
    with sqlite3.connect(home / "dondoc.sqlite") as opened:
        found = {count for (count,) in opened.execute("SELECT attempt FROM delivery")}
    opened.close()
    return found


@pytest.mark.parametrize("workers", [2, 10], ids=["two runs at one instant", "run now, ten times"])
def test_runs_at_one_instant_send_what_one_would(nursery: Nursery, sink: Sink, settle: Settle, workers: int) -> None:
    home = settle(3, 5)
    assert together(nursery, home, workers) == 5
    assert (claims(home), len(Left.of(home).states)) == ({1}, 15)
    assert (len(sink.taken), set(sink.readers().values())) == (5, {1})


def test_running_again_and_again_sends_nothing_more(nursery: Nursery, sink: Sink, settle: Settle) -> None:
    home = settle(3, 5)
    assert nursery.ticked(home)["sent"] == 5
    again = [nursery.ticked(home) for _ in range(10)]
    assert {(one["reminders"], one["sent"]) for one in again} == {(0, 0)}
    assert len(sink.taken) == 5


def test_eight_workers_claim_each_of_five_hundred_rows_once(nursery: Nursery, sink: Sink, settle: Settle) -> None:
    home = settle(20, 25)
    nursery.reap(nursery.start(home, chore="look"))
    assert together(nursery, home, 8) == 25
    assert (claims(home), len(Left.of(home).states)) == ({1}, 500)
    assert (len(sink.taken), set(sink.readers().values())) == (25, {1})
