"""How a channel of this office is set up; the address of its servers is a matter of settings, not of YAML."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StrictBool, model_validator

from domain.clocktime import at, local
from domain.frozen import Clock, Code, Frozen, MisfitError


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


class Hours(Frozen):
    """From when to when a channel carries messages, every day, on Vietnamese clocks."""

    opens: Clock
    closes: Clock
    """The first minute that is too late."""

    @model_validator(mode="after")
    def _opens_first(self) -> Self:
        if self.opens >= self.closes:
            raise MisfitError("giờ mở (opens) phải trước giờ đóng (closes)", "opens")
        return self

    def opening(self, moment: datetime) -> datetime:
        """The first instant from `moment` on at which the channel carries messages."""
        clock = local(moment)
        if clock.time() < self.closes:
            return max(clock, at(clock.date(), self.opens))
        return at(clock.date() + timedelta(days=1), self.opens)


Limit = Annotated[int, Field(ge=1, le=1_000_000)]


class Channel(Frozen):
    """A way a word goes out. Nothing is really sent until an admin turns sending on."""

    code: Code
    kind: ChannelKind
    name: str
    sending: StrictBool = False
    hours: Hours | None = None
    """Narrower than the office's sending window; None: as the window says."""
    per_minute: Limit | None = None
    """Messages that may go out in a minute; the round waits."""
    per_day: Limit | None = None
    """Messages that may go out in a day; the others go by the next channel of each person."""
