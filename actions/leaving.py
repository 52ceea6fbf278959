"""Being asked to end, with a message on its way: it is finished first, and its end written down."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def finishing_first() -> Iterator[Callable[[], bool]]:
    """While the block lasts, SIGTERM only asks; whoever listened for it before is told when the block has ended.

    Gives the question whether it was asked. In a thread, which no signal reaches, nobody ever asks.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    asked: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: asked.append(number))
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL if before is None else before)
        if asked:
            signal.raise_signal(signal.SIGTERM)
