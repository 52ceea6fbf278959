"""What needs the admin now, quickly enough for every look at a page: the patrol without reading the whole ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from actions.check import working
from actions.office import Office
from actions.overlook import Overlook
from actions.patrol import Looks, unseen
from actions.reach import Reach
from actions.regression import held_because
from actions.stuck import stuck
from domain.findings import Finding, Severity
from domain.reach import calendar_ends, reach
from domain.situation import Situation
from store import reading


def needs(office: Office, book: Overlook, at: datetime) -> tuple[Finding, ...]:
    """What keeps words from going out, or a directive from reaching somebody."""
    configuration = book.configuration
    held = held_because(office.store)
    with reading(office.store) as opened:
        unsent = tuple(stuck(opened, configuration, at))
        reached = Reach.of(opened, configuration, at).narrowed(configuration, strictly=True)
        looked = Looks.of(opened, at, office.moment())
    within = [replace(one, rules=reached.rules) for one in book.situations.values()]
    return (
        *([Finding(severity=Severity.ERROR, message=held)] if held else []),
        *_lost(configuration.directives, book),
        *unsent,
        *calendar_ends(configuration.rules.calendar, at),
        *_of_directives(within, working(configuration.channels), looked),
    )


def _lost(codes: Iterable[str], book: Overlook) -> Iterator[Finding]:
    for code in codes:
        if code not in book.situations:
            message = "không rà soát được nhiệm vụ này; xem nhật ký để biết lỗi"
            yield Finding(severity=Severity.ERROR, message=message, field=code)


def _of_directives(situations: Iterable[Situation], channels: frozenset[str], looked: Looks) -> Iterator[Finding]:
    for one in situations:
        reached = (finding for finding in reach(one, channels) if finding.severity is not Severity.NOTE)
        yield from (finding.model_copy(update={"field": one.directive.code}) for finding in reached)
        yield from unseen(one, looked)
