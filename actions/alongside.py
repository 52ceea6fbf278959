"""Work that goes on beside a block, in a thread of its own, and ends with it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 10.0
"""Seconds that the end of the block waits for what has begun."""


@contextmanager
def alongside(work: Callable[[threading.Event], None], name: str) -> Iterator[None]:
    """`work` is to return soon after its event is set: the block is over."""
    over = threading.Event()
    thread = threading.Thread(target=work, args=(over,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(PATIENCE)
