"""The proof pack (hồ sơ đôn đốc): what was urged, of whom, when, in which words, and what came back. Values alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Scope:
    """What was asked for; None where nothing narrows it."""

    directive: str | None = None
    milestone: str | None = None
    person: str | None = None
    first: date | None = None
    """Urgings planned on this day or later."""
    last: date | None = None


@dataclass(frozen=True)
class Task:
    """A directive as the head of the annex names it."""

    code: str
    title: str
    reference: str
    """How its document is cited."""
    issuer: str
    section: str
    quote: str
    footnotes: tuple[str, ...]
    lead: tuple[str, ...]
    monitor: str
    milestones: tuple[tuple[str, str], ...]
    """Name, and the phrase of its due."""


@dataclass(frozen=True)
class Urging:
    """One decision to tell one person one thing on one channel (lượt nhắc)."""

    number: int
    """1-based within the pack, without gaps, by planned moment."""
    directive: str
    title: str
    milestone: str
    name: str
    rung: str
    rung_said: str
    planned_at: datetime
    """The moment of the rung."""
    due: date | None
    reckoned_from: str
    subjects: tuple[str, ...]
    person: str
    person_name: str
    post: str
    """Role and unit on the day, as far as known."""
    reason: str
    reason_said: str
    channel: str
    channel_name: str
    decided_at: datetime
    state: str
    state_said: str
    note: str | None
    spoken_by: int | None
    """The number of the urging that spoke for it; None also where that one lies outside the scope."""
    spoken_message: str | None
    """The Message-ID that spoke for it."""
    message: str | None
    """The Message-ID that carries it."""
    acknowledged_at: datetime | None
    """When its reader next said that they had read what was sent."""


@dataclass(frozen=True)
class Copy:
    """A message as it was frozen, and the urgings of the pack it carries, or carried before it was put off."""

    id: str
    provider_id: str | None
    person: str
    person_name: str
    channel: str
    channel_name: str
    address: str
    written_at: datetime
    sent_at: datetime | None
    """When the channel took it over."""
    subject: str
    text: str
    masked: bool
    """Whether the key of a link that still opens was left out of the text."""
    text_sha256: str
    """Of the exact text, UTF-8."""
    state: str
    state_said: str
    urgings: tuple[int, ...]


@dataclass(frozen=True)
class Transmission:
    """One attempt to hand a message to its channel, and the answer."""

    message: str
    number: int
    at: datetime
    outcome: str
    outcome_said: str
    code: str | None
    detail: str | None


@dataclass(frozen=True)
class Line:
    """An entry of the ledger in words."""

    seq: int
    recorded_at: datetime
    as_of: date
    directive: str
    kind: str
    kind_said: str
    actor: str
    actor_name: str
    text: str
    evidence: str | None
    source: str
    hash: str


@dataclass(frozen=True)
class Pack:
    """Everything, as known at one instant."""

    scope: Scope
    scope_said: tuple[str, ...]
    as_of: datetime
    illustrative: bool
    head_count: int
    head_hash: str
    tasks: tuple[Task, ...]
    urgings: tuple[Urging, ...]
    messages: tuple[Copy, ...]
    transmissions: tuple[Transmission, ...]
    lines: tuple[Line, ...]

    @property
    def head(self) -> str:
        """The end of the ledger as `dondoc verify --head` takes it."""
        return f"{self.head_count} {self.head_hash}"
