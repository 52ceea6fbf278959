"""What an admin has to be told: written down first, so that it is said even if the process dies before."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select as columns_of
from sqlmodel import Session, SQLModel, and_, col, exists, func, insert, or_, select, update

from domain.frozen import Frozen, Instant
from store.tables import NoticeRow

_NOTICE = SQLModel.metadata.tables["notice"].c
_WAITING = columns_of(func.count()).where(_NOTICE["told_at"].is_(None))
"""Asked with every decision: made once, and of the table itself, it takes a quarter of the time."""
QUIET = timedelta(hours=24)
"""The same matter is not told twice within so long."""


class Notice(Frozen):
    """Something that needs a person."""

    id: int
    at: Instant
    about: str
    """The channel that does not work, and is not used to say so; empty: none."""
    matter: str
    text: str
    """In Vietnamese, for an admin."""


def notice(session: Session, about: str, matter: str, text: str, at: datetime) -> bool:
    """Whether there is something new to tell: the same matter waits already, or was told not long ago."""
    waits = or_(col(NoticeRow.told_at).is_(None), col(NoticeRow.at) > at - QUIET)
    same = exists().where(col(NoticeRow.about) == about, col(NoticeRow.matter) == matter, waits)
    if session.exec(select(same)).one():
        return False
    session.exec(insert(NoticeRow).values(at=at, about=about, matter=matter, text=text, told_at=None, told=None))
    return True


def untold(session: Session) -> tuple[Notice, ...]:
    """What nobody was told yet, the oldest first."""
    query = select(NoticeRow).where(col(NoticeRow.told_at).is_(None)).order_by(col(NoticeRow.id))
    fields = set(Notice.model_fields)
    return tuple(Notice.model_validate(row.model_dump(include=fields)) for row in session.exec(query))


def tell(session: Session, ids: list[int], how: str, at: datetime) -> int:
    """How many notices are now told; those another worker told meanwhile are not among them."""
    waiting = update(NoticeRow).where(col(NoticeRow.id).in_(ids), col(NoticeRow.told_at).is_(None))
    return session.exec(waiting.values(told_at=at, told=how)).rowcount


def withdraw(session: Session, about: str, person: str, why: str, at: datetime) -> int:
    """How many notices need not be told any more: the channel works, and so does it for that person.

    That an address of theirs was refused there may also be told by any way: it is no fault of the channel.
    """
    matter, here = col(NoticeRow.matter), col(NoticeRow.about) == about
    of_channel = and_(here, or_(matter.not_like("refused:%"), matter.like(f"refused:{person}:%")))
    theirs = or_(of_channel, matter.like(f"refused:{person}:{about}:%"))
    waiting = update(NoticeRow).where(theirs, col(NoticeRow.told_at).is_(None))
    return session.exec(waiting.values(told_at=at, told=why)).rowcount


def newest(session: Session, limit: int) -> tuple[tuple[Notice, str | None], ...]:
    """The latest notices, newest first, each with how it was told; None: it waits."""
    query = select(NoticeRow).order_by(col(NoticeRow.id).desc()).limit(limit)
    fields = set(Notice.model_fields)
    return tuple((Notice.model_validate(row.model_dump(include=fields)), row.told) for row in session.exec(query))


def count_untold(session: Session) -> int:
    """How many wait."""
    return int(session.execute(_WAITING).scalar_one())
