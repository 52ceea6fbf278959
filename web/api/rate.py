"""How often a key may call: a bucket of calls that fills again evenly. In this process alone, lost when it ends."""

from __future__ import annotations

import math
import threading
from datetime import datetime

_MOST_KEYS = 10_000


class Rate:
    """So many calls a minute for each key; as many at once after a pause. Threads may share it."""

    def __init__(self, per_minute: int) -> None:
        self._full, self._each = float(per_minute), per_minute / 60
        self._hand = threading.Lock()
        self._left: dict[str, tuple[float, datetime]] = {}

    def wait(self, key: str, at: datetime) -> int:
        """0: the call may pass, and is counted; else how many seconds from now it may."""
        with self._hand:
            left, since = self._left.get(key, (self._full, at))
            left = min(self._full, left + max(0.0, (at - since).total_seconds()) * self._each)
            passes = left >= 1
            if len(self._left) >= _MOST_KEYS and key not in self._left:
                self._left.clear()  # nobody has so many keys at work: better generous than out of memory
            self._left[key] = (left - 1 if passes else left, at)
        return 0 if passes else max(1, math.ceil((1 - left) / self._each))
