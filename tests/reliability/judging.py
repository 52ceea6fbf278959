"""What a run with kills is, what it left behind, and what of it is not as promised."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from config.settings import load

_KEY = "directive || ' ' || milestone || ' ' || rung || ' ' || occurrence || ' ' || person || ' ' || channel"
CROWD = 8
RESENT_ONCE = 2
"""Transmissions of one message at the most."""


@dataclass(frozen=True)
class Ordeal:
    """How one office is tried."""

    seed: int
    workers: int
    """At once at the same outbox."""
    kills: int
    all_at_once: bool
    """Whether a kill meets every worker, or one of them."""
    planned: bool
    """Whether the rows stand in the outbox before the first worker starts."""
    random: Random

    @classmethod
    def drawn(cls, seed: int) -> Ordeal:
        """Of ten offices eight have one worker, and seven meet one kill."""
        random = Random(seed)
        workers = random.choice((1,) * 16 + (2, 2, 3, 4))
        kills = random.choice((1,) * 7 + (2, 2, 3))
        return cls(seed, workers, kills, random.random() < 0.5, random.random() < 0.75, random)

    @classmethod
    def crowded(cls, seed: int) -> Ordeal:
        """Eight workers at one outbox, and nobody is killed."""
        return cls(seed, CROWD, 0, all_at_once=False, planned=True, random=Random(seed))


@dataclass(frozen=True)
class Verdict:
    """What became of one office."""

    seed: int
    rows: int
    kills: int
    late: int
    """Kills that came when all was done."""
    lost: int
    """Rows that no message brought to anybody, and nobody is told of."""
    extra: int
    """Copies beyond the first."""
    unknown: int
    """Transmissions whose end nobody knew."""
    held: int
    """Messages that met two kills: not risked a third time, listed for a person."""
    silent: int
    """Those of them of which no copy arrived: whom they were for knows nothing until that person acts."""
    broken: list[str]


@dataclass(frozen=True)
class Left:
    """What the store says at some moment."""

    states: Mapping[str, str]
    """Of each row, by its key."""
    carried: Mapping[str, str | None]
    """The message of each row."""
    messages: Mapping[str, str]
    """The state of each message."""
    begun: Mapping[str, int]
    """How often each was begun."""
    log: Mapping[str, list[str]]
    claims: Mapping[str, int]
    """How often each row was claimed."""

    @classmethod
    def of(cls, home: Path) -> Left:
        """Read past the product: the witness is another program."""
        with _opened(home) as opened:
            rows = opened.execute(f"SELECT {_KEY}, state, message_id, attempt FROM delivery").fetchall()  # noqa: S608  as above
            messages = opened.execute("SELECT id, state, attempts FROM message").fetchall()
            log: defaultdict[str, list[str]] = defaultdict(list)
            for message, outcome in opened.execute("SELECT message_id, outcome FROM attempt ORDER BY id"):
                log[message].append(outcome)
        return cls(
            {key: state for key, state, *_ in rows},
            {key: message for key, _, message, _ in rows},
            {message: state for message, state, _ in messages},
            {message: begun for message, _, begun in messages},
            log,
            {key: claims for key, _, _, claims in rows},
        )

    def among(self, *states: str) -> set[str]:
        """The messages in one of those states."""
        return {message for message, state in self.messages.items() if state in states}

    @property
    def quiet(self) -> bool:
        """Whether there is nothing left to do."""
        again = {one for one in self.among("unknown") if self.log[one].count("unknown") < RESENT_ONCE}
        waiting = {"planned", "claimed", "transmitting"} & set(self.states.values())
        return bool(self.states) and not waiting and not again


@contextmanager
def _opened(home: Path) -> Iterator[Any]:
    """A connection of the database's own driver."""
    url = load(home).database
    if url.startswith("postgresql"):
        with psycopg.connect(url) as served:
            yield served
        return
    file = sqlite3.connect(f"file:{home / 'dondoc.sqlite'}?mode=ro", uri=True)
    yield file
    file.close()


@dataclass
class Record:
    """What was seen of one office on the way."""

    met: set[tuple[str, int]] = field(default_factory=set)
    """Transmissions that a kill broke off: the message, and which of its transmissions it was."""
    kills: int = 0
    late: int = 0
    counted: int = 0
    """Unknown ends that the rounds reported; a round that was killed reports nothing."""
    noise: list[str] = field(default_factory=list)
    """Words on standard error, and ends of workers nobody killed that are not 0."""

    @property
    def hits(self) -> Counter[str]:
        """Kills that met each message in transmission."""
        return Counter(message for message, _ in self.met)


def judge(ordeal: Ordeal, record: Record, left: Left, copies: Counter[str], expected: set[str]) -> Verdict:
    """Hold what is left against the promise."""
    held, hits = left.among("unknown"), record.hits
    arrived = {message for message in copies if message in left.messages}
    lost = sum(left.carried.get(key) not in arrived | held for key in expected)
    return Verdict(
        seed=ordeal.seed,
        rows=len(expected),
        kills=record.kills,
        late=record.late,
        lost=lost,
        extra=sum(count - 1 for count in copies.values()),
        unknown=hits.total(),
        held=len(held),
        silent=len(held - arrived),
        broken=[
            *([f"{lost} rows lost"] if lost else []),
            *record.noise,
            *_of_rows(left, expected),
            *([f"rows were claimed {set(left.claims.values())} times"] if _claimed_again(ordeal, left) else []),
            *_of_messages(record, left, copies),
        ],
    )


def _claimed_again(ordeal: Ordeal, left: Left) -> bool:
    """Whether a row was claimed more than once although nobody died."""
    return ordeal.kills == 0 and set(left.claims.values()) != {1}


def _of_rows(left: Left, expected: set[str]) -> Iterator[str]:
    if set(left.states) != expected:
        yield f"rows differ: {sorted(set(left.states) ^ expected)[:3]}"
    for key, state in left.states.items():
        message = left.carried[key]
        if state not in {"accepted", "unknown"} or left.messages.get(message or "") != state:
            yield f"row {key} is {state}, its message {left.messages.get(message or '')}"
    if not left.quiet:
        yield "not quiet"


def _of_messages(record: Record, left: Left, copies: Counter[str]) -> Iterator[str]:
    """No copy but one for each message, and one more where a kill met its transmission; every such one in the log."""
    met = record.hits
    for message in copies.keys() - left.messages.keys():
        yield f"a copy of {message}, which the store does not know"
    for message, state in left.messages.items():
        hits, log = met[message], left.log[message]
        ended = {"accepted": [*["unknown"] * hits, "accepted"], "unknown": ["unknown"] * hits, "abandoned": []}
        if log != ended.get(state) or hits > RESENT_ONCE:
            yield f"{message} is {state} after {hits} kills, its log {log}"
        least, most = {"accepted": (1, 1 + hits), "unknown": (0, hits)}.get(state, (0, 0))
        if not least <= copies[message] <= min(most, RESENT_ONCE):
            yield f"{message} is {state} after {hits} kills, in {copies[message]} copies"
    if not (met.total() if record.kills == 1 else 0) <= record.counted <= met.total():
        yield f"{record.counted} unknown ends were reported, there were {met.total()}"
