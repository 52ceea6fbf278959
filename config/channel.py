"""How a channel of this office is set up; the address of its servers is a matter of settings, not of YAML."""

from __future__ import annotations

from enum import StrEnum

from pydantic import StrictBool

from domain.frozen import Code, Frozen


class ChannelKind(StrEnum):
    """What carries the message."""

    EMAIL = "email"
    PREVIEW = "preview"


class Channel(Frozen):
    """A way a word goes out. Nothing is really sent until an admin turns sending on."""

    code: Code
    kind: ChannelKind
    name: str
    sending: StrictBool = False
