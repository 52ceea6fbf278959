"""A mail server at whose steps something may happen to its client, and the client that is killed there."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from config.settings import ROOT
from domain.clocktime import iso
from tests.channels.postoffice import Script


@dataclass
class Barriers(Script):
    """Takes every message, and calls `at_step` at each step of each conversation before it answers.

    EHLO, once a round · RSET: the message before is written down · MAIL, RCPT · DATA: the message is taken, the 250 not
    yet said · QUIT, once a round: all is written down.
    """

    at_step: Callable[[str], None] = field(default=lambda _step: None)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.at_step("EHLO")
        return responses

    async def handle_RSET(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.at_step("RSET")
        return "250 OK"

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.at_step("MAIL")
        return await super().handle_MAIL(server, session, envelope, address, options)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.at_step("RCPT")
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        answer = await super().handle_DATA(server, session, envelope)
        self.at_step("DATA")
        return answer

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.at_step("QUIT")
        return await super().handle_QUIT(server, session, envelope)

    def copies(self) -> Counter[str]:
        """How often each Message-ID arrived."""
        return Counter(letter["Message-ID"].strip() for letter in self.letters())

    @contextmanager
    def killing(self, victim: subprocess.Popen[str], at: Callable[[str], bool]) -> Iterator[None]:
        """While the block lasts, the client is killed at the first step for which `at` is true.

        It is dead before the server says another word.
        """

        def kill(step: str) -> None:
            if victim.poll() is None and at(step):
                victim.kill()
                victim.wait()

        self.at_step = kill
        try:
            yield
        finally:
            self.at_step = lambda _step: None


@contextmanager
def replayer(home: Path, end: datetime, *states: str) -> Iterator[subprocess.Popen[str]]:
    """A process loaded to replay the office of `home`; it begins at `go`, and has ended after the block."""
    command = [sys.executable, "-m", "tests.stories.replayed.replayer", str(home), iso(end), *states]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


def go(process: subprocess.Popen[str]) -> None:
    """Let the replayer begin."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()
