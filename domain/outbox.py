"""A delivery (lượt gửi): the decision to tell one person one thing on one channel, and how far it has come."""

from __future__ import annotations

from enum import StrEnum

from domain.frozen import Code, Frozen, Instant


class State(StrEnum):
    """planned → claimed → transmitting → accepted; the rest are ends, or wait for a decision."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    TRANSMITTING = "transmitting"
    UNKNOWN = "unknown"
    """The process died while transmitting: it may have arrived. E-mail is sent once more under the same Message-ID."""
    HELD = "held"
    """Its end is unknown on a channel that cannot be asked again without risk: the person's next channel speaks."""
    ACCEPTED = "accepted"
    """Taken over by the server. It is not yet with its reader."""
    DELIVERED = "delivered"
    """The channel says that it reached the reader."""
    BOUNCED = "bounced"
    """Taken over, and come back: the person's next channel speaks."""
    FAILED = "failed"
    """The address or the content was refused for good."""
    OBSOLETE = "obsolete"
    """Overtaken before it was sent: done, extended, cancelled, acknowledged."""
    COALESCED = "coalesced"
    """A later rung's row carries it: after an outage one message speaks for all."""
    BEFORE_START = "before_start"
    """The rung's day had passed before the directive (or its new due) began."""
    PREVIEWED = "previewed"
    """Written down in full, sent to nobody: sending was off."""


FINAL = frozenset(State) - {State.PLANNED, State.CLAIMED, State.TRANSMITTING, State.UNKNOWN}
"""States after which nothing more is done about a row."""
UNHEARD = frozenset({State.FAILED, State.BOUNCED, State.HELD})
"""Ends by which the matter did not, or may not have, come to its reader on that channel."""


class Key(Frozen):
    """What makes a delivery the only one of its kind."""

    directive: Code
    milestone: Code
    rung: str
    """The rung's id; with `@` and its new day behind, where it moved after it had been said (domain/reminders.py)."""
    occurrence: str
    """The due (ISO day) or the period the rung was computed from: a moved due arms its rungs anew."""
    person: Code
    channel: Code

    @property
    def rung_id(self) -> str:
        """The rung as the plan calls it."""
        return self.rung.partition("@")[0]

    @property
    def on_ladder(self) -> bool:
        """Whether the rung urges a milestone with a due, before or after it."""
        return self.rung.startswith(("before-", "overdue-"))


class Reason(StrEnum):
    """Why this person is told; said in the message."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    """The subject's own unit."""
    COORDINATING = "coordinating"
    HEAD = "head"
    MONITOR = "monitor"


class Delivery(Frozen):
    """An outbox row as decided: who, what, why, not before when."""

    key: Key
    reason: Reason
    subjects: tuple[Code, ...]
    """The unmet subjects this row is about, worst first; empty for the directive as a whole."""
    rung_at: Instant
    """The instant of the rung, 07:30 of a working day in the shipped policy."""
    not_before: Instant
    """When the sending window lets it go."""
    state: State = State.PLANNED
    note: str | None = None
    """Why it ended without being sent, in Vietnamese."""
