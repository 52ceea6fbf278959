"""The stand-in's tokens: one pair is good at a time, a refresh token works once and ends the access token before it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

ACCESS_LIFE = timedelta(hours=25)
REFRESH_LIFE = timedelta(days=90)

Answer = dict[str, object]


class Grants:
    """Who may ask."""

    def __init__(self, app_id: str, app_secret: str, clock: Callable[[], datetime]) -> None:
        self.app_id, self.app_secret = app_id, app_secret
        self._clock = clock
        self._lock = threading.Lock()
        self.renewals = 0
        """Pairs given for a refresh token."""
        self.asked = 0
        """Requests for one, refused ones included."""
        self.access = self.refresh = ""
        self._since = clock()
        self.grant()

    def grant(self) -> tuple[str, str]:
        """A new pair, as an admin gets it from the console; the one before is dead."""
        with self._lock:
            return self._rotate()

    def revoke(self) -> None:
        """The grant is withdrawn: neither token works any more."""
        with self._lock:
            self.access = self.refresh = ""

    def fault_of(self, token: str) -> Answer | None:
        """Why this access token does not open the door; None: it does."""
        if not token or token != self.access:
            return {"error": -216, "message": "Access token is invalid"}
        if self._clock() >= self._since + ACCESS_LIFE:
            return {"error": -220, "message": "access_token is expired or removed"}
        return None

    def renew(self, form: dict[str, str], secret_key: str) -> Answer:
        """The answer to a request for the next pair. Failures come with HTTP 200, like everything here."""
        with self._lock:
            self.asked += 1
            if secret_key != self.app_secret or form.get("app_id") != self.app_id:
                return _no(-14002, "Invalid app")
            good = form.get("grant_type") == "refresh_token" and form.get("refresh_token") == self.refresh != ""
            if not good or self._clock() >= self._since + REFRESH_LIFE:
                return _no(-14014, "Invalid refresh token")
            self.renewals += 1
            access, refresh = self._rotate()
            life = str(int(ACCESS_LIFE.total_seconds()))
            return {"access_token": access, "refresh_token": refresh, "expires_in": life}

    def _rotate(self) -> tuple[str, str]:
        self.access, self.refresh = f"at-{secrets.token_hex(24)}", f"rt-{secrets.token_hex(24)}"
        self._since = self._clock()
        return self.access, self.refresh


def _no(code: int, name: str) -> Answer:
    return {"error": code, "error_name": name, "error_reason": name, "error_description": name}
