"""How far the log of transmissions has come, in a file outside the database: a restored backup is behind it.

The log is only ever appended to. Its last line, by number and content, is therefore still there whatever happens,
unless the database itself went back in time.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Row
from sqlmodel import Session, SQLModel, desc

from store.chain import utc_text
from store.head import EMPTY, Head

ATTEMPT = SQLModel.metadata.tables["attempt"]


def last_attempt(session: Session) -> Head:
    """The number and the hash of the last line; EMPTY where nothing was ever sent."""
    row = session.connection().execute(ATTEMPT.select().order_by(desc(ATTEMPT.c.id)).limit(1)).one_or_none()
    return EMPTY if row is None else _head(row)


def still_there(session: Session, kept: Head) -> bool:
    """Whether the line that was once the last is still in the log, unchanged."""
    if kept == EMPTY:
        return True
    row = session.connection().execute(ATTEMPT.select().where(ATTEMPT.c.id == kept.count)).one_or_none()
    return row is not None and _head(row) == kept


def _head(row: Row[tuple[object, ...]]) -> Head:
    said = "\n".join([str(row.id), row.message_id, str(row.number), utc_text(row.at), row.outcome])
    return Head(count=row.id, hash=hashlib.sha256(said.encode()).hexdigest())
