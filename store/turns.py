"""Writers of one process stand in line, first come, first served.

SQLite grants its write lock to whoever happens to ask while it is free, and who waits asks ever more rarely: of twenty
who write at once one may be passed over for half a minute, and be told that the database is locked. In line everybody's
turn comes, and only the foremost contends with other processes.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Line:
    """Threads may share it."""

    def __init__(self, patience: float) -> None:
        """`patience`: how many seconds anybody waits; whoever still waits then goes ahead, as if there were no line."""
        self._patience = patience
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until all who came before are done."""
        mine = threading.Event()
        with self._guard:
            self._waiting.append(mine)
            self._waiting[0].set()
        try:
            mine.wait(self._patience)
            yield
        finally:
            with self._guard:
                self._waiting.remove(mine)
                if self._waiting:
                    self._waiting[0].set()
