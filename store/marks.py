"""Marks: words about the store itself, such as what kind of office it belongs to."""

from __future__ import annotations

from sqlmodel import Session, select

from store.statements import insert_into
from store.tables import MarkRow


def read_mark(session: Session, name: str) -> str | None:
    """The value of the mark; None when it was never set."""
    return session.exec(select(MarkRow.value).where(MarkRow.name == name)).one_or_none()


def set_mark(session: Session, name: str, value: str) -> None:
    """Set the mark, over an earlier value."""
    insertion = insert_into(session, MarkRow).values(name=name, value=value)
    session.exec(insertion.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
