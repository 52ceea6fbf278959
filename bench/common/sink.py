"""A mail server in a process of its own that says yes and keeps nothing."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config.settings import ROOT

HOST = "127.0.0.1"


class Sink:
    """Takes every letter. `offers` are extensions it names beside its own."""

    def __init__(self, offers: tuple[str, ...]) -> None:
        self._offers = offers

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Greet."""
        session.host_name = hostname
        return [*responses[:-1], *(f"250-{offer}" for offer in self._offers), responses[-1]]

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Say yes."""
        return "250 OK"


def _serve(offers: tuple[str, ...]) -> None:
    """Say the port on standard output, and serve until standard input ends."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    controller = Controller(Sink(offers), hostname=HOST, port=port)
    controller.start()
    print(port, flush=True)
    sys.stdin.read()
    controller.stop()


@contextmanager
def sink(*offers: str) -> Iterator[int]:
    """The server's port, for the time of the block."""
    command = [sys.executable, "-m", "bench.common.sink", *offers]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()


if __name__ == "__main__":
    _serve(tuple(sys.argv[1:]))
