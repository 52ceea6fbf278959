"""How a channel of this office is set up; the address of its servers is a matter of settings, not of YAML."""

from __future__ import annotations

from enum import StrEnum

from pydantic import StrictBool

from domain.frozen import Code, Frozen


class ChannelKind(StrEnum):
    """What carries the message."""

    EMAIL = "email"
    ZALOOA = "zalooa"
    """Consultation messages of the Official Account: for who wrote to it within seven days."""
    ZBS = "zbs"
    """Template messages, by phone number or user id: paid, pushed by day."""
    ZALOBOT = "zalobot"
    """A bot: pilots of at most fifty people."""
    PREVIEW = "preview"


ZALO = frozenset({ChannelKind.ZALOOA, ChannelKind.ZBS, ChannelKind.ZALOBOT})


class Channel(Frozen):
    """A way a word goes out. Nothing is really sent until an admin turns sending on."""

    code: Code
    kind: ChannelKind
    name: str
    sending: StrictBool = False
