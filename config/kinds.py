"""Kinds of settings, each refusing what would fail only later, with the way out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from config.secret import SHORTEST, long_enough

_MAILBOX = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_POSTGRESQL = frozenset({"postgresql", "postgresql+psycopg"})


def _mailbox(text: str) -> str:
    if not _MAILBOX.fullmatch(text):
        raise ValueError(f"“{text}” không phải là địa chỉ thư điện tử; ví dụ dondoc@coquan.example")
    return text


def _site(text: str) -> str:
    """`http(s)://host[:port][/path]`, or nothing."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if text and (not good or re.search(r"[\s<>\"?#]", text)):
        raise ValueError(f"“{text}” không phải là địa chỉ trang web; ví dụ https://dondoc.coquan.example")
    return text


def _database(url: str) -> str:
    """The address may carry a password: it is never shown."""
    try:
        parts = urlsplit(url)
        server = parts.scheme in _POSTGRESQL and parts.port != 0
        file = parts.scheme == "sqlite" and not parts.netloc and re.fullmatch(r"//[^/].*", parts.path)
    except ValueError:
        server = file = False
    if url and not server and not file:
        raise ValueError(
            "không đọc được địa chỉ cơ sở dữ liệu; chỉ dùng sqlite:////đường/dẫn/tuyệt/đối.sqlite "
            "hoặc postgresql://tài-khoản:mật-khẩu@máy-chủ:5432/tên"
        )
    return url


def _aware(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise ValueError("DONDOC_CLOCK phải có múi giờ, ví dụ 2025-01-31T17:00:00+07:00")
    return moment


def _unguessable(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value() and not long_enough(secret.get_secret_value()):
        raise ValueError(f"khoá ký phải dài ít nhất {SHORTEST} ký tự; bỏ trống để hệ thống tự tạo")
    return secret


Mailbox = Annotated[str, AfterValidator(_mailbox)]
Site = Annotated[str, AfterValidator(_site)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
StandingClock = Annotated[datetime | None, AfterValidator(_aware)]
Unguessable = Annotated[SecretStr, AfterValidator(_unguessable)]
Port = Annotated[int, Field(ge=0, le=65535)]
"""0: any that is free."""
