"""The entries of the ledger that belong to a proof, each as one dated line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from actions.proof_names import Names
from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.directive import Directive
from domain.figures import say
from domain.ledger import Entry, EntryKind
from reports.proof import Line, Scope
from store.proof import Kept

_WITHHELD = "Nội dung không nêu: văn bản hạn chế phổ biến."


def proof_lines(kept: Iterable[Kept], scope: Scope, names: Names) -> Iterator[Line]:
    """What was recorded on the directives, in order; of a person alone, what they said and what was answered."""
    answered: set[str] = set()
    for one in kept:
        entry = one.entry
        if _belongs(entry, scope, answered, names):
            answered.add(entry.id)
            yield _line(one, names)


def _belongs(entry: Entry, scope: Scope, answered: set[str], names: Names) -> bool:
    day = local_date(entry.recorded_at)
    if not (scope.first or day) <= day <= (scope.last or day):
        return False
    if scope.person is not None and entry.actor != scope.person:
        others = scope.directive is not None and entry.kind is not EntryKind.ACKNOWLEDGE
        if not (others or entry.refers_to in answered):
            return False
    return scope.milestone is None or _about(entry, scope.milestone, names)


def _about(entry: Entry, milestone: str, names: Names) -> bool:
    """Whether it is about the milestone: by name, by the metric measured there, or by being about the whole."""
    if entry.milestone is not None:
        return entry.milestone == milestone
    found = names.directive(entry.directive)
    metrics = {one.metric for one in found.milestones if one.id == milestone} if found else set()
    return entry.metric is None or entry.metric in metrics


def _line(one: Kept, names: Names) -> Line:
    entry = one.entry
    hidden = names.restricted(entry.directive)
    return Line(
        seq=one.seq,
        recorded_at=entry.recorded_at,
        as_of=entry.as_of,
        directive=entry.directive,
        kind=entry.kind.value,
        kind_said=vn.ENTRIES[entry.kind.value],
        actor=entry.actor,
        actor_name=names.person_name(entry.actor),
        text=_WITHHELD if hidden and entry.kind is not EntryKind.ACKNOWLEDGE else said(entry, names),
        evidence=None if hidden else entry.evidence,
        source=entry.source,
        hash=one.hash,
    )


def said(entry: Entry, names: Names) -> str:
    """What an entry says beyond its kind, on one line."""
    found = names.directive(entry.directive)
    parts = [
        names.milestone(entry.directive, entry.milestone) if entry.milestone else "",
        f"kỳ {vn.day(entry.occurrence)}" if entry.occurrence else "",
        names.subject(entry.directive, entry.subject) if entry.subject else "",
        _figure(entry, found) if found else "",
        f"đến hết ngày {vn.day(entry.day)}" if entry.day and entry.milestone else "",
        f"ngày {vn.day(entry.day)}" if entry.day and not entry.milestone else "",
        f"đơn vị: {names.unit(entry.unit)}" if entry.unit else "",
        f"về bút toán {entry.refers_to}" if entry.refers_to else "",
        entry.text or "",
    ]
    return "; ".join(part for part in parts if part)


def _figure(entry: Entry, directive: Directive) -> str:
    """The figure with its metric; a metric that is no longer measured goes by its code, without a figure."""
    metric = next((one for one in directive.metrics if one.id == entry.metric), None)
    if metric is None:
        return entry.metric or ""
    if entry.value is None:
        return metric.name
    if entry.kind is EntryKind.PLAN and entry.value.number is not None:
        return f"{metric.name}: {vn.money(entry.value.number)}"
    return f"{metric.name}: {say(metric, entry.value)}"
