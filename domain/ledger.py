"""The ledger (sổ): statements that are only ever appended, each with when it was true and when it was written down."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain.clocktime import at
from domain.frozen import Code, Frozen, Instant
from domain.metric import Value

EntryId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]


Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of a file, hex: the name it is kept under."""


class EntryKind(StrEnum):
    """What a statement does. Nothing is edited: a correction names the entry it replaces."""

    REPORT = "report"
    """A figure or word on a metric (`metric`, `value`)."""
    CORRECTION = "correction"
    """Replaces the report named in `refers_to`, with its own as_of and value."""
    PLAN = "plan"
    """Sets the denominator of a percent metric from `as_of` on (`value.number`, đồng)."""
    SCHEDULE = "schedule"
    """Fixes the day (`day`) of an event metric ahead of it."""
    CONFIRM = "confirm"
    """The monitor accepts the report in `refers_to`."""
    RETURN = "return"
    """The monitor sends the report in `refers_to` back: it no longer counts."""
    ACKNOWLEDGE = "acknowledge"
    """The actor has read the urging; never "done"."""
    EXTENSION_REQUEST = "extension_request"
    EXTENSION_GRANT = "extension_grant"
    """Moves the judged due of `milestone` (for `subject`, if given) to the end of `day`."""
    EXTENSION_REFUSAL = "extension_refusal"
    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"
    ENROL = "enrol"
    """A subject comes under the directive (`subject`, `name`, `unit`)."""
    LEAVE = "leave"
    """A subject is no longer counted from `as_of` on."""
    HAND_OVER = "hand_over"
    """The subject's (or directive's) responsible unit becomes `unit`: in the place of `former`, or of all that lead."""
    NOTE = "note"


class Entry(Frozen):
    """A bút toán. `as_of` is the day it is true of, `recorded_at` the instant it was written down."""

    id: EntryId
    kind: EntryKind
    directive: Code
    milestone: Code | None = None
    metric: Code | None = None
    subject: Code | None = None
    value: Value | None = None
    as_of: date
    as_of_time: time | None = None
    """Vietnamese clock time, where it is known; a bare day means some moment within that day."""
    recorded_at: Instant
    actor: Code
    """Code of the person, or `dondoc` for the system."""
    source: str
    """Where the statement comes from, e.g. `web`, `cli`, `thông báo`, `minh hoạ`."""
    evidence: str | None = None
    text: str | None = None
    day: date | None = None
    name: str | None = None
    unit: Code | None = None
    occurrence: date | None = None
    """The written day of the occurrence it is about, where a milestone comes again and again; None: by its `as_of`."""
    refers_to: EntryId | None = None
    former: Code | None = None
    """The unit whose part passes to `unit`; None: whoever had it."""
    attachments: Annotated[tuple[Digest, ...], Field(min_length=1)] | None = None
    """Files that prove it; None where there are none, never an empty list: older texts stay as they were hashed."""

    def happened(self) -> datetime:
        """The earliest instant the statement may be true of: 00:00 of its day unless a time is known."""
        return at(self.as_of, self.as_of_time or time(0))


class SealedEntry(Frozen):
    """An entry in its place in the chain."""

    seq: int
    """1-based, without gaps."""
    previous: str
    """SHA-256 of the entry before, hex; 64 zeros for the first."""
    hash: str
    entry: Entry
