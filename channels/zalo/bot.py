"""The bot of a pilot: `zalobot://bot/chat`. Fifty users at most, plain text, no buttons."""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import quote

from channels.letter import Letter
from channels.parcel import Parcel
from channels.zalo.access import Zalo
from channels.zalo.codes import Door, Meaning, Verdict
from channels.zalo.form import Form, composed
from channels.zalo.replies import Question, Reply
from channels.zalo.speaker import Speaker, ZaloParcel
from channels.zalo.wire import ask

_CHAT = re.compile(r"[A-Za-z0-9._-]{4,64}")
_NO_TOKEN = Meaning(Verdict.ADMIN, "chưa khai mã truy cập của Zalo Bot, hoặc mã sai dạng")
_TOKEN = re.compile(r"[A-Za-z0-9:_-]{8,200}")


class ZaloBot(Speaker):
    """Says the letter as one text of the bot."""

    service_name = "Zalo Bot"
    secure_protocol = "zalobot"
    templates = ("{schema}://{host}/{chat}",)
    template_tokens: ClassVar[dict[str, Any]] = {
        "host": {"name": "Bot", "type": "string", "required": True},
        "chat": {"name": "Chat", "type": "string", "required": True},
    }

    @staticmethod
    def address(parcel: Parcel) -> str:
        """The bot by its name, never by its token, and the one chat written to."""
        assert isinstance(parcel, ZaloParcel)
        return f"zalobot://{parcel.zalo.bot_id or 'bot'}/{quote(parcel.letter.to, safe='')}"

    @staticmethod
    def reader(to: str) -> str | None:
        """The id of a chat: only the bot's webhook can tell it."""
        return to if _CHAT.fullmatch(to) else None

    def say(self, zalo: Zalo, letter: Letter, text: str, form: Form) -> Reply:
        """Ask the bot to say it; pages that buttons would open stand under the text."""
        links = [f"{one.title}: {one.url}" for one in form.buttons if one.url and one.url not in text]
        body = {"chat_id": letter.to, "text": composed("\n".join([text, *links]))}
        token = zalo.bot_token.get_secret_value()
        if not _TOKEN.fullmatch(token):
            return Reply(_NO_TOKEN, None, "", {})
        url, secrets = f"{zalo.bot_url}/bot{token}/sendMessage", (token, zalo.app_secret.get_secret_value())
        return ask(Question(Door.BOT, url, {}, secrets, json=body), zalo.patience)
