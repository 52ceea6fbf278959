"""When each directive has to be looked at again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns_of
from sqlmodel import Session, SQLModel, col, exists, func, or_, select, update

from store.statements import insert_into
from store.tables import EntryRow, MomentRow

_MOMENT = SQLModel.metadata.tables["moment"].c
_OWED = columns_of(_MOMENT["next_moment"]).where(_MOMENT["directive"] == bindparam("directive"))
"""Asked with every statement: made once, and of the table itself, it takes a quarter of the time."""


def set_next(session: Session, directive: str, next_moment: datetime | None, evaluated_at: datetime, seen: int) -> None:
    """Remember that the directive was evaluated, and when to look again; None when only a new entry can change it.

    `seen` is `ledger.head(session).count`, taken before the entries were read: an entry recorded while the evaluation
    ran then calls for another look, and no wake-up is lost.
    """
    row = {"next_moment": next_moment, "evaluated_at": evaluated_at, "seen": seen}
    insertion = insert_into(session, MomentRow).values(directive=directive, **row)
    session.exec(insertion.on_conflict_do_update(index_elements=["directive"], set_=row))


def due_for_look(session: Session, at: datetime) -> tuple[str, ...]:
    """The directives whose moment has come, or of which something was recorded since the last look; earliest first.

    One looked at later than `at` is among them: the clock was wrong, then or now, and its moment with it.
    """
    news = exists().where(col(EntryRow.directive) == MomentRow.directive, col(EntryRow.seq) > MomentRow.seen)
    query = (
        select(MomentRow.directive)
        .where(or_(col(MomentRow.next_moment) <= at, col(MomentRow.evaluated_at) > at, news))
        .order_by(col(MomentRow.next_moment).nulls_last(), MomentRow.directive)
    )
    return tuple(session.exec(query))


def call_for_look(session: Session, directive: str, at: datetime) -> None:
    """The directive has to be looked at again `at` that instant, if not before; nothing where it never was."""
    later = or_(col(MomentRow.next_moment).is_(None), col(MomentRow.next_moment) > at)
    session.exec(update(MomentRow).where(col(MomentRow.directive) == directive, later).values(next_moment=at))


def call_for_all(session: Session, at: datetime) -> None:
    """Every directive has to be looked at again `at` that instant, if not before."""
    later = or_(col(MomentRow.next_moment).is_(None), col(MomentRow.next_moment) > at)
    session.exec(update(MomentRow).where(later).values(next_moment=at))


def next_look(session: Session, after: datetime) -> datetime | None:
    """The first moment later than `after` at which any directive has to be looked at."""
    first = select(func.min(MomentRow.next_moment)).where(col(MomentRow.next_moment) > after)
    return session.exec(first).one()


def last_look(session: Session) -> datetime | None:
    """When any directive was last looked at; None before the first look."""
    return session.exec(select(func.max(MomentRow.evaluated_at))).one()


def owed_look(session: Session, directive: str) -> datetime | None:
    """When the directive has to be looked at again; None where only a new entry calls for it."""
    return session.execute(_OWED, {"directive": directive}).scalar_one_or_none()


def looks(session: Session) -> dict[str, tuple[datetime, datetime | None]]:
    """By directive: when it was last evaluated, and when it has to be looked at again."""
    rows = session.exec(select(MomentRow.directive, MomentRow.evaluated_at, MomentRow.next_moment))
    return {directive: (evaluated_at, moment) for directive, evaluated_at, moment in rows}
