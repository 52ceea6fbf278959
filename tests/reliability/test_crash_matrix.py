"""A real worker, a real mail server, a real SIGKILL at each point from before the claim to after the last commit.

Whoever was to be told is told. A second copy exists only where the server had taken the first and nobody could know;
it has the same Message-ID, the log of attempts says so, and until it is sent again the patrol lists it.
"""

from __future__ import annotations

import json
import signal
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.clocktime import iso
from tests.reliability.conftest import Settle
from tests.reliability.homes import round_at
from tests.reliability.judging import Left
from tests.reliability.nursery import Nursery, kill
from tests.reliability.sink import Sink
from tests.reliability.traps import Moment, Trap

PEOPLE = 3
EVENING, NEXT_MORNING = 60, 144
"""Rounds: 17:30 of the first day, when the window is closed, and 07:30 of the second."""
DOUBT = ["unknown", "accepted"]


@dataclass(frozen=True)
class Point:
    """A moment of death, and what it must come to."""

    at: Moment | str
    """In the worker, or a step of its talk with the server."""
    copies: int
    """Of the message that was in hand."""
    log: list[str]
    """Of its attempts, when all is quiet."""
    state: str = "accepted"
    """Its state at the end."""


K = {
    "K0 rows planned, nothing claimed": Point(Moment.PLANNED, 0, [], "none"),
    "K0 claim written, not committed": Point(Moment.CLAIMING, 0, [], "none"),
    "K1 claim committed": Point(Moment.CLAIMED, 0, [], "abandoned"),
    "K2 connected": Point("connected", 1, DOUBT),
    "K2 greeted": Point("EHLO", 1, DOUBT),
    "K3 after MAIL": Point("MAIL", 1, DOUBT),
    "K4 after RCPT": Point("RCPT", 1, DOUBT),
    "K5 the server asks for the message": Point("DATA", 1, DOUBT),
    "K5 in the middle of the message": Point("middle", 1, DOUBT),
    "K6 after the final dot, before the 250": Point("dot", 2, DOUBT),
    "K7 the 250 has left": Point("said", 2, DOUBT),
    "K7 the 250 is heard, not written down": Point(Moment.HEARD, 2, DOUBT),
    "K8 after the commit": Point(Moment.FINISHED, 1, ["accepted"]),
    "K9 while the end is logged": Point(Moment.LOGGING, 2, DOUBT),
    "K9 the end is logged, not committed": Point(Moment.FINISHING, 2, DOUBT),
}
THIRTY = {
    "K10 thirty items written, not claimed": Point(Moment.CLAIMING, 0, [], "none"),
    "K10 thirty items claimed": Point(Moment.CLAIMED, 0, [], "abandoned"),
    "K10 in the middle of thirty items": Point("middle", 1, DOUBT),
    "K10 thirty items taken, the 250 not heard": Point("dot", 2, DOUBT),
    "K10 thirty ends written, not committed": Point(Moment.FINISHING, 2, DOUBT),
    "K10 thirty ends committed": Point(Moment.FINISHED, 1, ["accepted"]),
}


def die(nursery: Nursery, sink: Sink, home: Path, point: Point) -> Left:
    """A round that dies at the point, with its first message in hand; what it leaves."""
    if isinstance(point.at, Moment):
        worker = nursery.tick(home, trap=Trap(point.at))
    else:
        sink.cut = {"middle"} if point.at == "middle" else set()
        victims: list[int] = []

        def at_step(step: str) -> None:
            if step == point.at and victims:
                kill(victims.pop())

        sink.at_step = at_step
        # The server waits for the name of its victim: the lock of its steps is held until it is known.
        with sink.standing_still():
            worker = nursery.tick(home)
            victims.append(worker.pid)
    assert nursery.reap(worker).code == -signal.SIGKILL
    sink.cut = set()
    return Left.of(home)


def listed(nursery: Nursery, home: Path, number: int) -> list[str]:
    """What the doctor says of messages that may not have arrived; it finds nothing wrong with the ledger."""
    done = nursery.run(home, "doctor", "--as-of", iso(round_at(number)), "--format", "json")
    findings = [one["message"] for one in json.loads(done.out)]
    assert not [one for one in findings if "sổ" in one or "bút toán" in one]
    return [one for one in findings if "chưa rõ thư" in one]


def told_once(left: Left, sink: Sink, point: Point, in_hand: set[str], people: int) -> None:
    """Everybody has every item in one message; only the message in hand may have come twice, and did as expected."""
    assert set(left.states.values()) == {"accepted"}
    assert {left.messages[one] for one in left.carried.values() if one} == {"accepted"}
    assert len(set(left.carried.values())) == len(set(sink.readers())) == people
    for one in in_hand:
        assert (left.messages.get(one), left.log.get(one, []), sink.copies()[one]) == (
            point.state,
            point.log,
            point.copies,
        )
    others = {one: copies for one, copies in sink.copies().items() if one not in in_hand}
    assert set(others.values()) == {1}
    assert all(left.log[one] == ["accepted"] for one in others)


@pytest.mark.parametrize("point", [pytest.param(point, id=name) for name, point in K.items()])
def test_nothing_is_lost_and_only_what_was_taken_unheard_comes_twice(
    nursery: Nursery, sink: Sink, settle: Settle, point: Point
) -> None:
    home = settle(2, PEOPLE)
    left = die(nursery, sink, home, point)
    in_hand = set(left.messages)
    assert len(in_hand) == (point.state != "none")
    doubts = point.log.count("unknown")
    evening = nursery.ticked(home, EVENING)
    assert (evening["unknown"], evening["sent"]) == (doubts, 0)
    assert len(listed(nursery, home, EVENING)) == doubts
    morning = nursery.ticked(home, NEXT_MORNING)
    assert (morning["sent"], morning["failed"], morning["unknown"]) == (PEOPLE - (point.at == Moment.FINISHED), 0, 0)
    told_once(Left.of(home), sink, point, in_hand, PEOPLE)


@pytest.mark.parametrize("point", [pytest.param(point, id=name) for name, point in THIRTY.items()])
def test_a_digest_of_thirty_items_arrives_whole(nursery: Nursery, sink: Sink, settle: Settle, point: Point) -> None:
    home = settle(30, 2)
    in_hand = set(die(nursery, sink, home, point).messages)
    nursery.ticked(home, 1)
    left = Left.of(home)
    told_once(left, sink, point, in_hand, 2)
    assert set(Counter(left.carried.values()).values()) == {30}
    for copy in sink.taken:
        text = copy.letter().get_body(("plain",))
        assert text is not None
        assert "2 nhiệm vụ mới có thời hạn và 28 nhiệm vụ mới không ấn định" in text.get_content()
