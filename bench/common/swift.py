"""A mail server in a process of its own that says yes, and keeps of each letter no more than its Message-ID.

A real server takes its time (sink.py); on this one none is lost: it looks for the end of a letter and for one header,
and reads nothing else, so that what is measured is the sender.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

from config.settings import ROOT

HOST = "127.0.0.1"
_END = b"\r\n.\r\n"
_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Taken(NamedTuple):
    """What a server has taken since it was last asked."""

    letters: int
    different: int
    """Message-IDs among them."""


class Server:
    """The server as its user sees it."""

    def __init__(self, asked: IO[str], answered: IO[str]) -> None:
        self._asked, self._answered = asked, answered
        self.port = int(answered.readline())

    def taken(self) -> Taken:
        """What it has taken since it was last asked."""
        print(file=self._asked, flush=True)
        letters, different = self._answered.readline().split()
        return Taken(int(letters), int(different))


class Line(asyncio.Protocol):
    """One dialogue. `offers` are extensions the server names; the Message-IDs it takes go into `ids`."""

    def __init__(self, offers: tuple[str, ...], ids: list[bytes]) -> None:
        self._offers, self._ids = offers, ids
        self._heard = bytearray()
        self._searched = 0
        """So much of a letter has no end in it."""
        self._in_letter = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._say("220 sink.example ESMTP")

    def data_received(self, data: bytes) -> None:
        """Answer every command and every letter that is complete."""
        self._heard += data
        while self._letter() if self._in_letter else self._command():
            pass

    def _command(self) -> bool:
        line, found, rest = self._heard.partition(b"\r\n")
        if not found:
            return False
        self._heard = rest
        verb = bytes(line[:4]).upper()
        if verb == b"EHLO":
            told = ("sink.example", "8BITMIME", *self._offers)
            self._say("\r\n".join([*(f"250-{one}" for one in told), "250 HELP"]))
        elif verb == b"DATA":
            self._in_letter, self._searched = True, 0
            self._say("354 go on")
        elif verb == b"QUIT":
            self._say("221 bye")
            self._transport.close()
        else:
            self._say("250 OK")
        return True

    def _letter(self) -> bool:
        end = self._heard.find(_END, self._searched)
        if end < 0:
            self._searched = max(0, len(self._heard) - len(_END))
            return False
        found = _MESSAGE_ID.search(self._heard, 0, end)
        self._ids.append(bytes(found[1]) if found else b"")
        del self._heard[: end + len(_END)]
        self._in_letter = False
        self._say("250 taken")
        return True

    def _say(self, line: str) -> None:
        self._transport.write(f"{line}\r\n".encode())


async def _serve(offers: tuple[str, ...]) -> None:
    """Say the port on standard output, answer each line with what was taken, and end with standard input."""
    ids: list[bytes] = []
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(offers, ids), HOST, 0)
    async with server:
        print(server.sockets[0].getsockname()[1], flush=True)
        while await loop.run_in_executor(None, sys.stdin.readline):
            print(len(ids), len(set(ids)), flush=True)
            ids.clear()


@contextmanager
def swift_server(*offers: str) -> Iterator[Server]:
    """The server, for the time of the block."""
    command = [sys.executable, "-m", "bench.common.swift", *offers]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Server(process.stdin, process.stdout)
        finally:
            process.stdin.close()


if __name__ == "__main__":
    asyncio.run(_serve(tuple(sys.argv[1:])))
