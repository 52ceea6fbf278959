"""The envelope of a message: what is said to a mail server until it asks for the message itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from channels.client import Patient
from channels.line import Line, Stopped
from channels.replies import CLOSING, refusal

_SEND_IT = 354

Reply = tuple[int, bytes]
"""The server's code and its words."""
Compose = Callable[[], bytes]
"""Makes the message, as it goes over the line."""


class WornOut(Exception):  # noqa: N818 - not an error: a new line is due
    """A line that served before gave out; nothing of this message went over it."""


@dataclass(frozen=True)
class Envelope:
    """What the server is told, apart from the message itself."""

    sender: str
    """Where the server's own complaints go."""
    recipient: str


def announce(line: Line, envelope: Envelope, compose: Compose) -> bytes:
    """The envelope, until the server asks for the message, which is made meanwhile. Raises Stopped, WornOut, OSError.

    RSET clears a line that served before, and shows that it is alive. On such a line a no to RSET or MAIL may be one to
    the line, and is asked again over a new one.
    """
    line.client.begin()
    commands = [f"MAIL FROM:<{envelope.sender}>", f"RCPT TO:<{envelope.recipient}>", "DATA"]
    if line.messages:
        commands.insert(0, "RSET")
    together = line.client.has_extn("pipelining")  # RFC 2920: in one go, which saves three ways there and back
    _say(line.client, *commands[: None if together else 1])
    content = _composed(line, compose)
    while commands:
        command, reply = commands.pop(0), line.client.getreply()
        if not (reply[0] == _SEND_IT if command == "DATA" else 200 <= reply[0] < 300):
            line.sound = refused(reply) and (not together or all(refused(_heard(line)) for _ in commands))
            _turned_away(line, command, reply)
        if commands and not together:
            _say(line.client, commands[0])
    return content


def _say(client: Patient, *commands: str) -> None:
    client.send("".join(f"{command}\r\n" for command in commands))


def _composed(line: Line, compose: Compose) -> bytes:
    """The message. Where there is none, the line is left with answers that nobody heard."""
    try:
        return compose()
    except BaseException:
        line.sound = False
        raise


def refused(reply: Reply) -> bool:
    """Whether it was a no, after which the line may go on. After 421 it does not."""
    return 400 <= reply[0] < 600 and reply[0] != CLOSING


def _heard(line: Line) -> Reply:
    """What the server says to a command that is void by now. A 354 among it: it waits for a message, and gets none."""
    try:
        return line.client.getreply()
    except OSError:
        return CLOSING, b""


def _turned_away(line: Line, command: str, reply: Reply) -> None:
    perhaps_the_line = command.startswith(("RSET", "MAIL"))
    if line.messages and (perhaps_the_line or not refused(reply)):
        line.sound = False
        raise WornOut
    raise Stopped(refusal(*reply, of_recipient=command.startswith("RCPT")))
