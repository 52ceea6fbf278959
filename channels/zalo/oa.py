"""Consultation messages (tin tư vấn) of an Official Account: `zalooa://oa/user`.

For who interacted with the account within seven days, day and night; text with at most five buttons.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import quote

from pydantic import SecretStr

from channels.letter import Letter
from channels.parcel import Parcel
from channels.zalo.access import Zalo, ask_with_token
from channels.zalo.codes import Door
from channels.zalo.form import Button, Form
from channels.zalo.replies import Question, Reply
from channels.zalo.speaker import Speaker, ZaloParcel

_USER = re.compile(r"\d{15,20}")


def user_id(to: str) -> str | None:
    """The id of a user as this account knows them: figures alone, longer than any phone number."""
    return to if _USER.fullmatch(to) else None


class ZaloOa(Speaker):
    """Says the letter as one consultation message."""

    service_name = "Zalo OA"
    secure_protocol = "zalooa"
    templates = ("{schema}://{host}/{user}",)
    template_tokens: ClassVar[dict[str, Any]] = {
        "host": {"name": "Official Account", "type": "string", "required": True},
        "user": {"name": "User", "type": "string", "required": True},
    }

    @staticmethod
    def address(parcel: Parcel) -> str:
        """The account, and the one user written to. The token is nowhere in it."""
        assert isinstance(parcel, ZaloParcel)
        return f"zalooa://{parcel.zalo.oa_id}/{quote(parcel.letter.to, safe='')}"

    @staticmethod
    def reader(to: str) -> str | None:
        """A user id."""
        return user_id(to)

    def say(self, zalo: Zalo, letter: Letter, text: str, form: Form) -> Reply:
        """Ask the account to say it."""
        return consult(zalo, letter.to, text, form)


def consult(zalo: Zalo, user: str, text: str, form: Form) -> Reply:
    """One consultation message: a letter, or an answer to what the user wrote."""
    message: dict[str, object] = {"text": text}
    if form.buttons:
        payload = {"buttons": [_button(one) for one in form.buttons]}
        message["attachment"] = {"type": "template", "payload": payload}
    body = {"recipient": {"user_id": user}, "message": message}

    def question(token: SecretStr) -> Question:
        url = f"{zalo.oa_url}/v3.0/oa/message/cs"
        return Question(Door.OA, url, zalo.headers(token), zalo.secrets(token), json=body)

    return ask_with_token(zalo, question)


def _button(button: Button) -> dict[str, object]:
    if button.url is not None:
        return {"title": button.title, "type": "oa.open.url", "payload": {"url": button.url}}
    return {"title": button.title, "type": "oa.query.hide", "payload": button.payload}
