"""Who writes to SQLite when many want to: in the order they came, however long the first takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from store import Store, reading, session
from store.marks import read_mark, set_mark
from store.turns import Line
from tests.store.conftest import made

WRITERS = 12


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[Store]:
    """An empty store on SQLite: a server lines its writers up by itself."""
    with made(f"sqlite:///{tmp_path / 'store.db'}", tmp_path / "ledger.head") as opened:
        yield opened


def until(seen: Callable[[], bool]) -> None:
    """Wait for what is about to come."""
    deadline = time.monotonic() + 20
    while not seen() and time.monotonic() < deadline:
        time.sleep(0.002)
    assert seen()


def in_line(line: Line, count: int) -> bool:
    return len(line._waiting) == count


def test_whoever_came_first_writes_first(filed: Store) -> None:
    line = filed.line
    assert line is not None

    def write(number: int) -> None:
        with session(filed) as opened:
            set_mark(opened, "written", f"{read_mark(opened, 'written') or ''} {number}")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    with session(filed):
        for number, thread in enumerate(threads):
            thread.start()
            until(partial(in_line, line, number + 2))
    for thread in threads:
        thread.join()
    with reading(filed) as opened:
        assert read_mark(opened, "written") == "".join(f" {number}" for number in range(WRITERS))


def test_a_fault_in_one_turn_is_no_hindrance_to_the_next(filed: Store) -> None:
    assert filed.line is not None
    with pytest.raises(KeyError), session(filed):
        raise KeyError
    assert in_line(filed.line, 0)


def test_nobody_waits_forever_for_their_turn() -> None:
    line = Line(patience=0.01)
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(line.turn())  # by one who is in it already
        assert in_line(line, 3)
    with line.turn():
        assert in_line(line, 1)
