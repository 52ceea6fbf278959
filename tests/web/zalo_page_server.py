"""An office's web application as a process: `python -m tests.web.zalo_page_server HOME MOMENT PORT [WHEN]`.

Prints its address. With WHEN it kills itself at the first event: `before` what follows from it is committed, or
`after` that, before anything is said.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, event

from actions.office import open_office
from channels.zalo.events import Happening
from config.settings import load
from tests.zalo_world import Clock, Overheard, opened_desk
from web.app import create_app
from web.office_book import OfficeBook
from web.serve import Served


def die(_connection: Connection | None = None) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying(Overheard):
    """Hears one event, and is gone before it can say a word."""

    def hear(self, happening: Happening) -> None:  # type: ignore[override]
        super().hear(happening)
        die()


def main(home: str, moment: str, port: str, when: str = "") -> None:
    """Serve until killed."""
    office = open_office(load(Path(home)))
    desk = opened_desk(office, Clock(datetime.fromisoformat(moment)))
    if when == "before":
        event.listen(office.store.engine, "commit", die)
    ears = Dying(desk) if when == "after" else Overheard(desk)
    app = create_app(OfficeBook(office), office.settings.signing_secret(), timedelta(days=45), zalo=ears)
    with Served(app, int(port), "-") as served:
        sys.stdout.write(f"{served.address}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
