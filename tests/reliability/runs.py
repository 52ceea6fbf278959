"""One office through kills to quiet."""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from actions.evaluate import evaluate_each
from actions.office import opened_office
from config.settings import load
from domain.clocktime import iso
from store import open_store, reading
from store.moments import due_for_look
from store.verification import verify
from tests.reliability import forge
from tests.reliability.forge import Ended, Worker
from tests.reliability.homes import copied, round_at
from tests.reliability.judging import Left, Ordeal, Record, Verdict, judge

ROUNDS = 12
"""More than any office needs to come to rest."""
STARTING = 0.15
"""Seconds until a worker is at work."""


@dataclass(frozen=True)
class Ground:
    """What all offices of a run share."""

    folder: Path
    template: Path
    """An office nobody has looked at yet."""
    planned: Path
    """The same, with its rows in the outbox."""
    journal: Path
    """Of the mail server."""
    span: float
    """Seconds of a round that nobody disturbs."""
    expected: set[str]
    """Keys of the rows that come of it."""

    @classmethod
    def measured(cls, folder: Path, template: Path, journal: Path) -> Ground:
        """The ground, after one office that nobody disturbed."""
        planned = copied(template, folder / "planned")
        look(planned)
        home, begun = copied(template, folder / "undisturbed"), time.monotonic()
        done = forge.reap(tick(home, 0))
        span, left = time.monotonic() - begun, Left.of(home)
        assert done.code == 0, done
        assert set(left.states.values()) == {"accepted"}
        assert set(left.states) == set(Left.of(planned).states)
        return cls(folder, template, planned, journal, span, set(left.states))

    def arrivals(self, since: int) -> Counter[str]:
        """How often each message came since the journal had that length; every conversation has ended."""
        until = time.monotonic() + forge.PATIENCE
        while True:
            lines = self.journal.read_text()[since:].splitlines()
            talks = Counter(line for line in lines if not line.startswith("copy"))
            if talks["open"] == talks["close"]:
                return Counter(line.removeprefix("copy ") for line in lines if line.startswith("copy"))
            if time.monotonic() > until:
                raise TimeoutError("a conversation does not end")
            time.sleep(0.005)


def tick(home: Path, number: int) -> Worker:
    """A worker at the round of that number."""
    return forge.start(home, "tick", "--as-of", iso(round_at(number)), "--format", "json")


def look(home: Path, number: int = 0) -> None:
    """Decide what has to be said by that round; nothing is sent."""
    with opened_office(load(home)) as office:
        with reading(office.store) as opened:
            codes = due_for_look(opened, round_at(number))
        assert evaluate_each(office.store, office.configuration(), codes, round_at(number)).faults == ()


def endure(ground: Ground, ordeal: Ordeal, home: Path) -> Verdict:
    """Try one office, and judge what became of it."""
    copied(ground.planned if ordeal.planned else ground.template, home)
    since, record = ground.journal.stat().st_size, Record()
    kills, left = ordeal.kills, Left.of(home)
    for number in range(ROUNDS):
        workers = [tick(home, number) for _ in range(ordeal.workers if kills or number == 0 else 1)]
        if kills:
            _kill(ground, ordeal, workers, left)
        dead = sum(_is_dead(forge.reap(worker), record) for worker in workers)
        record.kills, record.late = record.kills + bool(dead), record.late + bool(kills and not dead)
        kills = max(kills - 1, 0)
        left = Left.of(home)
        record.met |= {(message, left.begun[message]) for message in left.among("transmitting")}
        if left.quiet and not kills:
            break
    copies = ground.arrivals(since)
    _examine(home, record, left)
    return judge(ordeal, record, left, copies, ground.expected)


def _kill(ground: Ground, ordeal: Ordeal, workers: list[Worker], left: Left) -> None:
    """Wait for a moment of what is left to do, and kill."""
    waiting = sum(state != "accepted" for state in left.states.values()) / len(ground.expected) if left.states else 1
    time.sleep(ordeal.random.uniform(0, STARTING + waiting * ground.span))
    victims = workers if ordeal.all_at_once else [ordeal.random.choice(workers)]
    for victim in victims:
        os.kill(victim.pid, signal.SIGKILL)  # not yet reaped: the number is still its own


def _is_dead(done: Ended, record: Record) -> bool:
    """Whether the worker was killed; if not, what it has to say is noted."""
    if done.code == -signal.SIGKILL:
        return True
    if done.code or done.err:
        record.noise.append(f"a worker ended with {done.code}: {done.err[-800:]}")
    else:
        record.counted += json.loads(done.out)["unknown"]
    return False


def _examine(home: Path, record: Record, left: Left) -> None:
    """The chain of the ledger is whole; the patrol lists every message that is held."""
    settings = load(home)
    store = open_store(settings.database, settings.head_file)
    with reading(store) as opened:
        record.noise += [finding.message for finding in verify(opened, settings.head_file)]
    store.engine.dispose()
    held = left.among("unknown")
    if held:
        said = forge.reap(forge.start(home, "doctor", "--as-of", iso(round_at(ROUNDS)), "--format", "json")).out
        listed = sum("chưa rõ thư" in finding["message"] for finding in json.loads(said))
        if listed != len(held):
            record.noise.append(f"{len(held)} messages are held, the patrol lists {listed}")
