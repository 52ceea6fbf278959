"""An open office: settings, store, adopted configuration, way out. What every entry point starts from."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from actions.compose import Desk
from actions.courier import Courier
from actions.overlook import Memory, Overlook
from actions.regression import note_sent
from actions.ways_out import alarms_of, post_through, zalo_for
from channels.pool import Pool
from config import clock
from config.reading import Configuration
from config.settings import Settings, load
from store import Store, open_store, reading, require


@dataclass(frozen=True)
class Office:
    """Settings and store of one home."""

    settings: Settings
    store: Store
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)
    """Of this process."""

    def moment(self) -> datetime:
        """This office's clock: read once per decision, then passed on."""
        return clock.now(self.settings)

    def configuration(self) -> Configuration:
        """What is adopted now. Raises IncompleteError before the first adoption."""
        with reading(self.store) as opened:
            return self.memory.configuration(opened)

    def overlook(self) -> Overlook:
        """The whole book now. Raises IncompleteError before the first adoption."""
        with reading(self.store) as opened:
            return self.memory.look(opened, self.moment)

    def courier(self) -> Courier:
        """Who delivers for this office from this process."""
        ours, pool = self.settings, Pool()
        post = post_through(ours, pool, zalo_for(ours, self.store, self.moment))
        worker = f"{socket.gethostname()}-{os.getpid()}"

        def end() -> None:
            pool.close()
            note_sent(self.store)

        return Courier(self.store, Desk.of(ours), post, worker, end, alarms_of(ours))


def open_office(settings: Settings | None = None) -> Office:
    """The office of the settings (default: of the environment). Raises MissingStoreError on a home without a ledger."""
    ours = settings or load()
    require(ours.database)
    return Office(ours, open_store(ours.database, ours.head_file))


@contextmanager
def opened_office(settings: Settings | None = None) -> Iterator[Office]:
    """The office for the time of one command; its connections are closed afterwards."""
    office = open_office(settings)
    try:
        yield office
    finally:
        office.store.engine.dispose()
