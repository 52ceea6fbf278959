"""A mail server that can be stopped at any step of a conversation, and remembers what reached it.

It speaks on plain sockets, a thread per client: a library would answer at moments of its own. Each copy is noted when
its final dot has come (from here on it counts as arrived) and again when the 250 has left.
"""

from __future__ import annotations

import os
import re
import socket
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from tests.listening import hear_line, hear_until, listening

MIDDLE = 400
"""Bytes of a message that have come when the step `middle` is reached: within its header, before its text."""
_END = b"\r\n.\r\n"
_USUAL = {"connected": "220 sink", "EHLO": "250 sink", "DATA": "354 go on", "dot": "250 taken", "QUIT": "221 bye"}


@dataclass
class Copy:
    """One arrival of a message."""

    id: str
    to: str
    content: bytes
    said: bool = False
    """Whether the 250 has left the server."""

    def letter(self) -> EmailMessage:
        """As a mail program would read it."""
        return message_from_bytes(self.content, policy=SMTP)


@dataclass
class Sink:
    """Says `replies[step]` in turn, then yes. `at_step` is called when a step is reached, before the answer.

    Steps: connected · EHLO · RSET · MAIL · RCPT · DATA · middle (of the message) · dot (all of it has come) · said (the
    250 has left) · QUIT.
    """

    at_step: Callable[[str], None] = field(default=lambda _step: None)
    replies: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    taken: list[Copy] = field(default_factory=list)
    gone: list[Exception] = field(default_factory=list)
    """What went wrong in `at_step`: a test looks here at its end."""
    cut: set[str] = field(default_factory=set)
    """Steps after which the line breaks: what a client has written to its socket arrives even when it is dead."""
    journal: int | None = None
    """Descriptor of a file in which another process reads what comes: `open`, `close`, `copy` and a Message-ID."""
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def copies(self) -> Counter[str]:
        """How often each Message-ID arrived."""
        return Counter(copy.id for copy in self.taken)

    def readers(self) -> Counter[str]:
        """How often each address was written to."""
        return Counter(copy.to for copy in self.taken)

    def standing_still(self) -> threading.Lock:
        """While it is held (`with`), no step is taken."""
        return self._turn

    def converse(self, client: socket.socket) -> None:
        """One conversation, to its end."""
        self._note("open")
        try:
            with suppress(OSError), client:
                self._talk(client)
        finally:
            self._note("close")

    def _talk(self, client: socket.socket) -> None:
        self._answer(client, "connected")
        heard, to = b"", ""
        while True:
            line, heard = hear_line(client, heard)
            word = line[:4].upper().strip()
            if word == "QUIT":
                self._answer(client, word)
                return
            to = line[8:].strip(" <>") if word == "RCPT" else to
            if self._answer(client, word).startswith("354"):
                heard = self._message(client, heard, to)

    def _message(self, client: socket.socket, heard: bytes, to: str) -> bytes:
        """Hear a message to its end; what was said beyond it."""
        heard = hear_until(client, heard, lambda so_far: len(so_far) >= MIDDLE or _END in so_far)
        cut = "middle" in self.cut
        self._step("middle")
        if cut:
            raise ConnectionResetError
        heard = hear_until(client, heard, lambda so_far: _END in so_far)
        content, _, rest = heard.partition(_END)
        found = re.search(rb"(?im)^message-id:\s*(\S+)", content)
        copy = Copy(found[1].decode() if found else "", to, content + b"\r\n")
        self.taken.append(copy)
        self._note(f"copy {copy.id}")
        reply = self._answer(client, "dot")
        copy.said = reply.startswith("2")
        if copy.said:
            self._step("said")
        elif copy in self.taken:
            self.taken.remove(copy)
        return rest

    def _answer(self, client: socket.socket, step: str) -> str:
        self._step(step)
        waiting = self.replies[step]
        reply = waiting.pop(0) if waiting else _USUAL.get(step, "250 fine")
        client.sendall(f"{reply}\r\n".encode())
        return reply

    def _note(self, line: str) -> None:
        if self.journal is not None:
            os.write(self.journal, f"{line}\n".encode())

    def _step(self, step: str) -> None:
        with self._turn:
            try:
                self.at_step(step)
            except Exception as error:  # noqa: BLE001 - a server goes on; the test asks at its end
                self.gone.append(error)


def serving(sink: Sink) -> AbstractContextManager[int]:
    """The sink at work, on the port it yields."""
    return listening(sink.converse)
