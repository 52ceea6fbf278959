"""A replay to be killed: `python -m tests.stories.replayed.replayer HOME END [STATE]`.

Says `ready` when all is loaded, and begins when its standard input says `go`. With a STATE it kills itself as soon as a
transaction begins and finds a message left in that state: a barrier between two commits, where no mail server stands.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, event

from actions.office import Office, open_office
from config.settings import load
from tests.stories.replayed.replaying import live_plainly


def die_between_commits(office: Office, state: str) -> None:
    """At the first transaction that begins with a message in `state` the process is gone."""

    def look(connection: Connection) -> None:
        if connection.exec_driver_sql("SELECT count(*) FROM message WHERE state = ?", (state,)).scalar():
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(office.store.engine, "begin", look)


if __name__ == "__main__":
    home, end, *states = sys.argv[1:]
    office = open_office(load(Path(home)))
    for state in states:
        die_between_commits(office, state)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    live_plainly(office, datetime.fromisoformat(end))
