"""Barriers between and inside the transactions of a worker, where no mail server stands: there it dies, or is stopped.

Installed in a process that was forked for one command. They go by the statements themselves, so that they hold
whatever function makes them.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, event


class Moment(StrEnum):
    """Where a worker stands."""

    PLANNED = "planned"
    """Rows are planned and committed; nothing is claimed."""
    CLAIMING = "claiming"
    """The message is written into the claim, which is not committed."""
    CLAIMED = "claimed"
    """The claim is committed; no transmission has begun."""
    HEARD = "heard"
    """The server has said 250, and nothing of it is written down."""
    LOGGING = "logging"
    """The end is in the log of attempts, and not committed."""
    FINISHING = "finishing"
    """All of the end is written, and not committed."""
    FINISHED = "finished"
    """The end is committed."""


_WRITES = {
    Moment.PLANNED: "INSERT INTO delivery",
    Moment.CLAIMED: "INSERT INTO message",
    Moment.FINISHED: "INSERT INTO attempt",
}
"""What a transaction has written by whose end the moment is reached."""


@dataclass
class Trap:
    """Sends the worker `signal` at the `nth` time the moment comes."""

    moment: Moment
    signal: int = signal.SIGKILL
    nth: int = 1
    broken: bool = False
    """Not a signal to the worker, but the end of its connection to PostgreSQL."""
    written: str = ""
    """Statements of the transaction that is open."""
    committed: str = ""
    """Statements of the one before."""

    def set(self) -> None:
        """Watch every engine of this process from now on."""
        watch: list[tuple[str, Callable[..., None]]] = [
            ("after_cursor_execute", self._wrote),
            ("begin", self._began),
            ("commit", self._committing),
        ]
        for name, watcher in watch:
            event.listen(Engine, name, watcher)

    def _wrote(self, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        self.written += f"{statement}\n"
        if self.moment is Moment.CLAIMING and statement.startswith("INSERT INTO message"):
            self._close(connection)
        if self.moment is Moment.LOGGING and statement.startswith("INSERT INTO attempt"):
            self._close(connection)

    def _committing(self, connection: Connection) -> None:
        if self.moment is Moment.FINISHING and "INSERT INTO attempt" in self.written:
            self._close(connection)
        self.committed, self.written = self.written, ""

    def _began(self, connection: Connection) -> None:
        committed, self.written = self.committed, ""
        if self.moment in _WRITES and _WRITES[self.moment] in committed:
            self.committed = ""
            self._close(connection)
        if self.moment is Moment.HEARD and _transmitting(connection):
            self._close(connection)

    def _close(self, connection: Connection) -> None:
        self.nth -= 1
        if self.nth == 0 and self.broken:
            connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        elif self.nth == 0:
            os.kill(os.getpid(), self.signal)


def _transmitting(connection: Connection) -> bool:
    found = connection.exec_driver_sql("SELECT count(*) FROM message WHERE state = 'transmitting'")
    return bool(found.scalar())
