"""A transaction that is made again when the database, not the work, was the reason it failed.

For what must not get lost once the world has moved on, above all the end of a transmission: a letter that was taken and
is not written down would be sent twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from store.engine import Store, session
from store.failures import UnusableStoreError

Answer = TypeVar("Answer")
PAUSES = (0.05, 0.2, 1.0, 3.0, 6.0)
"""Seconds before each further try; together a restart of the server, and less than a lease."""
_CLASSES = ("40", "57P", "08", "55P03")
"""SQLSTATEs that pass: serialization and deadlock, shutdown and start-up, connection, lock not available."""


def insist(store: Store, work: Callable[[Session], Answer]) -> Answer:
    """What `work` returns, done in one transaction of its own, tried again while the database fails it in passing.

    A commit of which nobody heard the answer may be made twice: `work` must bear that. It is done even where the
    database has been upgraded meanwhile: the end of what was begun before. Raises what the last try raised.
    """
    for pause in PAUSES:
        try:
            return _once(store, work)
        except (DBAPIError, UnusableStoreError) as error:
            if not passes(error):
                raise
            time.sleep(pause)
    return _once(store, work)


def passes(error: Exception) -> bool:
    """Whether the same transaction may succeed a moment later."""
    cause = error if isinstance(error, DBAPIError) else error.__cause__
    if not isinstance(cause, DBAPIError):
        return False
    state = getattr(cause.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_CLASSES)
    return cause.connection_invalidated or _unanswered(cause) or "database is locked" in str(cause.orig)


def _unanswered(error: DBAPIError) -> bool:
    """Whether no server was there to give a code: psycopg says so without one."""
    return type(error.orig).__module__.startswith("psycopg")


def _once(store: Store, work: Callable[[Session], Answer]) -> Answer:
    with session(store, any_version=True) as opened:
        return work(opened)
