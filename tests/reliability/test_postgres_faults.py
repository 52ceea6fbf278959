"""PostgreSQL fails under a worker in every way it can: nothing is lost, nothing doubled, nobody has to restart us."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from domain.clocktime import iso
from tests.reliability.homes import round_at
from tests.reliability.judging import Left
from tests.reliability.nursery import Nursery, ticking
from tests.reliability.served import Cluster, cluster, configure, cut_off, looking_on
from tests.reliability.sink import Sink
from tests.reliability.traps import Moment, Trap

pytestmark = pytest.mark.postgres

Serve = Callable[[int, int], Path]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with cluster() as opened:
        yield opened


@pytest.fixture
def serve(postgres: Cluster, port: int, tmp_path: Path) -> Serve:
    """An office with so many directives and people, on PostgreSQL."""
    return lambda directives, people: postgres.office(tmp_path / "home", port, directives, people)


def all_told_once(home: Path, sink: Sink, people: int) -> None:
    left = Left.of(home)
    assert set(left.states.values()) == {"accepted"}
    assert {tuple(log) for log in left.log.values()} == {("accepted",)}
    assert (len(sink.taken), set(sink.readers().values())) == (people, {1})


# ----------------------------------------------------------------------------------------------------- connections end


def test_connections_cut_off_while_a_letter_is_on_its_way(nursery: Nursery, sink: Sink, serve: Serve) -> None:
    home = serve(2, 6)
    counts: list[int] = []

    def at_step(step: str) -> None:
        if step == "dot" and len(sink.taken) in {2, 4}:
            counts.append(cut_off(home))

    sink.at_step = at_step
    assert nursery.ticked(home)["sent"] == 6
    assert len(counts) == 2
    assert min(counts) > 0
    all_told_once(home, sink, 6)


@pytest.mark.parametrize("moment", [Moment.LOGGING, Moment.FINISHING, Moment.HEARD])
def test_a_connection_cut_off_while_an_end_is_written_down(
    nursery: Nursery, sink: Sink, serve: Serve, moment: Moment
) -> None:
    home = serve(2, 3)
    done = nursery.run(home, *ticking(0), trap=Trap(moment, nth=2, broken=True))
    assert (done.code, done.err) == (0, "")
    all_told_once(home, sink, 3)


def test_a_connection_cut_off_in_a_claim_sends_nothing_to_that_reader_until_the_next_round(
    nursery: Nursery, sink: Sink, serve: Serve
) -> None:
    home = serve(2, 3)
    done = nursery.run(home, *ticking(0), trap=Trap(Moment.CLAIMING, nth=2, broken=True))
    assert (done.code, len(sink.taken)) in {(0, 3), (1, 2)}
    nursery.ticked(home, 1)
    all_told_once(home, sink, 3)


def test_connections_that_died_overnight_are_replaced_before_the_first_round(
    nursery: Nursery, sink: Sink, serve: Serve
) -> None:
    home = serve(2, 4)
    nursery.reap(nursery.start(home, chore="look"))
    worker = nursery.start(home, "-1", "2", "1.5", chore="rounds")
    while not (worker.folder / "out").read_text():
        time.sleep(0.01)
    assert cut_off(home) > 0
    done = nursery.reap(worker)
    night, morning = (json.loads(line) for line in done.out.splitlines())
    assert (night["sent"], morning) == (0, {"sent": 4, "unknown": 0, "faults": 0})
    assert done.err == ""
    all_told_once(home, sink, 4)


def test_a_server_killed_and_started_again_needs_no_restart_of_ours(
    nursery: Nursery, sink: Sink, serve: Serve, postgres: Cluster
) -> None:
    home = serve(2, 12)
    nursery.reap(nursery.start(home, chore="look"))

    def at_step(step: str) -> None:
        if step == "dot" and len(sink.taken) == 4:
            postgres.kill()

    sink.at_step = at_step
    worker = nursery.start(home, "0", "50", "0.3", chore="rounds")
    while len(sink.taken) < 4:
        time.sleep(0.01)
    time.sleep(1.5)
    postgres.start_again()
    until = time.monotonic() + 30
    while not (left := Left.of(home)).quiet and time.monotonic() < until:
        time.sleep(0.2)
    (home / "stop").touch()
    assert nursery.reap(worker).code == 0
    assert set(left.states.values()) == {"accepted"}
    doubted = {one for one, log in left.log.items() if log != ["accepted"]}
    assert len(doubted) <= 1
    assert sink.copies() == {one: 2 if one in doubted else 1 for one in left.messages if left.log[one]}


# --------------------------------------------------------------------------------------------- it answers, and refuses


def test_a_database_that_may_only_be_read_sends_nothing(nursery: Nursery, sink: Sink, serve: Serve) -> None:
    home = serve(2, 3)
    nursery.reap(nursery.start(home, chore="look"))
    configure(home, "default_transaction_read_only", "on")
    for number in range(2):
        done = nursery.run(home, *ticking(number))
        assert done.code == 1
        assert "chỉ cho đọc" in " ".join(done.err.split())
    assert sink.taken == []
    doctor = nursery.run(home, "doctor", "--as-of", iso(round_at(0)), "--format", "json")
    assert (doctor.code, "chỉ cho đọc" in doctor.out) == (1, True)
    configure(home, "default_transaction_read_only", None)
    assert nursery.ticked(home, 3)["sent"] == 3
    all_told_once(home, sink, 3)


def test_rows_that_another_session_holds_are_passed_over_at_once(nursery: Nursery, sink: Sink, serve: Serve) -> None:
    home = serve(2, 4)
    nursery.reap(nursery.start(home, chore="look"))
    configure(home, "lock_timeout", "1s")  # whoever waits longer fails, and says so
    with looking_on(home) as other, other.transaction():
        held = other.execute("SELECT id FROM delivery WHERE person = 'dau-moi-2' FOR UPDATE").fetchall()
        assert len(held) == 2
        assert nursery.ticked(home)["sent"] == 3
        assert "dau-moi-2@bacson.example" not in sink.readers()
    assert nursery.ticked(home, 1)["sent"] == 1
    all_told_once(home, sink, 4)


def test_transactions_that_must_be_made_again_are(nursery: Nursery, sink: Sink, serve: Serve) -> None:
    home = serve(4, 10)
    nursery.reap(nursery.start(home, chore="look"))
    configure(home, "default_transaction_isolation", "serializable")
    workers = [nursery.tick(home) for _ in range(4)]
    ends = [nursery.reap(worker) for worker in workers]
    assert sum(json.loads(end.out)["sent"] for end in ends if end.out) == len(sink.taken)
    nursery.ticked(home, 1)
    all_told_once(home, sink, 10)


def test_eight_workers_claim_each_of_five_hundred_rows_once(nursery: Nursery, sink: Sink, serve: Serve) -> None:
    home = serve(20, 25)
    nursery.reap(nursery.start(home, chore="look"))
    workers = [nursery.tick(home) for _ in range(8)]
    assert [(end.code, end.err) for end in map(nursery.reap, workers)] == [(0, "")] * 8
    with looking_on(home) as connection:
        assert connection.execute("SELECT DISTINCT attempt, count(*) FROM delivery GROUP BY 1").fetchall() == [(1, 500)]
    all_told_once(home, sink, 25)
