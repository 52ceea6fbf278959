"""The proof pack: every urging ever decided in a scope, what was sent, what came of it, and what was recorded.

Every delivery of the scope is there once, also those that were never sent, each with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from actions.proof_lines import proof_lines
from actions.proof_messages import copies, sent, transmissions
from actions.proof_names import Names
from actions.proof_spoken import speakers
from actions.proof_urging import Telling, acknowledgements, urgings
from config.reading import Configuration
from domain import vietnamese as vn
from domain.clocktime import local_date
from reports.proof import Pack, Scope, Task
from store import Session
from store.ledger import head
from store.proof import Decided, decided, kept


class UnknownScopeError(LookupError):
    """A proof was asked for about something that never was; the message says what."""


def prove(
    session: Session,
    configuration: Configuration,
    scope: Scope,
    as_of: datetime,
    links_last: timedelta,
    *,
    illustrative: bool,
) -> Pack:
    """The pack as known now, which is `as_of`. Keys of links that still open, `links_last` after writing, are masked.

    Raises UnknownScopeError.
    """
    names = Names(session, configuration)
    rows = decided(session, scope.directive, scope.person)
    _refuse_unknown(scope, names, anybody=bool(rows))
    shown = sorted((row for row in rows if _within(row, scope)), key=_order)
    codes = {scope.directive} if scope.directive else {row.directive for row in rows}
    entries = kept(session, codes)
    names.learn_subjects(one.entry for one in entries)
    spoken = speakers(rows)
    found = sent(session, {*shown, *(spoken[row.id] for row in shown if row.id in spoken)})
    numbers = {row.id: number for number, row in enumerate(shown, start=1)}
    acknowledged = acknowledgements(one.entry for one in entries)
    telling = Telling(names, configuration.rules.policy.ladder, found, numbers, spoken, acknowledged)
    messages = copies(found, enumerate(shown, start=1), names, as_of - links_last)
    end = head(session)
    return Pack(
        scope=scope,
        scope_said=tuple(_said(scope, names)),
        as_of=as_of,
        illustrative=illustrative,
        head_count=end.count,
        head_hash=end.hash,
        tasks=tuple(_tasks(codes if scope.directive else {row.directive for row in shown}, names)),
        urgings=tuple(urgings(shown, telling)),
        messages=tuple(messages),
        transmissions=tuple(transmissions(found, messages)),
        lines=tuple(proof_lines(entries, scope, names)),
    )


def _refuse_unknown(scope: Scope, names: Names, *, anybody: bool) -> None:
    """`anybody`: somebody was urged in the scope, so that the codes are those of people, known by name or not."""
    if scope.directive is not None:
        if names.directive(scope.directive) is None:
            raise UnknownScopeError(f"không có nhiệm vụ “{scope.directive}”; xem danh sách bằng dondoc plan")
        if scope.milestone is not None and not names.has_milestone(scope.directive, scope.milestone):
            raise UnknownScopeError(f"nhiệm vụ “{scope.directive}” không có mốc “{scope.milestone}”; xem dondoc plan")
    if scope.person is not None and not anybody and names.person(scope.person) is None:
        raise UnknownScopeError(f"không có cán bộ “{scope.person}” trong people.yaml")


def _within(row: Decided, scope: Scope) -> bool:
    """Whether the row is asked for; days are those of the planned moment."""
    day = local_date(row.rung_at)
    in_time = (scope.first or day) <= day <= (scope.last or day)
    return in_time and scope.milestone in (None, row.milestone)


def _order(row: Decided) -> tuple[object, ...]:
    return row.rung_at, row.directive, row.milestone, row.person, row.channel, row.id


def _said(scope: Scope, names: Names) -> Iterator[str]:
    if scope.directive:
        yield f"nhiệm vụ {names.title(scope.directive)} ({scope.directive})"
    if scope.directive and scope.milestone:
        yield f"mốc {names.milestone(scope.directive, scope.milestone)} ({scope.milestone})"
    if scope.person:
        yield f"cán bộ {names.person_name(scope.person)} ({scope.person})"
    if scope.first:
        yield f"từ ngày {vn.day(scope.first)}"
    if scope.last:
        yield f"đến hết ngày {vn.day(scope.last)}"


def _tasks(codes: Iterable[str], names: Names) -> Iterator[Task]:
    for code in sorted(codes):
        found = names.directive(code)
        if found is None:
            continue
        milestones = () if names.restricted(code) else found.milestones
        yield Task(
            code=code,
            title=found.title,
            reference=found.notice.reference(),
            issuer=found.notice.issuer,
            section=found.section,
            quote=found.quote,
            footnotes=tuple(f"Chú thích {note.mark}: {note.text}" for note in found.footnotes),
            lead=tuple(names.unit(unit) for unit in found.lead),
            monitor=names.unit(found.monitor),
            milestones=tuple((one.name, one.due.phrase if one.due else "chưa ấn định thời hạn") for one in milestones),
        )
