"""What other processes do in the tests: `python -m tests.store.worker WHAT URL HEAD_FILE NUMBER`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from sqlmodel import Session

from store import Store, open_store, session, upgrade
from store.ledger import append
from tests.store.builders import entry

EACH = 25


def append_many(office: Store, number: int) -> None:
    """25 entries, each in a transaction of its own, on a store whose tables may not be there yet."""
    upgrade(office)
    for count in range(EACH):
        with session(office) as opened:
            append(opened, entry(1000 * number + count))


def die_after_commit(office: Store, number: int) -> None:
    """The commit succeeds; the process is killed before the head file is written."""
    with Session(office.engine) as opened, opened.begin():
        append(opened, entry(number))
    os.kill(os.getpid(), signal.SIGKILL)


def die_before_commit(office: Store, number: int) -> None:
    """The process is killed with the entry written and not committed."""
    with Session(office.engine) as opened, opened.begin():
        append(opened, entry(number))
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    what, url, head_file, number = sys.argv[1:]
    {"append": append_many, "die_after": die_after_commit, "die_before": die_before_commit}[what](
        open_store(url, Path(head_file)), int(number)
    )
