"""The demonstration's post office: takes every letter sent to loopback, keeps it in the home, and shows it on a page.

Nothing it is given goes any further.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from demo.maildir import keep
from demo.mailpages import mailbox_pages
from web.serve import HOST, Served, listen

FOLDER = "mail"
"""Under the home."""


class Mailbox:
    """The running post office; a context manager that closes it."""

    def __init__(self, home: Path, smtp_port: int, page_port: int, web_address: str | None = None) -> None:
        """Open both doors, or neither. Raises web.serve.PortBusyError."""
        self.folder = home / FOLDER
        sorting = listen(smtp_port, "DONDOC_SMTP_PORT")
        try:
            self.pages = Served(mailbox_pages(self.folder, web_address), page_port, "DONDOC_MAILBOX_PORT")
        except BaseException:
            sorting.close()
            raise
        self._post = _Post(_Keeper(self.folder), sorting)
        self._post.start()

    @property
    def smtp_port(self) -> int:
        """Where letters are taken."""
        return int(self._post.port)

    def stop(self) -> None:
        """Close both doors; the letters stay."""
        self._post.stop()
        self.pages.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()


def start(home: Path, smtp_port: int, page_port: int, web_address: str | None = None) -> Mailbox:
    """Open the mailbox of a home: SMTP on `smtp_port`, the page on `page_port` (0: any free port), loopback only.

    `web_address` is the page's way back to the office. Raises web.serve.PortBusyError, with the setting to change.
    """
    return Mailbox(home, smtp_port, page_port, web_address)


class _Keeper:
    """Says yes when a letter is on disk, not before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.original_content or b""
        key = await asyncio.to_thread(keep, self._folder, content, envelope.rcpt_tos)
        return f"250 2.0.0 kept as {key}"


class _Post(Controller):
    """aiosmtpd on a socket that listens already: a busy port is known at once, not after its five seconds."""

    def __init__(self, keeper: _Keeper, sorting: socket.socket) -> None:
        super().__init__(keeper, hostname=HOST, port=sorting.getsockname()[1], ident="Don Doc hop thu thu")
        self._sorting = sorting

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._sorting)
