"""Who is signed in on which browser: found by the hash of the cookie's token."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns_of
from sqlmodel import Session, SQLModel, col, insert, select, update

from domain.frozen import Frozen, Instant
from store.tables_access import WebSessionRow


class WebSession(Frozen):
    """A person signed in on one browser."""

    hash: str
    person: str
    way: str
    began_at: Instant
    seen_at: Instant
    expires_at: Instant


_ROW = SQLModel.metadata.tables["web_session"].c
_FOUND = columns_of(*(_ROW[name] for name in WebSession.model_fields)).where(
    _ROW["hash"] == bindparam("digest"), _ROW["ended_at"].is_(None), _ROW["expires_at"] > bindparam("now")
)
"""Asked with every page: made once, and of the table itself."""


def begin(session: Session, digest: str, person: str, way: str, at: datetime, until: datetime) -> None:
    """The browser that holds the token acts for the person until then."""
    values = {"hash": digest, "person": person, "way": way, "began_at": at, "seen_at": at}
    session.exec(insert(WebSessionRow).values(**values, expires_at=until, ended_at=None))


def find(session: Session, digest: str, at: datetime) -> WebSession | None:
    """The session of the token, while it holds."""
    row = session.execute(_FOUND, {"digest": digest, "now": at}).mappings().one_or_none()
    return None if row is None else WebSession.model_validate(row)


def seen(session: Session, digest: str, at: datetime, until: datetime) -> None:
    """It is in use: it holds until then."""
    session.exec(update(WebSessionRow).where(col(WebSessionRow.hash) == digest).values(seen_at=at, expires_at=until))


def end(session: Session, at: datetime, *, digest: str = "", person: str = "") -> int:
    """End the session of the token, or all of the person: how many."""
    which = col(WebSessionRow.hash) == digest if digest else col(WebSessionRow.person) == person
    open_ = update(WebSessionRow).where(which, col(WebSessionRow.ended_at).is_(None))
    return session.exec(open_.values(ended_at=at)).rowcount


def sessions_of(session: Session, at: datetime) -> tuple[WebSession, ...]:
    """Everybody who is signed in, the last seen first."""
    holds = (col(WebSessionRow.ended_at).is_(None), WebSessionRow.expires_at > at)
    rows = session.exec(select(WebSessionRow).where(*holds).order_by(col(WebSessionRow.seen_at).desc()))
    return tuple(WebSession.model_validate(row.model_dump(include=set(WebSession.model_fields))) for row in rows)
