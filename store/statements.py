"""What both engines say alike, in a dialect each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

Thing = TypeVar("Thing")
AT_ONCE = 500
"""Rows or keys in one statement; SQLite takes 32,766 parameters, PostgreSQL 65,535."""


def insert_into(session: Session, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def in_batches(things: Sequence[Thing]) -> Iterator[list[Thing]]:
    """The things, at most AT_ONCE at a time, in order."""
    rest = iter(things)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch
