"""Everything a proof is made of, read as plain rows: deliveries, messages, transmissions, entries.

Whole rows of the tables would take ten times as long; what is wanted here is thousands of them, once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Table, select
from sqlmodel import Session, SQLModel

from config.areas import Area
from domain.ledger import Entry
from store.messages import GIVEN_BACK, MessageState
from store.statements import in_batches

DELIVERY, MESSAGE, ATTEMPT, ENTRY, VERSION = (
    SQLModel.metadata.tables[name] for name in ("delivery", "message", "attempt", "entry", "config_version")
)


class Decided(NamedTuple):
    """A delivery as it stands."""

    id: int
    directive: str
    milestone: str
    rung: str
    occurrence: str
    person: str
    channel: str
    reason: str
    subjects: str
    rung_at: datetime
    state: str
    note: str | None
    message_id: str | None
    attempt: int
    """How many messages were written for it."""
    planned_at: datetime


class Written(NamedTuple):
    """A message as it was frozen, and how far it has come."""

    id: str
    person: str
    channel: str
    address: str
    at: datetime
    subject: str
    text: str
    claimed_at: datetime
    state: str
    provider_id: str | None


class Transmitted(NamedTuple):
    """A line of the log of transmissions."""

    message_id: str
    number: int
    at: datetime
    outcome: str
    code: str | None
    detail: str | None


class Kept(NamedTuple):
    """An entry in its place in the chain."""

    seq: int
    hash: str
    entry: Entry


def decided(session: Session, directive: str | None, person: str | None) -> list[Decided]:
    """Every delivery of the directive, of the person, or of both, in order of deciding."""
    given = {"directive": directive, "person": person}
    wanted = [DELIVERY.c[name] == value for name, value in given.items() if value is not None]
    query = select(*_columns(DELIVERY, Decided._fields)).where(*wanted).order_by(DELIVERY.c.id)
    return [Decided(*row) for row in session.connection().execute(query)]


def written(session: Session, ids: Collection[str]) -> dict[str, Written]:
    """The messages of those ids."""
    query = select(*_columns(MESSAGE, Written._fields))
    return {row[0]: Written(*row) for row in _among(session, query, MESSAGE.c.id, ids)}


def given_back(session: Session, people: Collection[str]) -> list[Written]:
    """The messages to these people whose rows went on to a later message, in order of claiming."""
    ended = MESSAGE.c.state.in_(sorted(state.value for state in GIVEN_BACK))
    query = select(*_columns(MESSAGE, Written._fields)).where(ended)
    found = [Written(*row) for row in _among(session, query, MESSAGE.c.person, people)]
    return sorted(found, key=lambda message: (message.claimed_at, message.id))


def transmitted(session: Session, message_ids: Collection[str]) -> list[Transmitted]:
    """The transmissions of those messages, in the order in which their ends were written down."""
    query = select(ATTEMPT.c.id, *_columns(ATTEMPT, Transmitted._fields))
    return [Transmitted(*row[1:]) for row in sorted(_among(session, query, ATTEMPT.c.message_id, message_ids))]


def begun(message: Written) -> bool:
    """Whether anything of it may have left the house: a message called back before is not part of what was said."""
    return message.state != MessageState.ABANDONED


def kept(session: Session, directives: Collection[str]) -> list[Kept]:
    """The entries on those directives, in order."""
    query = select(ENTRY.c.seq, ENTRY.c.hash, ENTRY.c.body)
    found = sorted(_among(session, query, ENTRY.c.directive, directives))
    return [Kept(seq, digest, Entry.model_validate_json(body)) for seq, digest, body in found]


def bodies(session: Session, area: Area, code: str) -> Iterator[str]:
    """What was ever adopted as that part, newest first, also when it is not in force any more."""
    query = select(VERSION.c.body).where(VERSION.c.area == area.value, VERSION.c.code == code)
    yield from session.connection().execute(query.order_by(VERSION.c.id.desc())).scalars()


def last_entry_at(session: Session) -> datetime | None:
    """When the last entry was written down; None in an empty ledger."""
    query = select(ENTRY.c.recorded_at).order_by(ENTRY.c.seq.desc()).limit(1)
    return session.connection().execute(query).scalar_one_or_none()


def hash_at(session: Session, seq: int) -> str | None:
    """The hash of the entry of that number; None where there is none."""
    return session.connection().execute(select(ENTRY.c.hash).where(ENTRY.c.seq == seq)).scalar_one_or_none()


def _columns(table: Table, names: tuple[str, ...]) -> list[ColumnElement[Any]]:
    return [table.c[name] for name in names]


def _among(
    session: Session, query: Select[Any], column: ColumnElement[Any], values: Collection[str]
) -> Iterator[tuple[Any, ...]]:
    for batch in in_batches(sorted(values)):
        yield from map(tuple, session.connection().execute(query.where(column.in_(batch))))
