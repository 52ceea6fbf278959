"""How the mail server is reached."""

from __future__ import annotations

import ssl
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from channels.letter import is_address
from domain.frozen import Frozen


def _an_address(text: str) -> str:
    if not is_address(text):
        raise ValueError(f"“{text}” không phải là địa chỉ thư điện tử")
    return text


class Smtp(Frozen):
    """One server, one account, one sender."""

    host: str
    port: int
    sender: Annotated[str, AfterValidator(_an_address)]
    """Address of the From header and of the envelope."""
    sender_name: str = "Hệ thống Đôn Đốc"
    user: str = ""
    """Empty: no authentication."""
    password: SecretStr = SecretStr("")
    starttls: bool = False
    ca_file: Path | None = None
    """Certificates to trust beside nobody else's, in PEM; None: those of the machine."""
    timeout: float = Field(default=15.0, gt=0)
    """Seconds for each step: connecting, each command, the data."""


@cache
def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """The TLS context, built once: reading the machine's certificates takes longer than sending a letter."""
    return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
