"""What one person is told in one message, as values; the words around them are the wording's (channels/wording)."""

from __future__ import annotations

from datetime import date

from domain.directive import Directive
from domain.due import Due
from domain.frozen import Code, Frozen, Instant
from domain.office import Person
from domain.outbox import Key, Reason


class SubjectLine(Frozen):
    """One unmet subject: what is known of it and what is missing, in Vietnamese."""

    code: Code
    name: str
    have: str
    """e.g. `đã giải ngân 1,2 tỷ đồng (24%)`, `chưa có số liệu`."""
    missing: str
    """e.g. `còn thiếu 16 điểm phần trăm (0,8 tỷ đồng)`, `chưa khởi công`."""
    occurrence: date | None = None
    """Of a milestone that comes again, the written day of the oldest occurrence in the item that it lacks."""


class Carried(Frozen):
    """A blocked milestone, named inside the item of the one it waits for."""

    name: str
    due: Due
    subjects: int


class Resumption(Frozen):
    """A suspension that is over, and in which urgings were left out."""

    since: date
    until: date
    """The day on which the work went on."""
    due_passed: bool
    """Whether the due passed meanwhile."""


class Item(Frozen):
    """One milestone this person is urged about."""

    milestone: Code
    name: str
    target: str
    """e.g. `tối thiểu 40% kế hoạch vốn`; empty for a narrative."""
    due: Due | None
    late: bool
    working_days: int
    """Working days left until the due, or late; 0 on the day itself."""
    summary: str
    """One line of counts, e.g. `5/12 dự án chưa đạt`; empty where there is one subject."""
    subjects: tuple[SubjectLine, ...] = ()
    carried: tuple[Carried, ...] = ()
    reasons: tuple[Reason, ...]
    reading: str | None = None
    resumed: Resumption | None = None
    """Where this is the first word since the work goes on."""


class Section(Frozen):
    """The items of one directive, with what identifies it to its reader."""

    directive: Directive
    items: tuple[Item, ...]


class Digest(Frozen):
    """One person × channel × window over all directives, worst first."""

    person: Person
    channel: Code
    as_of: Instant
    """The figures are as known at this instant; printed as "Tính đến HH:MM ngày dd/mm/yyyy"."""
    urged: tuple[Section, ...] = ()
    watched: tuple[Section, ...] = ()
    """The monitor's weekly list."""
    assigned: tuple[Section, ...] = ()
    """New directives with a date; their milestones as items."""
    assigned_undated: tuple[Directive, ...] = ()
    words: tuple[Directive, ...] = ()
    """Undated directives asked for a word this quarter."""
    rows: tuple[Key, ...]
    """The deliveries this message carries."""
