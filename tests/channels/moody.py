"""Mail servers with a mind of their own: what they do at one step of one conversation, in the middle of a round."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.channels.postoffice import Script

HANG_UP = ""


@dataclass
class Moody(Script):
    """Answers `moods[step, number]` at the `number`-th time (from 1 on) a step is reached; HANG_UP closes the line."""

    moods: dict[tuple[str, int], str] = field(default_factory=dict)
    offers: tuple[str, ...] = ()
    limit: int = 0
    """Messages over one connection, after which MAIL is answered with 421; 0: any number."""
    steps: Counter[str] = field(default_factory=Counter)
    log: list[str] = field(default_factory=list)

    def _mood(self, server: SMTP, step: str, usual: str) -> str:
        self.log.append(step)
        self.steps[step] += 1
        mood = self.moods.get((step, self.steps[step]), usual)
        if mood == HANG_UP:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return mood or "250 OK"

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self._mood(server, "EHLO", "250 OK")
        return [*responses[:-1], *(f"250-{offer}" for offer in self.offers), responses[-1]]

    async def handle_RSET(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        return self._mood(server, "RSET", "250 OK")

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        given = getattr(session, "given", 0)
        if self.limit and given >= self.limit:
            return self._mood(server, "MAIL", "421 4.7.0 too many messages over this connection")
        answer = self._mood(server, "MAIL", self.mail)
        await super().handle_MAIL(server, session, envelope, address, options)
        return answer

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._mood(server, "RCPT", self.rcpt)
        if answer.startswith("250"):
            await super().handle_RCPT(server, session, envelope, address, options)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        session.given = getattr(session, "given", 0) + 1  # type: ignore[attr-defined]
        answer = self._mood(server, "DATA", self.data)
        if answer.startswith("250"):
            self.taken.append(envelope)
        return answer

    async def handle_QUIT(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        return self._mood(server, "QUIT", self.quit)


_USUAL = {"EHLO": b"250 hello", "DATA": b"354 go on", "end": b"250 taken", "QUIT": b"221 bye"}


@dataclass
class Crude:
    """Knows no SMTP: says to each command what it is told to, `end` being the end of a message. Nothing: hangs up."""

    said: dict[str, bytes] = field(default_factory=dict)
    pause: float = 0.0
    """Seconds before each byte; 0: all at once."""
    heard: list[str] = field(default_factory=list)

    def converse(self, connection: socket.socket) -> None:
        """One conversation, to its end."""
        connection.sendall(b"220 hello\r\n")
        inside = False
        with connection.makefile("rb") as lines:
            for line in lines:
                if inside and line != b".\r\n":
                    continue
                word = "end" if inside else line[:4].decode().strip().upper()
                self.heard.append(word)
                reply = self.said.get(word, _USUAL.get(word, b"250 fine"))
                inside = word == "DATA" and reply.startswith(b"354")
                if not reply:
                    return
                self._say(connection, reply + b"\r\n")

    def _say(self, connection: socket.socket, reply: bytes) -> None:
        for piece in [reply[at : at + 1] for at in range(len(reply))] if self.pause else [reply]:
            time.sleep(self.pause)
            connection.sendall(piece)


@contextmanager
def crude_server(crude: Crude) -> Iterator[int]:
    """Serves one conversation at a time, on the port it yields."""

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                with suppress(OSError), connection:
                    crude.converse(connection)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield int(server.getsockname()[1])
        server.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)
