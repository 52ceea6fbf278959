"""The stand-in's webhook: signed events, again after a failure, until it gives up and is switched off."""

from __future__ import annotations

import hashlib
import heapq
import itertools
import json
import threading
import time
from collections.abc import Sequence

import httpx

REPEATS = (30.0, 300.0, 900.0, 1800.0, 3600.0)
"""Seconds after which an event is sent again."""


class Postman:
    """Carries events to one address, from a thread of its own."""

    def __init__(self, app_id: str, oa_secret: str, repeats: Sequence[float] = REPEATS) -> None:
        self.app_id, self._secret = app_id, oa_secret
        self._repeats = tuple(repeats)
        self.address = ""
        """Empty: nobody wants to know."""
        self.disabled = False
        self.delivered = 0
        self._bag: list[tuple[float, int, bytes, int]] = []
        self._numbers = itertools.count()
        self._ready = threading.Condition()
        self._ended = False
        self._line = httpx.Client(timeout=2.0)
        self._thread = threading.Thread(target=self._walk, name="zalo-webhook", daemon=True)
        self._thread.start()

    def send(self, event: dict[str, object], after: float = 0.0) -> None:
        """Put an event on its way, in so many seconds."""
        raw = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        self._put(raw, after, 0)

    def idle(self) -> bool:
        """Whether nothing is on its way."""
        with self._ready:
            return not self._bag

    def stop(self) -> None:
        """Drop what is left."""
        with self._ready:
            self._ended = True
            self._ready.notify()
        self._thread.join(10)
        self._line.close()

    def _put(self, raw: bytes, after: float, tried: int) -> None:
        with self._ready:
            heapq.heappush(self._bag, (time.monotonic() + after, next(self._numbers), raw, tried))
            self._ready.notify()

    def _walk(self) -> None:
        while True:
            with self._ready:
                while not self._ended and not (self._bag and self._bag[0][0] <= time.monotonic()):
                    self._ready.wait(max(self._bag[0][0] - time.monotonic(), 0) if self._bag else None)
                if self._ended:
                    return
                _, _, raw, tried = self._bag[0]
            if self.address and not self.disabled and not self._posted(raw, tried):
                self._again(raw, tried)
            with self._ready:
                self._bag = [one for one in self._bag if one[2:] != (raw, tried)]
                heapq.heapify(self._bag)

    def _again(self, raw: bytes, tried: int) -> None:
        if tried < len(self._repeats):
            self._put(raw, self._repeats[tried], tried + 1)
        else:
            self.disabled = True

    def _posted(self, raw: bytes, tried: int) -> bool:
        stamp = str(json.loads(raw).get("timestamp", ""))
        mac = hashlib.sha256(self.app_id.encode() + raw + stamp.encode() + self._secret.encode()).hexdigest()
        headers = {"Content-Type": "application/json", "X-ZEvent-Signature": f"mac={mac}"}
        if tried:
            headers["num_retry"] = str(tried)
        try:
            answer = self._line.post(self.address, content=raw, headers=headers)
        except httpx.HTTPError:
            return False
        self.delivered += answer.status_code == 200
        return answer.status_code == 200
