"""Workers that are asked to end, or sleep through their lease."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.reliability.conftest import Settle
from tests.reliability.judging import Left
from tests.reliability.nursery import Nursery
from tests.reliability.sink import Sink
from tests.reliability.traps import Moment, Trap

PEOPLE = 4


def first(sink: Sink, step: str, pid: list[int], number: int, *, linger: float = 0.0) -> None:
    """The client gets the signal at the first `step`; the server answers after a while."""

    def at_step(reached: str) -> None:
        if reached == step and pid:
            os.kill(pid.pop(), number)
            time.sleep(linger)

    sink.at_step = at_step


def test_a_worker_asked_to_end_finishes_the_message_in_hand_and_claims_no_other(
    nursery: Nursery, sink: Sink, settle: Settle
) -> None:
    home, pid = settle(2, PEOPLE), list[int]()
    first(sink, "dot", pid, signal.SIGTERM, linger=0.3)
    with sink.standing_still():
        worker = nursery.tick(home)
        pid.append(worker.pid)
    begun = time.monotonic()
    assert nursery.reap(worker).code == -signal.SIGTERM
    assert time.monotonic() - begun < 10
    left = Left.of(home)
    (in_hand,) = left.messages
    assert (left.messages[in_hand], left.log[in_hand]) == ("accepted", ["accepted"])
    assert sorted(left.states.values()) == ["accepted"] * 2 + ["planned"] * 2 * (PEOPLE - 1)
    assert nursery.ticked(home, 1)["sent"] == PEOPLE - 1
    assert set(sink.copies().values()) == {1}
    assert len(sink.copies()) == PEOPLE


@pytest.mark.parametrize(
    ("reply", "end", "copies"),
    [
        pytest.param("250 taken", "accepted", 2, id="it was taken: the one second copy there may be"),
        pytest.param("550 no such user", "failed", 1, id="it was refused: which must not undo what came after"),
    ],
)
def test_a_worker_that_slept_through_its_lease_on_the_line_can_report_nothing_any_more(
    nursery: Nursery, sink: Sink, settle: Settle, reply: str, end: str, copies: int
) -> None:
    home, pid = settle(2, PEOPLE), list[int]()
    sink.replies["dot"] = [reply]
    first(sink, "dot", pid, signal.SIGSTOP)
    with sink.standing_still():
        sleeper = nursery.tick(home)
        pid.append(sleeper.pid)
    while pid:
        time.sleep(0.01)
    done = nursery.ticked(home, 1)
    assert (done["unknown"], done["sent"]) == (1, PEOPLE)
    before = Left.of(home)
    os.kill(sleeper.pid, signal.SIGCONT)
    assert nursery.reap(sleeper).code in {0, 1}  # 1: it believes that somebody could not be told
    after = Left.of(home)
    (hit,) = [one for one, log in after.log.items() if log != ["accepted"]]
    assert after.log[hit] == ["unknown", "accepted", end]
    assert (after.states, after.messages, after.begun) == (before.states, before.messages, before.begun)
    assert sink.copies() == {one: copies if one == hit else 1 for one in after.messages}


@pytest.mark.parametrize("moment", [Moment.CLAIMED, Moment.PLANNED])
def test_a_worker_that_slept_through_its_lease_before_the_line_sends_nothing(
    nursery: Nursery, sink: Sink, settle: Settle, moment: Moment
) -> None:
    home = settle(2, PEOPLE)
    sleeper = nursery.tick(home, trap=Trap(moment, signal.SIGSTOP))
    while not asleep(sleeper.pid):
        time.sleep(0.01)
    assert nursery.ticked(home, 1)["sent"] == PEOPLE
    os.kill(sleeper.pid, signal.SIGCONT)
    assert nursery.reap(sleeper).code == 0
    assert set(sink.copies().values()) == {1}
    assert len(sink.copies()) == PEOPLE
    assert set(Left.of(home).states.values()) == {"accepted"}


def asleep(pid: int) -> bool:
    with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123 - no path of ours
        return file.read().rpartition(")")[2].split()[0] == "T"
