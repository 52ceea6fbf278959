"""Entries of the ledger in words: what was said, of what, by whom, when, and on what it rests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain import vietnamese as vn
from domain.directive import Directive
from domain.figures import say
from domain.ledger import Entry, EntryKind, SealedEntry
from domain.metric import MetricKind
from domain.situation import Situation
from reports.sheet import Column, Table, Value


@dataclass(frozen=True)
class Said:
    """One entry."""

    number: int
    """In the chain."""
    id: str
    kind: str
    what: str
    as_of: date
    recorded_at: datetime
    who: str
    source: str
    evidence: str
    files: tuple[str, ...]
    """Hashes of what was brought along."""
    hash: str


def in_words(sealed: Iterable[SealedEntry], situation: Situation) -> tuple[Said, ...]:
    """The entries in words, in the order given."""
    names = {subject.code: subject.name for subject in situation.state.subjects}
    return tuple(_said(one, situation, names) for one in sealed)


def _said(sealed: SealedEntry, situation: Situation, names: dict[str, str]) -> Said:
    entry, office = sealed.entry, situation.rules.office
    person = office.person(entry.actor)
    return Said(
        number=sealed.seq,
        id=entry.id,
        kind=vn.ENTRIES[entry.kind.value],
        what="; ".join(_parts(entry, situation, names)),
        as_of=entry.as_of,
        recorded_at=entry.recorded_at,
        who=person.name if person else "hệ thống" if entry.actor == "dondoc" else entry.actor,
        source=entry.source,
        evidence=entry.evidence or "",
        files=entry.attachments or (),
        hash=sealed.hash,
    )


def _parts(entry: Entry, situation: Situation, names: dict[str, str]) -> Iterator[str]:
    directive, office = situation.directive, situation.rules.office
    known: tuple[tuple[object, Callable[[], str | None]], ...] = (
        (entry.subject, lambda: entry.name or names.get(entry.subject or "", entry.subject)),
        (entry.milestone, lambda: f"mốc “{_milestone(directive, entry.milestone)}”"),
        (entry.value, lambda: _figure(entry, directive)),
        (entry.occurrence, lambda: f"kỳ hạn {vn.day(entry.occurrence or entry.as_of)}"),
        (entry.day, lambda: f"{_DAYS.get(entry.kind, 'ngày')} {vn.day(entry.day or entry.as_of)}"),
        (entry.former, lambda: f"từ {office.name_of(entry.former or '')}"),
        (entry.unit, lambda: f"{_TO.get(entry.kind, 'đơn vị')} {office.name_of(entry.unit or '')}"),
        (entry.refers_to, lambda: f"về bút toán {entry.refers_to}"),
        (entry.text, lambda: entry.text),
    )
    return (said() or "" for given, said in known if given)


_TO = {EntryKind.HAND_OVER: "sang"}
_DAYS = {
    EntryKind.EXTENSION_REQUEST: "đề nghị đến hết ngày",
    EntryKind.EXTENSION_GRANT: "đến hết ngày",
    EntryKind.SCHEDULE: "vào ngày",
}


def _milestone(directive: Directive, code: str | None) -> str:
    return next((one.name for one in directive.milestones if one.id == code), code or "")


def _figure(entry: Entry, directive: Directive) -> str:
    assert entry.value is not None  # its only caller asks first
    metric = next((one for one in directive.metrics if one.id == entry.metric), None)
    if metric is None:
        return entry.value.text or (vn.number(entry.value.number) if entry.value.number is not None else "")
    if entry.kind is EntryKind.PLAN:
        metric = metric.model_copy(update={"kind": MetricKind.AMOUNT})
    return f"{metric.name}: {say(metric, entry.value)}"


def table(said: Iterable[Said]) -> Table:
    """The entries as a table."""
    return Table("Sổ", _COLUMNS, [_row(one) for one in said])


_COLUMNS = (
    Column("Số", 8),
    Column("Loại", 22),
    Column("Nội dung", 60),
    Column("Đúng với ngày", 14),
    Column("Ghi lúc", 18),
    Column("Người ghi", 34),
    Column("Nguồn", 14),
    Column("Căn cứ, minh chứng", 40),
    Column("Số tệp", 8),
    Column("Mã bút toán", 28),
    Column("Mã băm", 66),
)


def _row(one: Said) -> tuple[Value, ...]:
    return (
        one.number,
        one.kind,
        one.what,
        one.as_of,
        one.recorded_at,
        one.who,
        one.source,
        one.evidence,
        len(one.files),
        one.id,
        one.hash,
    )
