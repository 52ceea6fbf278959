"""Who is on the stand-in's Zalo, and what stands on their phones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.frozen import Frozen, Instant


class Kind(StrEnum):
    """What a bubble came by."""

    OA = "oa"
    ZBS = "zbs"
    BOT = "bot"
    USER = "user"
    """Written by the person themselves."""


class Mark(StrEnum):
    """How far a bubble has come."""

    SENT = "sent"
    RECEIVED = "received"
    SEEN = "seen"


class Press(Frozen):
    """A button under a bubble: a page, or a word that goes back unseen."""

    title: str
    url: str = ""
    payload: str = ""


class Bubble(Frozen):
    """One message on one phone."""

    id: str
    user: str
    at: Instant
    kind: Kind
    text: str
    presses: tuple[Press, ...] = ()
    tracking: str = ""
    mark: Mark = Mark.SENT


@dataclass
class Reader:
    """A user of the account. Their wishes are what Zalo's refusals come from."""

    user: str
    name: str
    phone: str = ""
    follows: bool = True
    heard: datetime | None = None
    """When they last did something: opens the seven days of consultation."""
    refuses: bool = False
    """They have blocked the account."""
    admin: bool = False
    """Of the application: may get messages of development mode."""
    left_today: int | None = None
    """Messages they may still get; None: no end."""
