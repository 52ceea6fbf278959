"""What the pages need of the rest of the program, as a protocol: whoever joins the parts gives them a Book."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple, Protocol

from domain.digest import Section
from domain.directive import Directive
from domain.due import Due
from domain.findings import Finding
from domain.frozen import Code, Frozen, Instant
from domain.ledger import EntryId
from domain.office import Person


class Statement(Frozen):
    """What a person wrote into one form."""

    entry: EntryId
    """Made with the form, so that a form sent twice is one entry."""
    person: Code
    directive: Code
    metric: Code
    subject: Code | None
    """None: the directive as a whole."""
    occurrence: date | None
    """The written day of the occurrence it is about, where the milestone comes again."""
    value: str
    """As typed; whether it can be read is the book's to say."""
    as_of: date
    as_of_time: time | None = None
    evidence: str | None = None
    estimate: bool = False
    """Ước thực hiện: not yet an actual figure."""
    files: tuple[tuple[str, bytes], ...] = ()
    """Name and content of what proves it."""
    sure: bool = False
    """Its author was asked about an odd figure, and said that it is right."""


class Questioned(Frozen):
    """A statement that is not recorded before its author has said once more that it is right."""

    findings: tuple[Finding, ...]


class Recorded(Frozen):
    """A statement that now stands in the ledger."""

    entry: EntryId
    what: str
    """What it is about, in words: milestone or metric, subject, directive."""
    value: str
    """As the ledger has it, in words."""
    as_of: date
    recorded_at: Instant
    hash: str
    repeated: bool = False
    """The form had been sent before: this is what was recorded then."""
    findings: tuple[Finding, ...] = ()
    """Warnings and notes."""


class Noted(Frozen):
    """That an urging was read, or that a later day is asked for, as it now stands in the ledger."""

    entry: EntryId
    what: str
    """What it is about, in words."""
    recorded_at: Instant
    hash: str
    repeated: bool = False
    """The form had been sent before: this is what was noted then."""
    findings: tuple[Finding, ...] = ()
    """Warnings and notes."""


class Read(Frozen):
    """A person says that they have read the urging about a directive."""

    entry: EntryId
    person: Code
    directive: Code


class Told(Frozen):
    """A directive whose urging a person may acknowledge."""

    directive: Directive
    days: int
    """Working days for which they are then left in peace."""


class Asked(Frozen):
    """A person asks for a later day."""

    entry: EntryId
    person: Code
    directive: Code
    milestone: Code
    subject: Code | None
    """None: the milestone as a whole."""
    occurrence: date | None
    day: date
    """The last day in time it would have."""
    reason: str
    evidence: str | None = None


class Choice(NamedTuple):
    """What a later day may be asked for: a subject, or the milestone as a whole (empty code)."""

    code: str
    name: str


class Movable(Frozen):
    """A milestone a person may ask a later day for."""

    directive: Directive
    milestone: Code
    name: str
    due: Due
    choices: tuple[Choice, ...]
    monitor: str
    """The unit that decides, in words."""


class About(NamedTuple):
    """What a form is about."""

    directive: str
    milestone: str
    subject: str | None
    occurrence: date | None


class Book(Protocol):
    """The ledger and the plan, as one person's page sees them."""

    def clock(self) -> datetime:
        """This moment."""

    def person(self, code: str) -> Person | None:
        """The person of that code, if the office still has one."""

    def items(self, person: str) -> tuple[Section, ...]:
        """All open milestones the person answers for now, worst first, undated ones last.

        An item has a line for each subject the person may record; without lines it is recorded as a whole.
        """

    def items_of(self, person: str, directive: str, as_of: datetime) -> tuple[Section, ...]:
        """Those of one directive, at this moment."""

    def has(self, entry: str) -> bool:
        """Whether something was recorded under that id."""

    def why_gone(self, about: About, as_of: datetime) -> Finding:
        """Why what a form is about is no longer among the items of the person who was shown it."""

    def record(self, statement: Statement, now: datetime) -> Recorded | Questioned | tuple[Finding, ...]:
        """Append the statement once, however often it is given; ask about an odd figure first; else say why not."""

    def told(self, person: str, directive: str, as_of: datetime) -> Told | Finding:
        """The directive whose urging the person may acknowledge; else why not."""

    def acknowledge(self, read: Read, now: datetime) -> Noted | tuple[Finding, ...]:
        """Note once that the urging was read; else say why not. It is never "done"."""

    def movable(self, person: str, about: About, as_of: datetime) -> Movable | Finding:
        """The milestone the person may ask a later day for, whatever its `subject`; else why not."""

    def ask(self, asked: Asked, now: datetime) -> Noted | tuple[Finding, ...]:
        """Put the request before the monitor, once; else say why not."""
