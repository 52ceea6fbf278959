"""What a person typed, as a statement, or what is wrong with it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, time

from domain.findings import Finding, Severity
from domain.metric import Metric, MetricKind
from domain.vietnamese import nfc
from web.book import About, Asked, Statement
from web.ticket import Plea, Ticket

LONGEST = 2000
"""Characters of a value or a piece of evidence."""

_WRITTEN_DAY = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")


@dataclass(frozen=True)
class Typed:
    """The fields of a form as they came, for showing them again."""

    value: str = ""
    as_of: str = ""
    as_of_time: str = ""
    evidence: str = ""
    estimate: str = ""
    """Anything: it is an estimate."""
    sure: str = ""
    """The mark of what was asked about (`mark`), where its author says that it is right."""
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def mark(self) -> str:
        """Of this very figure: a yes to another one counts for nothing."""
        said = (self.value.strip(), self.as_of.strip(), self.as_of_time.strip(), bool(self.estimate))
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def understood(typed: Typed, ticket: Ticket, person: str) -> Statement | tuple[Finding, ...]:
    """The statement, or every finding at once. Whether the value can be read is left to the book."""
    findings: list[Finding] = []
    day = read_day(typed.as_of)
    if day is None:
        findings.append(_error("as_of", f"chưa đọc được ngày “{typed.as_of}”; cần dạng 30/9/2024"))
    clock = _read_time(typed.as_of_time)
    if typed.as_of_time.strip() and clock is None:
        findings.append(_error("as_of_time", f"chưa đọc được giờ “{typed.as_of_time}”; cần dạng 09:30"))
    if not typed.value.strip():
        findings.append(_error("value", "chưa ghi kết quả"))
    if max(len(typed.value), len(typed.evidence)) > LONGEST:
        findings.append(_error("value", f"mỗi ô chỉ ghi tối đa {LONGEST} ký tự"))
    if findings or day is None:
        return tuple(findings)
    return Statement(
        entry=ticket.entry,
        person=person,
        directive=ticket.directive,
        metric=ticket.metric,
        subject=ticket.subject or None,
        occurrence=about(ticket).occurrence,
        value=nfc(typed.value).strip(),
        as_of=day,
        as_of_time=clock,
        evidence=nfc(typed.evidence).strip() or None,
        estimate=bool(typed.estimate),
        files=typed.files,
        sure=typed.sure == typed.mark,
    )


@dataclass(frozen=True)
class Wished:
    """The fields of a request for a later day as they came."""

    subject: str = ""
    day: str = ""
    reason: str = ""
    evidence: str = ""


def asked(typed: Wished, plea: Plea, person: str) -> Asked | tuple[Finding, ...]:
    """The request, or every finding at once. Whether it may be made is left to the book."""
    day, findings = read_day(typed.day), []
    if day is None:
        said = f"chưa đọc được ngày “{typed.day}”; cần dạng 30/9/2024" if typed.day.strip() else "chưa ghi ngày đề nghị"
        findings.append(_error("day", said))
    if not typed.reason.strip():
        findings.append(_error("reason", "chưa nêu lý do đề nghị gia hạn"))
    if max(len(typed.reason), len(typed.evidence)) > LONGEST:
        findings.append(_error("reason", f"mỗi ô chỉ ghi tối đa {LONGEST} ký tự"))
    if not re.fullmatch(r"[a-z0-9-]{0,80}", typed.subject):
        findings.append(_error("subject", "chưa chọn đối tượng đề nghị gia hạn"))
    if findings or day is None:
        return tuple(findings)
    return Asked(
        entry=plea.entry,
        person=person,
        directive=plea.directive,
        milestone=plea.milestone,
        subject=typed.subject or None,
        occurrence=read_day(plea.occurrence),
        day=day,
        reason=nfc(typed.reason).strip(),
        evidence=nfc(typed.evidence).strip() or None,
    )


def about(ticket: Ticket) -> About:
    """What its form is about."""
    occurrence = date.fromisoformat(ticket.occurrence) if ticket.occurrence else None
    return About(ticket.directive, ticket.milestone, ticket.subject or None, occurrence)


def hint(metric: Metric) -> str:
    """How a value of this kind is written."""
    return _HINTS[metric.kind].format(unit=metric.unit or "")


_HINTS = {
    MetricKind.EVENT: "",
    MetricKind.PERCENT: "Ví dụ: 45% hoặc 2,3 tỷ/5,1 tỷ",
    MetricKind.AMOUNT: "Ví dụ: 2,3 tỷ đồng",
    MetricKind.COUNT: "Ví dụ: 12/19 {unit}",
    MetricKind.AVERAGE: "Ví dụ: 14,3",
    MetricKind.RATE: "Ví dụ: 8,7%",
    MetricKind.RANK: "Ví dụ: 8",
    MetricKind.NARRATIVE: "Nêu ngắn gọn kết quả, khó khăn, kiến nghị",
}


def _error(field: str, message: str) -> Finding:
    return Finding(severity=Severity.ERROR, message=message, field=field)


def read_day(text: str) -> date | None:
    """A day as people write it (`30/9/2024`), or as addresses do; None for anything else."""
    written = _WRITTEN_DAY.fullmatch(text.strip())
    try:
        return date(int(written[3]), int(written[2]), int(written[1])) if written else date.fromisoformat(text.strip())
    except ValueError:
        return None


def _read_time(text: str) -> time | None:
    try:
        clock = time.fromisoformat(text.strip())
    except ValueError:
        return None
    return None if clock.tzinfo else clock
