"""What one person is told in one message, as values; the words around them are the wording's (channels/wording)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from domain.chart import Chart
from domain.directive import Directive
from domain.due import Due
from domain.frozen import Code, Frozen, Instant
from domain.office import Person
from domain.outbox import Key, Reason

_CHARGED = frozenset({Reason.LEAD, Reason.RESPONSIBLE, Reason.HEAD})
"""Reasons of those whose unit does the work."""
PICTURES = 3
"""Pictures in one message, of the worst; a letter is read over a poor line."""


class LedgerHead(Frozen):
    """The ledger's end when the message was written: a printed one betrays a tail that is cut off later."""

    count: int
    """Entries so far."""
    mark: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
    """The first letters of the last entry's hash."""


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
    chart: Chart | None = None
    """Where a figure is behind the mandated trajectory."""

    @property
    def theirs(self) -> bool:
        """Whether its reader's unit has to carry it out: who coordinates or monitors records nothing here."""
        return any(reason in _CHARGED for reason in self.reasons)

    @property
    def extendable(self) -> bool:
        """Whether its reader may ask for a later day: while the due still runs."""
        return self.theirs and self.due is not None and not self.late


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
    ledger: LedgerHead | None = None
    """Printed at the end, where known."""

    @property
    def items(self) -> Iterable[Item]:
        """What is urged, worst first."""
        return (item for section in self.urged for item in section.items)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The pictures it shows, each once."""
        return tuple(dict.fromkeys(item.chart for item in self.items if item.chart))[:PICTURES]
