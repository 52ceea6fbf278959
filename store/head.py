"""The head of the chain, and the file outside the database that remembers it.

A ledger whose tail was cut still verifies from inside; the file says how long it was. It holds one line, the count
and the hash, and follows the chain: after a crash it may lag behind, it must never be ahead.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from domain.frozen import Frozen


class Head(Frozen):
    """How many entries a chain has, and the hash of the last."""

    count: int
    hash: str


EMPTY = Head(count=0, hash="0" * 64)
"""The head of a ledger in which nothing is written yet."""


class BrokenHeadError(ValueError):
    """The file exists and does not hold a head."""


def read_head(file: Path) -> Head | None:
    """The head kept in the file; None where there is no file. Raises BrokenHeadError."""
    try:
        line = file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    kept = re.fullmatch(r"(\d{1,18}) ([0-9a-f]{64})\n", line)
    if kept is None:
        raise BrokenHeadError("nội dung không còn là một số đếm và một mã băm")
    return Head(count=int(kept[1]), hash=kept[2])


def write_head(file: Path, head: Head) -> None:
    """Replace the file in one step: a reader or a crash finds the old line or the new one, never half of one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}.", delete=False) as fresh:
        fresh.write(f"{head.count} {head.hash}\n")
        fresh.flush()
        os.fsync(fresh.fileno())
    Path(fresh.name).replace(file)
