"""The demonstration's Zalo: its account, the phones of its people, and what their owners do while the year goes by."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import Self

from fastapi import FastAPI

from actions.office import Office
from config.settings import Settings
from config.zalo import load_zalo
from demo.zalo.people import Reader
from demo.zalo.setup import ON_ZALO, give_tokens, introduce, settings_of, settle_in
from demo.zalo.standin import Standin
from domain.clocktime import at
from web.guard import WEBHOOK
from web.serve import Served
from web.zalo_office import zalo_desk_of
from web.zalo_webhook import zalo_routes

FOLDER = "zalo"
"""Under the home."""
GREETS_AFTER = timedelta(days=6)
"""Who wants to be reminded on Zalo lets hear of themselves before the seven days are over."""
SILENT, SILENT_FROM = "chu-tich-xa-hung-vu-bac-son", at(date(2024, 9, 1))
"""Who no longer does from some day on: once the seven days are over, their reminders come by e-mail."""
RECEIPT_AFTER = 0.1
"""Seconds: a phone is slower than the office is in writing down that the message was taken."""
REPEATS = (0.5, 1.0, 2.0, 30.0, 300.0)
"""Seconds: a year goes by in minutes here, and a busy machine may be late with an answer."""
ANSWER_WITHIN = 2.5
"""Seconds for which the page of a phone waits for the office's answer."""
_PATIENCE = 3.0
"""Seconds to wait for events on their way."""


@dataclass
class Lived:
    """The moment the demonstration has come to."""

    moment: datetime


class Phones:
    """The running stand-in of a demonstration; a context manager that ends it."""

    def __init__(self, ours: Settings, start: datetime, end: datetime) -> None:
        """Listen on DONDOC_ZALO_PORT, and tell the home. Tokens age by the office's clock, which stands at `end`.

        Raises web.serve.PortBusyError.
        """
        self._lived, self._start, self._end = Lived(start), start, end
        port, folder = load_zalo(ours.home).port, ours.home / FOLDER
        self.standin = Standin(self._now, port, folder, ours.address, token_clock=lambda: end, repeats=REPEATS)
        self.standin.account.receipt_after, self.standin.account.patience = RECEIPT_AFTER, ANSWER_WITHIN
        self._readers: dict[str, Reader] = {}
        settle_in(ours.home, settings_of(self.standin))

    @property
    def address(self) -> str:
        """The page of the phones."""
        return self.standin.server.address

    def join(self, office: Office) -> None:
        """Enter the tokens, and link the people: again and again without harm."""
        known = {one.code: one for one in office.configuration().rules.office.people}
        give_tokens(self.standin, office.store, office.settings.home, self._end)
        people = {code: known[code] for code in ON_ZALO if code in known}
        self._readers = introduce(self.standin, office.store, people, self._start)

    @contextmanager
    def heard_by(self, office: Office) -> Iterator[None]:
        """While the year is lived, events reach the office by its own webhook, on the year's clock."""
        desk = zalo_desk_of(office, self._now)
        if desk is None:
            yield
            return
        app = FastAPI(openapi_url=None)
        app.include_router(zalo_routes(desk))
        with Served(app, 0, "-") as served:
            self.tell(served.address)
            yield
            self.live(self._end)
            self._settled()
            self.standin.postman.address = ""

    def live(self, moment: datetime) -> None:
        """Come to that moment, with nothing on its way from the one before: who was silent for six days greets."""
        self._settled()
        self._lived.moment = moment
        late = [
            reader
            for code, reader in self._readers.items()
            if (code != SILENT or moment < SILENT_FROM) and _silent(reader, moment)
        ]
        for reader in late:
            self.standin.account.greets(reader.user)
        if late:
            self._settled()

    def tell(self, address: str) -> None:
        """Where the office's web application is: events go there from now on."""
        self.standin.postman.address = address.rstrip("/") + WEBHOOK

    def _now(self) -> datetime:
        return self._lived.moment

    def _settled(self) -> None:
        """Wait until every event on its way has been answered."""
        deadline = time.monotonic() + _PATIENCE
        while not self.standin.postman.idle() and time.monotonic() < deadline:
            time.sleep(0.01)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.standin.stop()


def _silent(reader: Reader, moment: datetime) -> bool:
    return reader.heard is None or moment - reader.heard > GREETS_AFTER
