"""Renewing the access token: one request that uses up a refresh token, whatever becomes of its answer.

A refresh token works once. Its answer holds the next one; an answer without both tokens is a refusal, however it
looks. Who may ask, and what is kept, is not decided here.
"""

from __future__ import annotations

from datetime import timedelta

from pydantic import SecretStr

from channels.zalo.codes import Door, Verdict
from channels.zalo.replies import Question, Reply
from channels.zalo.wire import Patience, ask
from domain.frozen import Frozen

LIFE = timedelta(hours=25)
"""Of an access token, where the answer does not say."""


class ZaloApp(Frozen):
    """The application that Zalo knows us as."""

    app_id: str
    secret: SecretStr
    url: str = "https://oauth.zaloapp.com"
    patience: Patience = Patience()


class Pair(Frozen):
    """An access token and the refresh token that replaces it, once."""

    access: SecretStr
    refresh: SecretStr
    life: timedelta = LIFE


class NotRenewed(Frozen):
    """No new pair."""

    detail: str
    """In Vietnamese, without secrets."""
    passing: bool = False
    """The refresh token was not used: the same question may be asked again later."""
    perhaps_used: bool = False
    """Nobody knows whether the refresh token was used up."""


def renew(app: ZaloApp, refresh: SecretStr) -> Pair | NotRenewed:
    """Ask for the next pair. Raises nothing for what a server or a network may do."""
    used, key = refresh.get_secret_value(), app.secret.get_secret_value()
    question = Question(
        door=Door.OAUTH,
        url=f"{app.url}/v4/oa/access_token",
        headers={"secret_key": key},
        secrets=(used, key),
        form={"refresh_token": used, "app_id": app.app_id, "grant_type": "refresh_token"},
    )
    reply = ask(question, app.patience)
    return _pair(reply) or _none(reply)


def _pair(reply: Reply) -> Pair | None:
    """Both tokens, or it failed."""
    access, refresh = reply.text("access_token"), reply.text("refresh_token")
    if reply.meaning.verdict is not Verdict.TAKEN or not access or not refresh:
        return None
    said = reply.text("expires_in")  # a string of figures
    life = timedelta(seconds=int(said)) if said.isdecimal() and 0 < int(said) < 10**8 else LIFE
    return Pair(access=SecretStr(access), refresh=SecretStr(refresh), life=life)


def _none(reply: Reply) -> NotRenewed:
    verdict = reply.meaning.verdict
    if verdict is Verdict.TAKEN:
        # Its words are not repeated: half a pair is a secret too.
        said = reply.text("error_name") or reply.text("error_description")
        return NotRenewed(detail=f"Zalo trả lời không có đủ hai mã ({said[:100] or 'không nêu lý do'})")
    detail = f"{reply.meaning.text} ({reply.said})" if reply.said else reply.meaning.text
    return NotRenewed(
        detail=detail,
        passing=verdict in {Verdict.LATER, Verdict.QUOTA, Verdict.FULL},
        perhaps_used=verdict is Verdict.UNKNOWN,
    )
