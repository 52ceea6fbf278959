"""`smtplib` with an end to its patience: the whole conversation over a message has a last moment, not only each read.

A server that says one byte a second never meets a timeout of its own; the lease on the message would run out first.
"""

from __future__ import annotations

import io
import smtplib
import socket
import time
from functools import cache
from typing import Any

from channels.smtp import Smtp, tls_context


class Patient(smtplib.SMTP):
    """A client that gives up after the server's `timeout` of silence, and at the end of its `patience` in any case."""

    def __init__(self, smtp: Smtp) -> None:
        """Connect and hear the greeting. Raises OSError, smtplib.SMTPException."""
        self._server = smtp
        self.begin()
        super().__init__(smtp.host, smtp.port, local_hostname=_own_name(), timeout=smtp.timeout)

    def begin(self, patience: float | None = None) -> None:
        """Start the time of one conversation: `patience` seconds, or as the server is set up."""
        self._until = time.monotonic() + (self._server.patience if patience is None else patience)

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        """Open the socket, encrypted from the start where the server wants it so."""
        sock = socket.create_connection((host, port), self.timeout, source_address)
        # Without it the end of a message waits for the server's word on its beginning: one more way there and back.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._server.implicit_tls:
            sock = tls_context(self._server.ca_file).wrap_socket(sock, server_hostname=host)
        self.sock, self.file = sock, None
        return self.getreply()

    def send(self, s: Any) -> None:
        """As smtplib does, within the time that is left."""
        self.on_time()
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """As smtplib does, within the time that is left."""
        if self.file is None:
            self.file = io.BufferedReader(_Ear(self))
        return super().getreply()

    def on_time(self) -> socket.socket:
        """The socket, allowed to wait as long as there is time. Raises TimeoutError, SMTPServerDisconnected."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("kết nối đã đóng")
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("hết thời gian chờ máy chủ thư")
        self.sock.settimeout(min(left, self.timeout))
        return self.sock


class _Ear(io.RawIOBase):
    """What the server says, as long as there is time to listen."""

    def __init__(self, client: Patient) -> None:
        super().__init__()
        self._client = client

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._client.on_time().recv_into(buffer)


@cache
def _own_name() -> str:
    """How we greet: looked up once, since a machine with a slow resolver takes seconds for it."""
    name = socket.getfqdn()
    return name if "." in name else "[127.0.0.1]"
