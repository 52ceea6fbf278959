"""How the mail server is reached."""

from __future__ import annotations

import ssl
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator

from channels.letter import is_address
from channels.oneline import one_line
from domain.frozen import Frozen

SHORTEST_SECRET = 32
"""Characters of a secret that signs."""


def _an_address(text: str) -> str:
    if not is_address(text):
        raise ValueError(f"“{text}” không phải là địa chỉ thư điện tử")
    return text


class Smtp(Frozen):
    """One server, one account, one sender."""

    host: str
    port: int
    sender: Annotated[str, AfterValidator(_an_address)]
    """Address of the From header; of the envelope, too, unless there is a `bounce_domain`."""
    sender_name: Annotated[str, AfterValidator(one_line)] = "Hệ thống Đôn Đốc"
    user: str = ""
    """Empty: no authentication."""
    password: SecretStr = SecretStr("")
    starttls: bool = False
    """Encrypt after the greeting (port 587)."""
    implicit_tls: bool = False
    """Encrypt from the first byte on (port 465)."""
    ca_file: Path | None = None
    """Certificates to trust beside nobody else's, in PEM; None: those of the machine."""
    timeout: float = Field(default=15.0, gt=0)
    """Seconds of silence at each step: connecting, each command, the data."""
    patience: float = Field(default=60.0, gt=0)
    """Seconds for the whole conversation over one message; less than the lease a worker has on it."""
    unsubscribe: str = ""
    """Address that asks to be spared further messages are sent to; empty: the sender."""
    bounce_domain: str = ""
    """Domain whose mail is read for returned messages (channels/bounce.py); empty: they go to the sender."""
    bounce_secret: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.starttls and self.implicit_tls:
            raise ValueError("chỉ chọn một trong hai: starttls hoặc implicit_tls")
        if self.unsubscribe:
            _an_address(self.unsubscribe)
        if self.bounce_domain:
            _an_address(f"bounces@{self.bounce_domain}")
            if len(self.bounce_secret.get_secret_value()) < SHORTEST_SECRET:
                raise ValueError(f"bounce_secret phải dài ít nhất {SHORTEST_SECRET} ký tự")
        return self


@cache
def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """The TLS context, built once: reading the machine's certificates takes longer than sending a letter."""
    return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
