"""Everything that was done in the office, from all tables that keep it, newest first, page by page.

Rows are told as plain words of a table; what they are called is for those who show them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Subquery, case, func, literal, select, tuple_, union_all
from sqlmodel import Session, SQLModel

from store.audit_people import no_day, people_selects, sending_selects
from store.instant import UtcInstant

_TABLES = SQLModel.metadata.tables


class Cursor(NamedTuple):
    """Where a page ends: the place of its last event."""

    at: datetime
    rank: int
    number: int
    key: str


class Event(NamedTuple):
    """Something that was done."""

    at: datetime
    rank: int
    number: int
    key: str
    what: str
    """`ledger.report`, `configuration.adopted`, `sending.stopped`, `session.begun`, `key.made`, `hand-over.proposed`"""
    who: str
    """Code of a person, or who else; empty: not known."""
    about: str
    as_of: date | None
    detail: str

    @property
    def cursor(self) -> Cursor:
        """Its place."""
        return Cursor(self.at, self.rank, self.number, self.key)


class Wanted(NamedTuple):
    """What of it is asked for; empty: everything."""

    who: Collection[str] | None = None
    what: str = ""
    """A kind, or a family of kinds: `ledger.`"""
    since: datetime | None = None
    until: datetime | None = None
    """The first instant that is too late."""


def events(session: Session, wanted: Wanted, limit: int, after: Cursor | None = None) -> tuple[Event, ...]:
    """At most `limit` events, the newest first, from the cursor on."""
    all_ = _all(session.get_bind().dialect.name)
    place = tuple_(all_.c.at, all_.c.rank, all_.c.number, all_.c.key)
    query = select(*(all_.c[name] for name in Event._fields))
    for condition in _conditions(all_, wanted):
        query = query.where(condition)
    if after is not None:
        given = (literal(after.at, UtcInstant()), literal(after.rank), literal(after.number), literal(after.key))
        query = query.where(place < tuple_(*given))
    order = (all_.c.at.desc(), all_.c.rank.desc(), all_.c.number.desc(), all_.c.key.desc())
    return tuple(Event(*row) for row in session.execute(query.order_by(*order).limit(limit)))


def _conditions(all_: Subquery, wanted: Wanted) -> list[Any]:
    found: list[Any] = []
    if wanted.who is not None:
        found.append(all_.c.who.in_(sorted(wanted.who)))
    if wanted.what:
        family = wanted.what.endswith(".")
        found.append(all_.c.what.startswith(wanted.what, autoescape=True) if family else all_.c.what == wanted.what)
    if wanted.since is not None:
        found.append(all_.c.at >= literal(wanted.since, UtcInstant()))
    if wanted.until is not None:
        found.append(all_.c.at < literal(wanted.until, UtcInstant()))
    return found


def _all(dialect: str) -> Subquery:
    selects = (_ledger(dialect), _configuration(), *sending_selects(), *people_selects())
    return union_all(*selects).subquery("audit")


def _ledger(dialect: str) -> Any:
    entry = _TABLES["entry"].c
    return select(
        entry.recorded_at.label("at"),
        literal(1).label("rank"),
        entry.seq.label("number"),
        entry.id.label("key"),
        (literal("ledger.") + entry.kind).label("what"),
        _actor(entry.body, dialect).label("who"),
        entry.directive.label("about"),
        entry.as_of.label("as_of"),
        (func.coalesce(entry.metric, "") + literal(" ") + func.coalesce(entry.subject, "")).label("detail"),
    )


def _actor(body: Any, dialect: str) -> Any:
    """Who said it: a canonical text (store/chain.py) begins `{"actor":"…"`, so that nothing has to be parsed."""
    begun = func.substr(body, len('{"actor":"') + 1)
    find = func.instr if dialect == "sqlite" else func.strpos
    return func.substr(begun, 1, find(begun, '"') - 1)


def _configuration() -> Any:
    """One event for all that an adoption changed, and one for all that it removed."""
    version = _TABLES["config_version"].c
    what = case((version.removed, "configuration.removed"), else_="configuration.adopted")
    groups = (version.adopted_at, version.adopted_by, version.removed)
    return select(
        version.adopted_at.label("at"),
        literal(2).label("rank"),
        func.min(version.id).label("number"),
        literal("").label("key"),
        what.label("what"),
        version.adopted_by.label("who"),
        literal("").label("about"),
        no_day().label("as_of"),
        func.aggregate_strings(version.code, ", ").label("detail"),
    ).group_by(*groups)
