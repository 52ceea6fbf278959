"""Template messages (ZBS, once ZNS), by phone number or by user id: `zbs://oa/84…` or `zbs://oa/user`.

Proactive: nobody has to have written before. Paid, in the words of a template that Zalo approved, and pushed by day.
"""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar
from urllib.parse import quote

from pydantic import SecretStr

from channels.letter import Letter, Outcome
from channels.parcel import Parcel
from channels.zalo.access import Zalo, ask_with_token
from channels.zalo.codes import Door, Meaning, Verdict
from channels.zalo.form import Form
from channels.zalo.night import may_push
from channels.zalo.oa import user_id
from channels.zalo.outcomes import refused
from channels.zalo.phone import normalised
from channels.zalo.replies import Question, Reply
from channels.zalo.speaker import Speaker, ZaloParcel

_NIGHT = Meaning(Verdict.NIGHT, "mẫu tin Zalo chỉ được đẩy tới máy từ 06:00 đến 21:59")


class ZaloTemplate(Speaker):
    """Says the letter in the words of its template."""

    service_name = "Zalo ZBS"
    secure_protocol = "zbs"
    templates = ("{schema}://{host}/{to}",)
    template_tokens: ClassVar[dict[str, Any]] = {
        "host": {"name": "Official Account", "type": "string", "required": True},
        "to": {"name": "Phone or user", "type": "string", "required": True},
    }

    @staticmethod
    def address(parcel: Parcel) -> str:
        """The account, and the one number or user written to."""
        assert isinstance(parcel, ZaloParcel)
        return f"zbs://{parcel.zalo.oa_id}/{quote(parcel.letter.to, safe='')}"

    @staticmethod
    def reader(to: str) -> str | None:
        """A user id, or a phone number."""
        return user_id(to) or normalised(to)

    def say(self, zalo: Zalo, letter: Letter, text: str, form: Form) -> Reply | Outcome:  # noqa: ARG002 - Zalo has the words
        """Ask for the template with its data; at night not before morning."""
        if form.template is None:
            raise ValueError("thông điệp không có mã mẫu tin ZBS")
        if not may_push(zalo.moment()):
            return refused(None, _NIGHT, "", zalo.moment())
        door, url, body = _addressed(zalo, letter, form)

        def question(token: SecretStr) -> Question:
            return Question(door, url, zalo.headers(token), zalo.secrets(token), json=body)

        return ask_with_token(zalo, question)


def tracking_id(message_id: str) -> str:
    """Our name for the message in Zalo's receipts: at most 48 letters and figures. Zalo refuses no second one by it."""
    return f"dondoc{hashlib.sha256(message_id.encode()).hexdigest()[:32]}"


def _addressed(zalo: Zalo, letter: Letter, form: Form) -> tuple[Door, str, dict[str, object]]:
    """By user id at the one server, without a tracking id; by phone at the other."""
    body: dict[str, object] = {"template_id": form.template, "template_data": form.data}
    if zalo.development:
        body["mode"] = "development"
    user = user_id(letter.to)
    if user is not None:
        return Door.OA, f"{zalo.oa_url}/v3.0/oa/message/template", {"user_id": user, **body}
    by_phone = {"phone": normalised(letter.to), "tracking_id": tracking_id(letter.message_id), "sending_mode": "1"}
    return Door.ZBS, f"{zalo.zbs_url}/message/template", {**by_phone, **body}
