"""A mail server with a script: what it says, or does instead of saying something, at each step of every conversation.

It speaks on plain sockets, a thread per client. A copy counts as arrived once its final dot has come and was not
refused, whether or not anybody could hear that.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field

from tests.listening import hear_line, hear_until, listening

HANG_UP, SILENCE = "(hangs up)", "(says nothing)"
_USUAL = {"greeting": "220 hello", "EHLO": "250-hello", "DATA": "354 go on", "AUTH": "235 in", "QUIT": "221 bye"}
_END = b"\r\n.\r\n"

Mood = str | Callable[[int, str], str]
"""The reply at a step; or asked with how often the step has come, and with the recipient. An empty one: as usual."""


@dataclass(frozen=True)
class Copy:
    """One arrival of a message."""

    to: str
    id: str
    content: bytes
    sender: str = ""
    """Of the envelope: where it would come back to."""


@dataclass
class Mailserver:
    """Follows `moods` from step to step.

    Steps: greeting · EHLO · STARTTLS · AUTH · RSET · MAIL · RCPT · DATA · middle (of the message) · dot (all of it has
    come) · said (the 250 has left) · QUIT.
    """

    moods: Mapping[str, Mood] = field(default_factory=dict)
    offers: tuple[str, ...] = ()
    drips: str = ""
    """At this step each byte of the reply takes its time."""
    tls: ssl.SSLContext | None = None
    """Encrypted from the first byte on."""
    bag: list[Copy] = field(default_factory=list)
    steps: Counter[str] = field(default_factory=Counter)
    before: Callable[[str], None] = field(default=lambda _step: None)
    """Called when a step is reached."""

    def converse(self, client: socket.socket) -> None:
        """One conversation, to its end."""
        with suppress(OSError), client:
            line = self.tls.wrap_socket(client, server_side=True) if self.tls else client
            with line:
                self._talk(line)

    def _talk(self, client: socket.socket) -> None:
        self._say(client, "greeting")
        heard, to, sender = b"", "", ""
        while True:
            line, heard = hear_line(client, heard)
            word = line.split(" ")[0].strip().upper()
            if word == "MAIL":
                sender = line[10:].strip(" <>")
            if word == "RCPT":
                to = line[8:].strip(" <>")
            reply = self._say(client, word, to)
            if word == "QUIT":
                return
            if reply.startswith("354"):
                heard = self._hear_out(client, heard, to, sender)

    def _hear_out(self, client: socket.socket, heard: bytes, to: str, sender: str) -> bytes:
        """The message to its end; what was said beyond it."""
        heard = hear_until(client, heard, lambda so_far: len(so_far) > 200)
        if self._reply("middle", to) == HANG_UP:
            raise ConnectionResetError
        heard = hear_until(client, heard, lambda so_far: _END in so_far)
        content, _, rest = heard.partition(_END)
        if not self._mood("dot", to, self.steps["dot"] + 1).startswith(("4", "5")):
            found = re.search(rb"(?im)^message-id:\s*(\S+)", content)
            self.bag.append(Copy(to, found[1].decode() if found else "", content + b"\r\n", sender))
        self._say(client, "dot", to)
        if self._reply("said", to) == HANG_UP:
            raise ConnectionResetError
        return rest

    def _say(self, client: socket.socket, step: str, to: str = "") -> str:
        reply = self._reply(step, to)
        if reply == SILENCE:
            hear_until(client, b"", lambda _: False)
        if reply == HANG_UP:
            raise ConnectionResetError
        if step == "EHLO" and reply.startswith("250-"):
            reply = "\r\n".join([reply, *(f"250-{offer}" for offer in self.offers), "250 8BITMIME"])
        said = f"{reply}\r\n".encode()
        for piece in [said[at : at + 1] for at in range(len(said))] if self.drips == step else [said]:
            time.sleep(0.2 if self.drips == step else 0)
            client.sendall(piece)
        if reply.startswith("421"):
            raise ConnectionResetError
        return reply

    def _reply(self, step: str, to: str) -> str:
        self.before(step)
        self.steps[step] += 1
        return self._mood(step, to, self.steps[step])

    def _mood(self, step: str, to: str, number: int) -> str:
        mood = self.moods.get(step, "")
        said = mood if isinstance(mood, str) else mood(number, to)
        return said or _USUAL.get(step, "250 fine")


def serving(server: Mailserver) -> AbstractContextManager[int]:
    """The server at work, on the port it yields."""
    return listening(server.converse)
