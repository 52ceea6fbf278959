"""What one of Zalo's servers was asked, and what its answer, or its silence, means."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from channels.zalo.codes import Door, Meaning, Verdict, meaning
from channels.zalo.secrecy import scrubbed


@dataclass(frozen=True)
class Question:
    """What is asked, where, and which of its words are secret."""

    door: Door
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    json: Mapping[str, object] | None = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Reply:
    """What came back."""

    meaning: Meaning
    code: int | None
    """Zalo's; else the status of HTTP; None where nobody answered."""
    said: str
    """The other side's words on one line, without secrets."""
    body: Mapping[str, object] = field(repr=False)
    """Empty where there was none that could be read."""

    def text(self, *path: str) -> str:
        """The word at that place of the body, whatever its type; empty where there is none."""
        place: object = self.body
        for name in path:
            place = place.get(name) if isinstance(place, Mapping) else None
        return str(place) if isinstance(place, str | int) else ""


def read(question: Question, status: int, content: bytes) -> Reply:
    """An answer as it is meant: by its body where it says something, else by the status."""
    body = _json(content)
    code = _code(question.door, body)
    words = str(body.get("message") or body.get("description") or body.get("error_description") or "")
    if not words and question.door is not Door.OAUTH:  # the answer to a renewal is itself a secret
        words = content[:200].decode("utf-8", "replace")
    said = scrubbed(words, question.secrets)
    if status in range(200, 300) and code is None:
        if question.door is Door.OAUTH and body:
            return Reply(Meaning(Verdict.TAKEN, "đã trả lời"), None, said, body)  # read on in oauth.py
        unreadable = Meaning(Verdict.UNKNOWN, "câu trả lời của Zalo không đọc được; có thể đã gửi")
        return Reply(unreadable, status, said, {})
    if code is None or (code == 0 and status not in range(200, 300)):
        return Reply(meaning(Door.HTTP, status), status, said, body)
    return Reply(meaning(question.door, code), code, said, body)


def _json(content: bytes) -> Mapping[str, object]:
    try:
        body = json.loads(content)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _code(door: Door, body: Mapping[str, object]) -> int | None:
    """Zalo's own code; None where the body has none. A bot says `ok`, and a code only when it is false."""
    said = body.get("error")
    if door is Door.BOT:
        said = 0 if body.get("ok") is True else body.get("error_code")
    try:
        return int(said) if isinstance(said, int | str) and not isinstance(said, bool) else None
    except ValueError:
        return None


def lost(question: Question, error: Exception) -> Reply:
    """Nobody answered. Unless it never went out, nobody knows whether it was taken."""
    said = scrubbed(f"{type(error).__name__}: {error}", question.secrets)
    if _distrusted(error):
        return Reply(Meaning(Verdict.ADMIN, "chứng thư số của máy chủ Zalo không được tin cậy"), None, said, {})
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL | httpx.LocalProtocolError | UnicodeError):
        return Reply(Meaning(Verdict.ADMIN, "địa chỉ hoặc mã truy cập đã khai không gửi đi được"), None, said, {})
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError):
        return Reply(Meaning(Verdict.LATER, "không kết nối được với máy chủ Zalo"), None, said, {})
    open_end = "mất liên lạc với máy chủ Zalo sau khi đã gửi yêu cầu; không rõ đã nhận hay chưa"
    return Reply(Meaning(Verdict.UNKNOWN, open_end), None, said, {})


def _distrusted(error: BaseException | None) -> bool:
    """Whether a certificate that could not be verified is at the bottom of it."""
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False
