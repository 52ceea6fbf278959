"""An application served on loopback, in a thread of this process."""

from __future__ import annotations

import errno
import socket
import threading
import time
from types import TracebackType
from typing import Self

import uvicorn
from fastapi import FastAPI

HOST = "127.0.0.1"
_PATIENCE = 10.0
"""Seconds for a server to come up or go down."""


class PortBusyError(OSError):
    """Another program listens on the port; the message names the setting that moves ours."""

    def __init__(self, port: int, setting: str) -> None:
        super().__init__(
            f"Cổng {port} trên máy này đang được chương trình khác sử dụng. "
            f"Hãy dừng chương trình đó hoặc đặt {setting} sang cổng khác."
        )


def listen(port: int, setting: str) -> socket.socket:
    """A listening socket on loopback; port 0: any free one. Raises PortBusyError, naming `setting` as the way out."""
    # The protocol is named because asyncio switches Nagle's delay (40 ms an answer) off only where it is.
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((HOST, port))
        server.listen()
    except OSError as error:
        server.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise PortBusyError(port, setting) from error
        raise
    return server


class Served:
    """A running server; a context manager that stops it."""

    def __init__(self, app: FastAPI, port: int, setting: str) -> None:
        """Listen and serve. Raises PortBusyError."""
        self._socket = listen(port, setting)
        self.port: int = self._socket.getsockname()[1]
        # Addresses of pages are keys: they are kept out of the log, and our name out of the answers.
        config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name=f"web-{self.port}", daemon=True
        )
        self._thread.start()
        self._await_start()

    @property
    def address(self) -> str:
        """The address of its first page."""
        return f"http://{HOST}:{self.port}/"

    def stop(self) -> None:
        """Finish what is being answered, then end."""
        self._server.should_exit = True
        self._thread.join(_PATIENCE)
        self._socket.close()

    def _await_start(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError(f"trang web ở cổng {self.port} không khởi động được")
            time.sleep(0.01)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()
