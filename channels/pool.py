"""Open connections kept from one message to the next: greeting a server takes longer than giving it a letter."""

from __future__ import annotations

import os
import time
import weakref
from threading import Lock
from types import TracebackType
from typing import Self

from channels.line import Line, hang_up
from channels.smtp import Smtp

IDLE = 20.0
"""Seconds a line may lie unused and still be trusted; servers close such lines after one to five minutes."""
AGE = 300.0
"""Seconds after which a line is replaced: a server that moved or a renewed certificate is met the same morning."""
MESSAGES = 100
"""Messages over one line; many servers count, and close after some hundreds."""
KEPT = 4
"""Idle lines per server; a process with one thread has one."""

_Idle = dict[Smtp, list[Line]]


class Pool:
    """The idle lines of one process. A line is in one pair of hands at a time: whoever takes it has it alone.

    What is open is closed by `close` at the end of a round, and at the end of the process in any case.
    """

    def __init__(self) -> None:
        self._idle: _Idle = {}
        self._lock = Lock()
        self._process = os.getpid()
        weakref.finalize(self, _hang_up_all, self._idle)

    def take(self, smtp: Smtp) -> Line | None:
        """The line of this server that was used last, out of the pool; None where a new one is needed."""
        with self._lock:
            if self._process != os.getpid():
                self._forget()
            idle = self._idle.get(smtp, [])
            worn = [line for line in idle if _worn(line)]
            idle[:] = [line for line in idle if line not in worn]
            found = idle.pop() if idle else None
        for line in worn:
            hang_up(line)
        return found

    def keep(self, smtp: Smtp, line: Line) -> None:
        """Put a line back for the next message, or hang up where it is not worth keeping."""
        with self._lock:
            idle = self._idle.setdefault(smtp, [])
            wanted = line.sound and not _worn(line) and len(idle) < KEPT
            if wanted:
                idle.append(line)
        if not wanted:
            hang_up(line)

    def close(self) -> None:
        """Hang up every idle line. The pool may be used again."""
        with self._lock:
            idle = dict(self._idle)
            self._idle.clear()
        _hang_up_all(idle)

    def _forget(self) -> None:
        """After a fork the lines are the parent's: a word on them would be heard as the parent's."""
        for line in (line for lines in self._idle.values() for line in lines):
            line.client.close()
        self._idle.clear()
        self._process = os.getpid()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()


def _worn(line: Line) -> bool:
    now = time.monotonic()
    return line.messages >= MESSAGES or now - line.used > IDLE or now - line.opened > AGE


def _hang_up_all(idle: _Idle) -> None:
    for line in (line for lines in idle.values() for line in lines):
        hang_up(line)
