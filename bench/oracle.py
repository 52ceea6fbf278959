"""One million questions about deadlines: the program against the fingers of tests/domain/naive.py, day after day.

Half of them about the shipped calendar, half about one on which every tenth day is swapped. No answer may differ.
"""

from __future__ import annotations

import sys

from bench.common.measured import Figure, Ratio, seconds, show
from tests.domain.naive import shipped
from tests.domain.questions import Compared, compare, swapped_about
from tests.domain.sentences import every_form
from tests.world import CALENDAR

CASES = 1_000_000
SEEDS = (146, 147)
"""Not those of the tests."""


def main() -> None:
    """Compare and print; a mismatch is an error."""
    found: list[Compared] = []
    pairs = ((CALENDAR, shipped()), swapped_about())
    took = seconds(
        lambda: found.extend(
            compare(every_form(*pair), CASES // 2, seed) for pair, seed in zip(pairs, SEEDS, strict=True)
        )
    )
    asked = sum((one.asked for one in found), start=found[0].asked - found[0].asked)
    mismatches = [mismatch for one in found for mismatch in one.mismatches]
    for mismatch in mismatches[:20]:
        print(f"{mismatch.form}: {mismatch.asked}\n  ours:  {mismatch.ours}\n  naive: {mismatch.naive}")
    show(
        "oracle",
        "Deadlines: the program against a day-by-day reading of the rules",
        [
            *(Figure(f"cases_{form.replace(' ', '_')}", form, count, "") for form, count in sorted(asked.items())),
            Figure("cases", "questions", asked.total(), ""),
            Figure("outside", "of them refused by both: outside the calendar", sum(one.outside for one in found), ""),
            Figure("mismatches", "answers that differ", len(mismatches), ""),
            Figure("seconds", "in all", took, "s"),
        ],
        [Ratio("agreement", "answers that agree, of all", 1 - len(mismatches) / asked.total(), at_least=1)],
    )
    sys.exit(bool(mismatches))


if __name__ == "__main__":
    main()
