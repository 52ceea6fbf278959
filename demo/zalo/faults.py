"""Misbehaviour on demand: what the stand-in does to the next request instead of, or after, its work."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One misbehaviour. With `late` the work is done first; without, it is not done, or after a mere delay."""

    code: int | None = None
    """Answer 200 and this error."""
    text: str = "Error"
    status: int = 200
    body: bytes | None = None
    """Answer these very bytes."""
    to: str = ""
    """Redirect there (with a status of 3xx)."""
    seconds: float = 0.0
    """Wait before answering."""
    gate: threading.Event | None = None
    """Wait until it is opened."""
    late: bool = False
    path: str = ""
    """Only for requests whose path contains it."""

    @property
    def answers(self) -> bool:
        """Whether it says something itself, in place of the right answer."""
        return self.code is not None or self.body is not None or self.status != 200


class Faults:
    """Faults waiting for their request, first come first served."""

    def __init__(self) -> None:
        self._waiting: deque[Fault] = deque()
        self._lock = threading.Lock()

    def add(self, fault: Fault, times: int = 1) -> None:
        """Let the next requests meet it."""
        with self._lock:
            self._waiting.extend([fault] * times)

    def take(self, path: str) -> Fault | None:
        """The fault that this request meets."""
        with self._lock:
            found = next((one for one in self._waiting if one.path in path), None)
            if found is not None:
                self._waiting.remove(found)
            return found
