"""What every benchmark shares: seconds of a piece of work, its figures as a table, and as one last line of JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """A raw figure."""

    key: str
    """Its name in the JSON."""
    label: str
    value: float
    unit: str


class Ratio(NamedTuple):
    """A figure divided by what it is measured against."""

    key: str
    label: str
    value: float
    at_least: float | None = None
    """Below this we are slower than promised."""
    at_most: float | None = None
    """Above this we are slower than promised."""

    @property
    def kept(self) -> bool:
        """Whether the promise is kept; True where none was made."""
        low = self.at_least is not None and self.value < self.at_least
        high = self.at_most is not None and self.value > self.at_most
        return not (low or high)


def seconds(work: Callable[[], object]) -> float:
    """How long one call of `work` takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def show(bench: str, title: str, figures: Sequence[Figure], ratios: Sequence[Ratio]) -> None:
    """Print the table, and the JSON object `{bench, figures, ratios, kept}` as the last line."""
    print(title)
    for figure in figures:
        print(f"  {figure.label:<66}{_said(figure.value):>14} {figure.unit}")
    for ratio in ratios:
        print(f"  {ratio.label:<66}{_said(ratio.value):>14} × {_promise(ratio)}".rstrip())
    said = {
        "bench": bench,
        "figures": {figure.key: round(figure.value, 6) for figure in figures},
        "ratios": {ratio.key: round(ratio.value, 6) for ratio in ratios},
        "kept": all(ratio.kept for ratio in ratios),
    }
    print(json.dumps(said))


def _promise(ratio: Ratio) -> str:
    if ratio.at_least is None and ratio.at_most is None:
        return ""
    limit = f"at least {ratio.at_least:g}" if ratio.at_least is not None else f"at most {ratio.at_most:g}"
    return f"({limit}: {'kept' if ratio.kept else 'NOT KEPT'})"


def _said(value: float) -> str:
    """Whole numbers from a hundred on, else three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
