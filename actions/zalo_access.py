"""Who has Zalo's access token: read from the store, renewed by one worker at a time, never in a loop.

Renewing is three short transactions around one request (store/zalo_tokens.py): the lease is written down, the refresh
token goes out, the answer is noted on disk (actions/zalo_journal.py) and saved. Of the ways to die in between:

    before the answer     the lease ends; the token is sent once more; refused, the account is dead and one alarm rings
    noted, not saved      the next one to look finds the file and saves it
    saved                 nothing is owed
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta

from pydantic import SecretStr

from actions.zalo_custody import Custody
from channels.zalo.access import AccessBusyError, NoAccessError
from channels.zalo.oauth import NotRenewed, ZaloApp, renew
from store import session
from store.zalo_tokens import Tokens, TokenState, begin, bury, leave_open, put_back

LEASE = timedelta(minutes=2)
"""Far longer than a request may take (channels/zalo/wire.py: 30 s)."""
RENEW_AFTER = 0.8
"""Of a token's life: 20 hours of 25."""
PAUSE = timedelta(minutes=1)
"""Between two attempts to renew."""
SETTLED = timedelta(hours=1)
"""A token younger than this that Zalo refuses is not renewed again: it would not help, and never end."""
_WAIT, _LOOK = 10.0, 0.1
"""Seconds to wait for another worker's renewal, and between two looks."""


@dataclass(frozen=True)
class StoredAccess:
    """The access of one Official Account (channels/zalo/access.py: Access)."""

    custody: Custody
    app: ZaloApp

    def token(self) -> SecretStr:
        """The access token, renewed when it is due. Raises NoAccessError, AccessBusyError."""
        tokens, now = self.custody.tokens(), self.custody.moment()
        if now < tokens.obtained_at + RENEW_AFTER * (tokens.expires_at - tokens.obtained_at):
            return self.custody.opened(tokens.access)
        try:
            return self._renewal(tokens, patient=now >= tokens.expires_at)
        except AccessBusyError:
            if now < tokens.expires_at:
                return self.custody.opened(tokens.access)  # due, not over: it still opens the door
            raise

    def renewed(self, refused: SecretStr) -> SecretStr:
        """What took the place of the refused token. Raises NoAccessError, AccessBusyError."""
        tokens = self.custody.tokens()
        access = self.custody.opened(tokens.access)
        if access != refused:
            return access
        if tokens.state is TokenState.READY and self.custody.moment() - tokens.obtained_at < SETTLED:
            raise NoAccessError("Zalo không nhận mã truy cập vừa được cấp; kiểm tra quyền của ứng dụng")
        return self._renewal(tokens, patient=True)

    def _renewal(self, tokens: Tokens, *, patient: bool) -> SecretStr:
        """The next access token: asked for by us, or by whoever is at it already."""
        refresh, ticket = self.custody.opened(tokens.refresh), secrets.token_hex(8)
        with session(self.custody.store) as opened:
            ours = begin(opened, tokens, ticket, self.custody.moment(), LEASE)
        if not ours:
            return self._awaited(tokens, _WAIT if patient else 0.0)
        answer = renew(self.app, refresh)
        if isinstance(answer, NotRenewed):
            raise self._failed(tokens, ticket, answer)
        self.custody.keep(tokens, answer)
        return self.custody.opened(self.custody.tokens().access)  # ours, unless an admin brought a newer one

    def _failed(self, tokens: Tokens, ticket: str, answer: NotRenewed) -> Exception:
        again = self.custody.moment() + PAUSE
        with session(self.custody.store) as opened:
            if answer.passing:
                put_back(opened, tokens, ticket, again, answer.detail)
            elif answer.perhaps_used:
                leave_open(opened, tokens, ticket, again, answer.detail)
            else:
                bury(opened, tokens, ticket, answer.detail)
        if answer.passing or answer.perhaps_used:
            return AccessBusyError(f"chưa làm mới được mã truy cập Zalo: {answer.detail}")
        return self.custody.death(answer.detail)

    def _awaited(self, tokens: Tokens, seconds: float) -> SecretStr:
        """The token that another worker is fetching, if it comes soon."""
        deadline = time.monotonic() + seconds
        while True:
            now = self.custody.tokens()
            if now.generation != tokens.generation:
                return self.custody.opened(now.access)
            given_up = now.lease_until is None or now.lease_until <= self.custody.moment()
            if given_up or time.monotonic() >= deadline:
                raise AccessBusyError("chưa có mã truy cập Zalo mới; sẽ thử lại")
            time.sleep(_LOOK)
