"""Phrases of deadlines: how many a second, how the tables are answered, and 100,000 damaged ones without a fault.

A line of JSON in, a line of JSON out, on one core, as `dondoc explain --batch` does it; every phrase another one. The
processor's own seconds are counted, the best of a few rounds, so that neighbours on the machine do not count.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from actions.explain import Choices, batch, choices
from bench.common.measured import Figure, Ratio, show
from config.settings import ROOT
from domain.phrase.absolute import FAR
from tests.domain.phrase.generated import generated
from tests.domain.phrase.mutations import mutated
from tests.domain.phrase.tables import ask, rows, score

COUNT, DAMAGED, ROUNDS = 20_000, 100_000, 5
AIM = 20_000
"""Phrases a second."""
TABLES = ("phrases.tsv", "notices.tsv", "regulation.tsv")
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def questions() -> list[str]:
    """Lines of a batch, no two of them alike."""
    lines: dict[str, None] = {}
    for one in generated(4 * COUNT, 11):
        asked = {"phrase": one.phrase, "issued": one.issued.isoformat(), "received": one.received.isoformat()}
        lines.setdefault(_ENCODE(asked))
    assert len(lines) >= COUNT
    return list(lines)[:COUNT]


def answered(lines: list[str], by: Choices) -> int:
    """The characters that come out."""
    return sum(len(_ENCODE(row)) for row in batch(lines, by, "bench"))


def best(work: Callable[[], object]) -> float:
    """Seconds of the processor in the best round."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def damaged() -> float:
    """Seconds for damaged phrases; none may raise, or name a day far off without a word about it."""
    phrases = [row.phrase for name in TABLES for row in rows(name)]
    begun = time.process_time()
    for phrase in mutated(phrases, DAMAGED, 5):
        answer = ask(phrase, "2024-04-22", "2024-04-25")
        near = answer.nominal is None or abs(answer.nominal.year - 2024) <= FAR
        assert near or answer.findings, phrase
    return time.process_time() - begun


def main() -> None:
    """Measure and print."""
    by, lines = choices(ROOT / "config"), questions()
    rate = COUNT / best(lambda: answered(lines, by))
    faultless = damaged()
    for name in TABLES:
        for line in score(rows(name)):
            print(f"{name:<16}{line}")
    show(
        "phrases",
        f"Phrases explained: {COUNT:,} different ones, JSON in and out, one core",
        [
            Figure("phrases_per_second", "phrases, best round", rate, "/s"),
            Figure("damaged", "damaged phrases answered without a fault", DAMAGED, ""),
            Figure("damaged_seconds", "time for them", faultless, "s"),
        ],
        [Ratio("against_aim", f"against the aim of {AIM:,} phrases a second", rate / AIM)],
    )


if __name__ == "__main__":
    main()
