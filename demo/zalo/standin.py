"""The running stand-in: one server on loopback for all of Zalo's, and the page of the phones."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from fastapi import FastAPI

from demo.zalo.account import Account
from demo.zalo.api import Desk
from demo.zalo.faults import Faults
from demo.zalo.grants import Grants
from demo.zalo.keeping import Bubbles
from demo.zalo.pages import fingers, pages
from demo.zalo.postman import REPEATS, Postman
from web.guard import guard
from web.serve import Served

OA_ID = "1000000000000000001"
APP_ID = "4000000000000000001"
SETTING = "DONDOC_ZALO_PORT"


class Standin:
    """An Official Account, an application and a bot that exist here alone; a context manager that ends them."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        port: int = 0,
        folder: Path | None = None,
        web_address: str | None = None,
        token_clock: Callable[[], datetime] | None = None,
        repeats: Sequence[float] = REPEATS,
    ) -> None:
        """Listen on the port (0: any free one); tokens age by `token_clock`, where it is another.

        `repeats`: seconds after which an event that was not taken is told again.

        Raises web.serve.PortBusyError.
        """
        self.app_secret, self.oa_secret, self.bot_token = (secrets.token_urlsafe(24) for _ in range(3))
        self.faults = Faults()
        self.grants = Grants(APP_ID, self.app_secret, token_clock or clock)
        self.postman = Postman(APP_ID, self.oa_secret, repeats)
        self.account = Account(OA_ID, clock, Bubbles(folder / "bubbles.jsonl" if folder else None), self.postman)
        app = FastAPI(title="Zalo minh hoạ", openapi_url=None)
        app.middleware("http")(guard)
        app.include_router(Desk(self.account, self.grants, self.faults, self.bot_token).routes())
        app.include_router(pages(self.account, web_address))
        app.include_router(fingers(self.account))
        try:
            self.server = Served(app, port, SETTING)
        except BaseException:
            self.postman.stop()
            raise

    @property
    def address(self) -> str:
        """Where all of it is reached, without a trailing slash."""
        return self.server.address.rstrip("/")

    def stop(self) -> None:
        """Close; the bubbles on disk stay."""
        self.server.stop()
        self.postman.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()
