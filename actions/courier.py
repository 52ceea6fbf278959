"""Who delivers, and one round of it: what the round needs, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actions.compose import Desk
from channels.letter import Letter, Outcome
from config.channel import Channel
from config.reading import Configuration
from domain.office import Person
from store import Store
from store.messages import NewMessage

Post = Callable[[Channel, Person, Letter], Outcome]
"""Hands a letter to a channel and says what became of it."""


def _nothing_open() -> None:
    """A way out that keeps nothing open has nothing to close."""


@dataclass(frozen=True)
class Courier:
    """The office's store and desk, the way out, and a name for the claims."""

    store: Store
    desk: Desk
    post: Post
    worker: str
    hang_up: Callable[[], None] = _nothing_open
    """Closes what the way out kept open from one message to the next; called at the end of every round."""


@dataclass
class Delivered:
    """Messages by what became of them in one round."""

    sent: int = 0
    previewed: int = 0
    failed: int = 0
    """Refused, for good or for now."""
    unknown: int = 0
    """Transmissions found broken off by a crash, or broken off now."""
    obsolete: int = 0
    """Rows overtaken before they were sent."""
    faults: int = 0
    """Recipients whose message could not be made for a fault of the program; logged, and tried again."""
    messages: list[NewMessage] = field(default_factory=list)

    @property
    def troubled(self) -> bool:
        """Whether somebody who should have been told was not."""
        return self.failed > 0 or self.faults > 0


@dataclass(frozen=True)
class Round:
    """One pass over the outbox. Lateness is judged at `as_of`, however long the servers take."""

    courier: Courier
    configuration: Configuration
    as_of: datetime
    done: Delivered = field(default_factory=Delivered)
    shut: set[str] = field(default_factory=set)
    """Channels that let nobody in: the rest of the round leaves them alone."""
    begun: float = field(default_factory=time.monotonic)

    def moment(self) -> datetime:
        """`as_of` plus the time the round has taken: leases must not run out behind a slow server."""
        return self.as_of + timedelta(seconds=time.monotonic() - self.begun)

    def channel(self, code: str) -> Channel | None:
        """The channel of that code, if it is configured and let us in."""
        usable = (channel for channel in self.configuration.channels if channel.code not in self.shut)
        return next((channel for channel in usable if channel.code == code), None)

    @property
    def channels(self) -> tuple[str, ...]:
        """Codes of the channels that can be used in this round."""
        return tuple(channel.code for channel in self.configuration.channels if channel.code not in self.shut)

    @property
    def window_is_open(self) -> bool:
        """Whether the policy lets messages out at this moment."""
        rules = self.configuration.rules
        return rules.policy.window.is_open(self.moment(), rules.calendar)
