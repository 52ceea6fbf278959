"""Killed with SIGKILL, at a barrier or at random: nothing is lost, and no copy too many that is not accounted for."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from datetime import time as clock
from pathlib import Path
from random import Random
from threading import Event

import pytest

from actions.deliver import deliver
from actions.office import Office
from config.settings import ROOT
from domain.clocktime import at, iso
from domain.outbox import Key, State
from store import reading
from store.messages import IN_FLIGHT, MessageState, StoredMessage, all_messages
from store.verification import verify
from tests.channels.postoffice import post_office
from tests.stories.replayed.barriers import Barriers, go, replayer
from tests.stories.replayed.replaying import a_few, kept, live_plainly, outcomes, settled, written

FIRST_EVENING = at(date(2024, 4, 22), clock(17))
SUMMER = at(date(2024, 7, 15), clock(17))
"""Past the first due of the new projects, its overdue rungs and its escalation."""
SMALL = "tan-thanh-ntm-2024"
TICK = "from cli.main import main; main()"
STEPS_APART = 60
KILLS = 10
TWICE = {"unknown": 1, "accepted": 1}


@pytest.fixture
def mail() -> Barriers:
    return Barriers()


@pytest.fixture
def port(mail: Barriers) -> Iterator[int]:
    with post_office(mail) as opened:
        yield opened


def closed(office: Office) -> None:
    office.store.engine.dispose()


# ---------------------------------------------------------------------------------------------- one kill, one barrier


def die_of(office: Office, mail: Barriers, barrier: str) -> None:
    """A replay that is killed at the first message that reaches the barrier."""
    between_commits = [barrier] if barrier.islower() else []
    with (
        replayer(office.settings.home, FIRST_EVENING, *between_commits) as process,
        mail.killing(process, lambda step: step == barrier),
    ):
        go(process)
        assert process.wait(timeout=30) == -signal.SIGKILL


@pytest.mark.parametrize(
    ("barrier", "copies", "log"),
    [
        pytest.param("claimed", 1, [], id="claimed, not begun"),
        pytest.param("EHLO", 1, ["unknown", "accepted"], id="connected"),
        pytest.param("RCPT", 1, ["unknown", "accepted"], id="envelope given"),
        pytest.param("RSET", 1, ["unknown", "accepted"], id="next message on the same line"),
        pytest.param("DATA", 2, ["unknown", "accepted"], id="taken, 250 not heard"),
        pytest.param("transmitting", 2, ["unknown", "accepted"], id="250 heard, not written down"),
    ],
)
def test_a_kill_at_a_barrier_loses_nothing_and_doubles_only_what_may_have_arrived(
    tmp_path: Path, mail: Barriers, port: int, barrier: str, copies: int, log: list[str]
) -> None:
    office = settled(tmp_path / "home", written([SMALL]), port)
    die_of(office, mail, barrier)
    with reading(office.store) as opened:
        (hit,) = [one for one in all_messages(opened) if one.state in IN_FLIGHT]
    live_plainly(office, FIRST_EVENING)
    after = kept(office)
    assert {row.state for row in after.rows} == {State.ACCEPTED}
    assert outcomes(office) == {one.id: log if one.id == hit.id else ["accepted"] for one in after.messages}
    arrived = mail.copies()
    assert arrived.pop(hit.id, 0) == (copies if log else 0)
    assert set(arrived.values()) == {1}
    carried = [row.key for one, rows in after.messages.items() if one.state == MessageState.ACCEPTED for row in rows]
    assert Counter(carried) == Counter(row.key for row in after.rows)
    closed(office)


def test_a_kill_at_the_goodbye_touches_no_message(tmp_path: Path, mail: Barriers, port: int) -> None:
    office = settled(tmp_path / "home", written([SMALL]), port)
    die_of(office, mail, "QUIT")
    with reading(office.store) as opened:
        assert not [one for one in all_messages(opened) if one.state in IN_FLIGHT]
    live_plainly(office, FIRST_EVENING)
    assert set(mail.copies().values()) == {1}
    assert all(log == ["accepted"] for log in outcomes(office).values())
    closed(office)


def test_a_message_that_met_two_kills_is_not_risked_a_third_time(tmp_path: Path, mail: Barriers, port: int) -> None:
    office = settled(tmp_path / "home", written([SMALL]), port)
    die_of(office, mail, "DATA")
    first = next(iter(mail.copies()))
    with (
        replayer(office.settings.home, FIRST_EVENING) as process,
        mail.killing(process, lambda step: step == "DATA" and mail.copies()[first] == 2),
    ):
        go(process)
        assert process.wait(timeout=30) == -signal.SIGKILL
    live_plainly(office, FIRST_EVENING)
    assert deliver(office.courier(), office.configuration(), FIRST_EVENING).sent == 0
    assert outcomes(office)[first] == ["unknown", "unknown"]
    assert mail.copies()[first] == 2
    with reading(office.store) as opened:
        assert [one.id for one in all_messages(opened) if one.state == MessageState.UNKNOWN] == [first]
    closed(office)


# ------------------------------------------------------------------------------------------------------- ten, at random


def states(office: Office) -> dict[Key, State]:
    return {row.key: row.state for row in kept(office).rows}


def in_flight(office: Office) -> list[StoredMessage]:
    with reading(office.store) as opened:
        return [one for one in all_messages(opened) if one.state in IN_FLIGHT]


def undisturbed(office: Office) -> bool:
    """Whether nothing of an earlier crash is still to be settled: a message hit twice has a test of its own."""
    open_ = in_flight(office)
    return len(open_) == 1 and open_[0].unknowns == 0


def kill_at_once(process: subprocess.Popen[str], office: Office) -> None:
    """Killed at this very instant, or at the first one when nothing is on its way for the second time.

    It stands still while that is looked up: what was seen is what is hit.
    """
    while True:
        process.send_signal(signal.SIGSTOP)
        os.waitpid(process.pid, os.WUNTRACED)
        if all(one.unknowns == 0 for one in in_flight(office)):
            process.kill()
            return
        process.send_signal(signal.SIGCONT)
        time.sleep(0.002)


def die_at_random(office: Office, mail: Barriers, seed: Random) -> str:
    """A replay killed in the middle of a conversation, or some 0.1 s after; the step, or "" where it is not known."""
    wait, linger, exact = seed.randint(1, STEPS_APART), seed.uniform(0, 0.1), seed.random() < 0.5
    aim = seed.choice(("MAIL", "RCPT", "DATA"))
    steps: list[str] = []
    reached = Event()

    def due(step: str) -> bool:
        steps.append(step)
        if len(steps) < wait or (exact and step != aim) or reached.is_set() or not undisturbed(office):
            return False
        reached.set()
        return exact

    with replayer(office.settings.home, SUMMER) as process, mail.killing(process, due):
        go(process)
        assert reached.wait(timeout=60)
        if not exact:
            time.sleep(linger)
            kill_at_once(process, office)
        assert process.wait(timeout=10) == -signal.SIGKILL
    return steps[-1] if exact else ""


def tick(office: Office) -> dict[str, int]:
    command = [sys.executable, "-c", TICK, "tick", "--as-of", iso(SUMMER), "--format", "json"]
    shell = {**os.environ, "DONDOC_HOME": str(office.settings.home)}
    done = subprocess.run(command, cwd=ROOT, env=shell, capture_output=True, text=True, check=True, timeout=60)
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


@pytest.mark.timeout(240)
def test_ten_kills_at_random_lose_nothing_and_every_second_copy_is_accounted_for(
    tmp_path: Path, mail: Barriers, port: int
) -> None:
    draft, seed = written(a_few()), Random(20240422)
    whole, killed = (settled(tmp_path / name, draft, port) for name in ("whole", "killed"))
    live_plainly(whole, SUMMER)
    assert set(mail.copies().values()) == {1}
    mail.taken.clear()

    hits = [die_at_random(killed, mail, seed) for _ in range(KILLS)]
    live_plainly(killed, SUMMER)
    assert tick(killed)["sent"] == 0

    assert states(killed) == states(whole)
    assert set(states(killed).values()) <= {State.ACCEPTED, State.COALESCED, State.OBSOLETE, State.BEFORE_START}
    logs, arrived = outcomes(killed), mail.copies()
    doubled = {one for one, copies in arrived.items() if copies > 1}
    assert set(arrived.values()) == {1, 2}
    assert all(Counter(logs[one]) == TWICE for one in doubled)
    sure = hits.count("DATA")
    assert sure <= len(doubled) <= sure + hits.count("")
    assert {one for one, log in logs.items() if log} == set(arrived)
    assert sum(log == ["unknown", "accepted"] for log in logs.values()) <= KILLS
    with reading(killed.store) as opened:
        assert verify(opened, killed.settings.head_file) == ()
    closed(whole)
    closed(killed)
