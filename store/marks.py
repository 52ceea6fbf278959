"""Marks: words about the store itself, such as what kind of office it belongs to."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlmodel import Session, SQLModel

from store.statements import insert_into
from store.tables import MarkRow

_MARK = SQLModel.metadata.tables["mark"].c
_NAMED = select(_MARK["value"]).where(_MARK["name"] == bindparam("name"))
"""Asked with every statement: made once, and of the table itself, it takes a quarter of the time."""


def read_mark(session: Session, name: str) -> str | None:
    """The value of the mark; None when it was never set."""
    return session.execute(_NAMED, {"name": name}).scalar_one_or_none()


def set_mark(session: Session, name: str, value: str) -> None:
    """Set the mark, over an earlier value."""
    insertion = insert_into(session, MarkRow).values(name=name, value=value)
    session.exec(insertion.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
