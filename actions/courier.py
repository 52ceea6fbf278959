"""Who delivers, and one round of it: what the round needs, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actions.compose import Desk
from actions.reach import Reach
from channels.letter import Letter, Outcome
from config.channel import Channel
from config.reading import Configuration
from domain.office import Person
from domain.situation import Situation
from store import Session, Store

Post = Callable[[Channel, Person, Letter], Outcome]
"""Hands a letter to a channel and says what became of it."""


def _nothing_open() -> None:
    """A way out that keeps nothing open has nothing to close."""


def _nobody_called(_subject: str, _text: str) -> bool:
    """An office without ways for alarms."""
    return False


@dataclass(frozen=True)
class Courier:
    """The office's store and desk, the way out, and a name for the claims."""

    store: Store
    desk: Desk
    post: Post
    worker: str
    hang_up: Callable[[], None] = _nothing_open
    """Closes what the way out kept open from one message to the next; called at the end of every round."""
    call: Callable[[str, str], bool] = _nobody_called
    """Says a subject and a text by the office's own ways for alarms; whether anybody took it."""
    timer: Callable[[], float] = time.monotonic
    """Seconds; how long a round has taken is told by it."""
    pause: Callable[[float], None] = time.sleep
    """Waits so many seconds for a channel that takes only so many messages a minute."""


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
    stopped: str = ""
    """Why nothing was sent at all, in Vietnamese: somebody has switched sending off."""

    @property
    def troubled(self) -> bool:
        """Whether somebody who should have been told was not."""
        return self.failed > 0 or self.faults > 0 or bool(self.stopped)


@dataclass
class Round:
    """One pass over the outbox. Lateness is judged at `as_of`, however long the servers take."""

    courier: Courier
    configuration: Configuration
    as_of: datetime
    reach: Reach
    """Looked up anew for every batch, and after everything that stops a channel."""
    leaving: Callable[[], bool]
    """Whether the process was asked to end: what is on its way is finished, nothing more is begun."""
    done: Delivered = field(default_factory=Delivered)
    shut: set[str] = field(default_factory=set)
    """Channels that let nobody in, or do not answer: the rest of the round leaves them alone."""
    crowded: dict[str, datetime] = field(default_factory=dict)
    """Channels that have had their messages of this minute, and when there is room again."""
    silent: dict[str, int] = field(default_factory=dict)
    """How many messages in a row a channel's server could not be reached for."""
    fallen: set[str] = field(default_factory=set)
    """Directives of which another channel has to say something."""
    narrowed: Configuration = field(init=False)
    """The configuration, with the channels by which people can be reached."""
    seen: dict[str, Situation] = field(default_factory=dict)
    """Directives as they stand, looked at in this round (actions/wanted.py)."""
    seen_at: tuple[int, int] = (-1, 0)
    """Of which ledger and which channels that is true: entries, and the configuration by its identity."""
    begun: float = 0.0

    def __post_init__(self) -> None:
        """Start the time of the round."""
        self.begun = self.courier.timer()
        self.narrowed = self.reach.narrowed(self.configuration)

    def moment(self) -> datetime:
        """`as_of` plus the time the round has taken: leases must not run out behind a slow server."""
        return self.as_of + timedelta(seconds=self.courier.timer() - self.begun)

    def look_around(self, opened: Session) -> None:
        """See anew which channels are stopped, and who can be reached."""
        self.reach = Reach.of(opened, self.configuration, self.moment())
        self.narrowed = self.reach.narrowed(self.configuration)

    def channel(self, code: str) -> Channel | None:
        """The channel of that code, if it is configured and can be used in this round."""
        return next((channel for channel in self.configuration.channels if channel.code == code in self.channels), None)

    @property
    def channels(self) -> tuple[str, ...]:
        """Codes of the channels that can be used at this moment."""
        return tuple(channel.code for channel in self.configuration.channels if self._usable(channel.code))

    def _usable(self, code: str) -> bool:
        full = self.crowded.get(code)
        return code not in self.shut and not self.reach.shut(code) and (full is None or full <= self.moment())

    @property
    def window_is_open(self) -> bool:
        """Whether the policy lets messages out at this moment."""
        rules = self.configuration.rules
        return rules.policy.window.is_open(self.moment(), rules.calendar)
