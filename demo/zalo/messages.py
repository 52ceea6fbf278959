"""What becomes of a message at the stand-in: put on a phone, or refused by the first rule that is broken."""

from __future__ import annotations

import json
import re
from datetime import time

from demo.zalo.account import WEEK, Account, Answer
from demo.zalo.people import Kind, Press, Reader
from domain.clocktime import local

_PARAMETER = re.compile(r"<(\w+)>")


def consult(account: Account, body: dict[str, object]) -> Answer:
    """A consultation message: to who interacted within seven days."""
    message = _inner(body, "message")
    text, reader = str(message.get("text", "")), account.readers.get(str(_inner(body, "recipient").get("user_id", "")))
    presses = tuple(_press(one) for one in _list(_inner(_inner(message, "attachment"), "payload").get("buttons")))
    refused = _why_not_consult(account, reader, text, presses)
    if refused or reader is None:
        return _error(*(refused or (-201, "user_id is invalid!")))
    bubble = account.deliver(reader, Kind.OA, text, presses)
    sent = str(int(bubble.at.timestamp() * 1000))
    quota = {"quota_type": "reply"}
    return _ok({"message_id": bubble.id, "user_id": reader.user, "sent_time": sent, "quota": quota})


def _why_not_consult(
    account: Account, reader: Reader | None, text: str, presses: tuple[Press, ...]
) -> tuple[int, str] | None:
    if reader is None or not text:
        return -201, "user_id is invalid!" if text else "text is invalid!"
    long = len(text) > 2000 or len(presses) > 5 or any(len(one.title) > 100 for one in presses)
    silent = reader.heard is None or account.clock() - reader.heard > WEEK
    return _first(
        (long, -210, "Parameter exceeds allowable limit"),
        (reader.refuses, -244, "User has restricted this message type"),
        (not reader.follows, -213, "User has not followed OA"),
        (silent, -230, "User has not interacted with the OA in the past 7 days"),
        (reader.left_today == 0, -218, "Out of quota receive"),
    )


def template(account: Account, body: dict[str, object], *, by_phone: bool) -> Answer:
    """A template message: to anybody, by day, as long as the quota lasts."""
    number = str(body.get("template_id", ""))
    data = {name: str(value) for name, value in _inner(body, "template_data").items()}
    phone, user = str(body.get("phone", "")), str(body.get("user_id", ""))
    reader = account.by_phone(phone) if by_phone else account.readers.get(user)
    refused = _why_not_template(account, reader, number, data, body) or (
        _why_not_phone(phone, str(body.get("tracking_id", ""))) if by_phone else None
    )
    if refused or reader is None:
        return _error(*(refused or (-118, "Zalo account not existed")))
    tracking = str(body.get("tracking_id", "")) if by_phone else ""
    text = _PARAMETER.sub(lambda found: data[found[1]], account.templates[number])
    bubble = account.deliver(reader, Kind.ZBS, text, tracking=tracking)
    account.left_today -= 1
    sent = str(int(bubble.at.timestamp() * 1000))
    return _ok({"msg_id" if by_phone else "message_id": bubble.id, "sent_time": sent})


def _why_not_template(
    account: Account, reader: Reader | None, number: str, data: dict[str, str], body: dict[str, object]
) -> tuple[int, str] | None:
    whole = set(data) == set(_PARAMETER.findall(account.templates.get(number, ""))) and all(data.values())
    stranger = body.get("mode") == "development" and not (reader and reader.admin)
    return _first(
        (number not in account.templates, -109, "Template id invalid"),
        (not whole, -1122, "Template data missing parameter"),
        (not time(6) <= local(account.clock()).time() < time(22), -133, "Cannot send at night"),
        (account.left_today <= 0, -144, "OA daily quota exceeded"),
        (reader is None, -118, "Zalo account not existed"),
        (stranger, -127, "Test template can only be sent to admin"),
        (reader is not None and reader.refuses, -141, "User refused this OA"),
    )


def _first(*rules: tuple[bool, int, str]) -> tuple[int, str] | None:
    """The first reason that holds."""
    return next(((code, text) for holds, code, text in rules if holds), None)


def _why_not_phone(phone: str, tracking: str) -> tuple[int, str] | None:
    if not (phone.isdecimal() and phone.startswith("84")):
        return -108, "Phone number is invalid"
    return None if tracking.isalnum() and len(tracking) <= 48 else (-132, "tracking_id is invalid")


def by_bot(account: Account, body: dict[str, object]) -> Answer:
    """A text of the bot."""
    reader, text = account.readers.get(str(body.get("chat_id", ""))), str(body.get("text", ""))
    if reader is None or not 1 <= len(text) <= 2000:
        return {"ok": False, "error_code": 400, "description": "Bad Request"}
    bubble = account.deliver(reader, Kind.BOT, text)
    return {"ok": True, "result": {"message_id": bubble.id, "date": int(bubble.at.timestamp() * 1000)}}


def _press(button: object) -> Press:
    said = button if isinstance(button, dict) else {}
    payload = said.get("payload")
    title = str(said.get("title", ""))
    if said.get("type") == "oa.open.url" and isinstance(payload, dict):
        return Press(title=title, url=str(payload.get("url", "")))
    return Press(title=title, payload=str(payload))


def _ok(data: Answer) -> Answer:
    return {"error": 0, "message": "Success", "data": data}


def _error(code: int, text: str) -> Answer:
    return {"error": code, "message": text}


def as_object(raw: bytes) -> dict[str, object]:
    """The body of a request; empty where it is no JSON object."""
    try:
        body = json.loads(raw)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _inner(body: dict[str, object], name: str) -> dict[str, object]:
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
