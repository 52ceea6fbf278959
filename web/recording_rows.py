"""The rows of a recording table: each subject with each figure that is asked of it, and what was typed into them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.figures import say
from domain.metric import Metric, MetricKind
from domain.situation import Situation
from domain.state import WHOLE
from web.allowed import recordable
from web.form import LONGEST, hint, read_day
from web.ticket import Ticket, TicketForgedError, issue, read

DAY = "ngay"
"""The field whose day counts for every row without one of its own."""
_FIELDS = {"ticket": "phieu", "value": "gia-tri", "day": "ngay", "evidence": "can-cu", "sure": "van-ghi"}


@dataclass(frozen=True)
class Row:
    """One line of the form."""

    number: int
    ticket: str
    """As a form field, signed."""
    entry: str
    """Id of the entry it becomes."""
    metric: Metric
    subject: str
    """Code, or WHOLE."""
    name: str
    """Of the subject; empty for WHOLE."""
    known: str
    """What the ledger has: `24%, ngày 20/9/2024`."""
    hint: str
    value: str = ""
    day: str = ""
    evidence: str = ""
    sure: bool = False
    """Whoever typed it was asked, and means it."""
    findings: tuple[str, ...] = ()
    ask: bool = False
    """The findings are questions, which may be answered with yes."""
    saved: str = ""
    """The hash under which it stands in the ledger."""

    def field(self, what: str) -> str:
        """The name of one of its fields."""
        return f"{_FIELDS[what]}-{self.number}"


def blank(situation: Situation, person: str, secret: str, binding: str) -> tuple[Row, ...]:
    """A fresh row for whatever the person may record of something still to be done."""
    view = secrets.token_hex(8)
    found = []
    for number, (metric, subject) in enumerate(_asked(situation, person), start=1):
        ticket = Ticket(f"web-{view}-{number}", situation.directive.code, "", metric.id, subject)
        found.append(_row(situation, number, ticket, issue(secret, binding, ticket)))
    return tuple(found)


def typed(situation: Situation, form: Mapping[str, str], secret: str, binding: str) -> tuple[Row, ...]:
    """The rows of a form that was sent, as typed; whose they are to record is asked on saving.

    Raises TicketForgedError.
    """
    numbers = sorted(int(name.removeprefix("phieu-")) for name in form if _numbered(name))
    found = []
    for number in numbers:
        text = form[f"phieu-{number}"]
        ticket = read(secret, binding, text, Ticket)
        known = {metric.id for metric in situation.directive.metrics}
        if ticket.directive != situation.directive.code or ticket.metric not in known:
            raise TicketForgedError("phiếu ghi không hợp lệ")
        row = _row(situation, number, ticket, text)
        value, day, evidence = (_said(form, row.field(what)) for what in ("value", "day", "evidence"))
        sure = bool(form.get(row.field("sure")))
        found.append(replace(row, value=value, day=day, evidence=evidence, sure=sure))
    return tuple(found)


def misread(row: Row, shared: str) -> tuple[str, ...]:
    """What of a typed row cannot be read, apart from its value."""
    written = row.day or shared
    said = [] if read_day(written) else [f"chưa đọc được ngày “{written}”; cần dạng 30/9/2024"]
    if max(len(row.value), len(row.evidence)) > LONGEST:
        said.append(f"mỗi ô chỉ ghi tối đa {LONGEST} ký tự")
    return tuple(said)


def _said(form: Mapping[str, str], name: str) -> str:
    return vn.nfc(form.get(name, "")).strip()


def _numbered(name: str) -> bool:
    number = name.removeprefix("phieu-")
    return number != name and number.isascii() and number.isdigit() and len(number) < 6


def _asked(situation: Situation, person: str) -> Iterator[tuple[Metric, str]]:
    """Subject by subject, each figure once: of what is running today and asked for; what has happened is not again."""
    directive, today = situation.directive, local_date(situation.as_of)
    metrics = [one for one in directive.metrics if any(step.metric == one.id for step in directive.milestones)]
    running = {one.code for one in situation.state.subjects if one.running(today)}
    for subject in recordable(situation, person):
        if subject == WHOLE or subject in running:
            yield from ((metric, subject) for metric in metrics if not _happened(situation, metric, subject))


def _happened(situation: Situation, metric: Metric, subject: str) -> bool:
    return metric.kind is MetricKind.EVENT and bool(situation.state.of(metric.id, subject))


def _row(situation: Situation, number: int, ticket: Ticket, text: str) -> Row:
    metric = situation.directive.metric(ticket.metric)
    figures = situation.state.of(metric.id, ticket.subject)
    known = f"{say(metric, figures[-1].value)}, ngày {vn.day(figures[-1].as_of)}" if figures else "chưa có số liệu"
    names = {one.code: one.name for one in situation.state.subjects}
    return Row(
        number=number,
        ticket=text,
        entry=ticket.entry,
        metric=metric,
        subject=ticket.subject,
        name=names.get(ticket.subject, ""),
        known=known,
        hint=hint(metric),
    )
