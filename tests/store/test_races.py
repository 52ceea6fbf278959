"""Several workers at once: processes as in an office, threads where only the moment matters."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from domain.outbox import Key, State
from store import Store, open_store, reading, session
from store.ledger import append, entries
from store.outbox import history, insert_new
from store.rows import lock_planned
from store.sending import claim
from store.verification import verify
from tests.store.builders import LEASE, MORNING, delivery, entry, key, message
from tests.store.worker import EACH

Answer = TypeVar("Answer")
ROOT = Path(__file__).parents[2]


def together(*actions: Callable[[], Answer]) -> list[Answer]:
    """Let each action start at the same moment in a thread of its own."""
    start = threading.Barrier(len(actions))

    def run(action: Callable[[], Answer]) -> Answer:
        start.wait()
        return action()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_four_processes_make_one_store_and_one_chain(url: str, tmp_path: Path) -> None:
    head_file = tmp_path / "ledger.head"
    base = [sys.executable, "-m", "tests.store.worker", "append", url, str(head_file)]
    processes = [subprocess.Popen([*base, str(number)], cwd=ROOT) for number in range(4)]
    assert [process.wait(60) for process in processes] == [0, 0, 0, 0]
    office = open_store(url, head_file)
    with reading(office) as opened:
        ids = {one.id for one in entries(opened)}
        assert ids == {f"b{1000 * number + count}" for number in range(4) for count in range(EACH)}
        assert head_file.read_text().startswith("100 ")
    with reading(office) as opened:
        assert verify(opened, head_file) == ()
    office.engine.dispose()


def test_one_statement_sent_twice_at_once_is_one_entry(office: Store) -> None:
    def record() -> int:
        with session(office) as opened:
            return append(opened, entry(1)).seq

    assert together(record, record, record) == [1, 1, 1]


def test_two_claims_of_the_same_rows_and_one_wins(office: Store) -> None:
    for turn in range(20):
        keys = [key(rung=f"rung-{turn}-{number}") for number in range(3)]
        with session(office) as opened:
            insert_new(opened, map(delivery, keys), MORNING)

        def take(worker: str, keys: list[Key] = keys, turn: int = turn) -> bool:
            with session(office) as opened:
                return claim(opened, keys, message(f"{turn}-{worker}"), worker, MORNING, LEASE)

        assert sorted(together(lambda: take("a"), lambda: take("b"))) == [False, True]
    with reading(office) as opened:
        assert {one.state for one in history(opened, "khoi-cong")} == {State.CLAIMED}


def test_two_evaluations_that_decide_the_same_write_it_once(office: Store) -> None:
    decided = [delivery(key(rung=f"rung-{number}")) for number in range(1200)]

    def remind(order: int) -> int:
        with session(office) as opened:
            return insert_new(opened, decided[::order], MORNING)

    assert sum(together(lambda: remind(1), lambda: remind(-1))) == 1200


@pytest.mark.postgres
def test_rows_that_another_worker_holds_are_not_waited_for(served_office: Store) -> None:
    with session(served_office) as opened:
        insert_new(opened, [delivery(key(person="mot")), delivery(key(person="hai"))], MORNING)
    with session(served_office) as holder:
        assert len(lock_planned(holder, [key(person="mot")], wait=False)) == 1
        with session(served_office) as opened:
            opened.connection().exec_driver_sql("SET LOCAL lock_timeout = '1s'")
            assert not claim(opened, [key(person="mot")], message("m1", person="mot"), "b", MORNING, LEASE)
            assert claim(opened, [key(person="hai")], message("m2", person="hai"), "b", MORNING, LEASE)
