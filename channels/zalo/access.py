"""How Zalo is reached, and asking with an access token that may have been renewed behind our back."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pydantic import SecretStr

from channels.zalo.codes import Meaning, Verdict
from channels.zalo.replies import Question, Reply
from channels.zalo.wire import Patience, ask

_NONE, _PATIENCE = SecretStr(""), Patience()
_log = logging.getLogger(__name__)


class NoAccessError(Exception):
    """There is no token to ask with; the message says, in Vietnamese, what an admin has to do."""


class AccessBusyError(Exception):
    """Somebody else is renewing the token just now; it will be there in a moment."""


class Access(Protocol):
    """Who has the access token of the Official Account. Both raise NoAccessError and AccessBusyError."""

    def token(self) -> SecretStr:
        """The access token as it stands."""

    def renewed(self, refused: SecretStr) -> SecretStr:
        """The token that took the place of the refused one: read again, or renewed now."""


@dataclass(frozen=True, kw_only=True)
class Zalo:
    """One Official Account, one bot, and the servers they are asked at."""

    oa_id: str
    access: Access
    moment: Callable[[], datetime]
    """This moment; a round's own clock."""
    app_secret: SecretStr = _NONE
    """Signs each request where the application asks for it (appsecret_proof); empty: it does not."""
    bot_id: str = ""
    bot_token: SecretStr = _NONE
    development: bool = False
    """Template messages go to admins of the application alone, and cost nothing."""
    oa_url: str = "https://openapi.zalo.me"
    zbs_url: str = "https://business.openapi.zalo.me"
    bot_url: str = "https://bot-api.zaloplatforms.com"
    patience: Patience = _PATIENCE

    def headers(self, token: SecretStr) -> Mapping[str, str]:
        """What each request carries. Zalo's own header, not Authorization."""
        plain, key = token.get_secret_value(), self.app_secret.get_secret_value()
        if not key:
            return {"access_token": plain}
        proof = hmac.new(key.encode(), plain.encode(), hashlib.sha256).hexdigest()
        return {"access_token": plain, "appsecret_proof": proof}

    def secrets(self, token: SecretStr) -> tuple[str, ...]:
        """Every word that nobody may read in a log."""
        return (*self.headers(token).values(), self.app_secret.get_secret_value(), self.bot_token.get_secret_value())


def ask_with_token(zalo: Zalo, question: Callable[[SecretStr], Question]) -> Reply:
    """Ask; where the token is not good any more, once again with the renewed one: a refused token took nothing."""
    token = _fetched(zalo.access.token)
    if isinstance(token, Reply):
        return token
    reply = ask(question(token), zalo.patience)
    if reply.meaning.verdict is not Verdict.TOKEN:
        return reply
    fresh = _fetched(lambda: zalo.access.renewed(token))
    return fresh if isinstance(fresh, Reply) else ask(question(fresh), zalo.patience)


def _fetched(fetch: Callable[[], SecretStr]) -> SecretStr | Reply:
    """The token, or the answer in its place: nothing was asked of Zalo."""
    try:
        return fetch()
    except NoAccessError as error:
        return Reply(Meaning(Verdict.ADMIN, str(error)), None, "", {})
    except AccessBusyError as error:
        return Reply(Meaning(Verdict.LATER, str(error)), None, "", {})
    except Exception:  # noqa: BLE001 - through Apprise it would be taken for a message of unknown end
        _log.exception("không lấy được mã truy cập Zalo; thông điệp chưa được gửi")
        return Reply(Meaning(Verdict.LATER, "không lấy được mã truy cập Zalo vì lỗi của hệ thống"), None, "", {})
