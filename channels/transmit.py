"""One message to one SMTP server: what was answered, as an Outcome. Knows nothing of Apprise.

Until the server says 354 it has nothing of the message, so that the same may be tried over a new line without any risk
of a second copy. From the first byte on, a broken line leaves open whether the message arrived.
"""

from __future__ import annotations

import re
import time
from contextlib import nullcontext
from dataclasses import dataclass

from channels.client import Patient
from channels.letter import Accepted, Outcome, TryLater
from channels.line import Line, Stopped, connect
from channels.pool import Pool
from channels.replies import CLOSING, lost, refusal, said
from channels.smtp import Smtp

_SEND_IT = 354
_Reply = tuple[int, bytes]


class _WornOut(Exception):  # noqa: N818 - not an error: a new line is due
    """A line that served before gave out; nothing of this message went over it."""


@dataclass(frozen=True)
class Envelope:
    """What the server is told, apart from the message itself."""

    sender: str
    """Where the server's own complaints go."""
    recipient: str


def transmit(content: bytes, envelope: Envelope, smtp: Smtp, pool: Pool | None = None) -> Outcome:
    """Send the message over a line of the pool, or one of its own. Failures of any kind come back as outcomes."""
    with nullcontext(pool) if pool is not None else Pool() as lines:
        return _through(lines, content, envelope, smtp)


def _through(pool: Pool, content: bytes, envelope: Envelope, smtp: Smtp) -> Outcome:
    line = pool.take(smtp)
    if line is not None:
        try:
            return _over(line, content, envelope, smtp, pool)
        except _WornOut:
            pass
    try:
        line = connect(smtp)
    except Stopped as stopped:
        return stopped.outcome
    return _over(line, content, envelope, smtp, pool)


def _over(line: Line, content: bytes, envelope: Envelope, smtp: Smtp, pool: Pool) -> Outcome:
    """Give the message to the line, and the line back to the pool. Raises _WornOut on one that served before."""
    try:
        _announce(line, len(content), envelope)
        return _hand_over(line, content, smtp)
    except Stopped as stopped:
        return stopped.outcome
    except OSError as error:  # an SMTPException is one, too
        line.sound = False
        if line.messages:
            raise _WornOut from error
        return lost(error, smtp)
    finally:
        line.messages, line.used = line.messages + 1, time.monotonic()
        pool.keep(smtp, line)


def _announce(line: Line, size: int, envelope: Envelope) -> None:
    """The envelope, until the server asks for the message. Raises Stopped, _WornOut, OSError.

    RSET clears a line that served before, and shows that it is alive. On such a line only a no to the recipient is one
    to this message; any other may be one to the line, and is asked again over a new one.
    """
    line.client.begin()
    room = f" SIZE={size}" if line.client.has_extn("size") else ""
    commands = [f"MAIL FROM:<{envelope.sender}>{room}", f"RCPT TO:<{envelope.recipient}>"]
    if line.messages:
        commands.insert(0, "RSET")
    for command, reply in zip(commands, _ask(line.client, commands), strict=False):
        if not _fine(reply):
            _turned_away(line, reply, perhaps_the_line=not command.startswith("RCPT"))
    reply = line.client.docmd("DATA")
    if reply[0] != _SEND_IT:
        _turned_away(line, reply, perhaps_the_line=False)


def _ask(client: Patient, commands: list[str]) -> list[_Reply]:
    """The answers up to the first no; in one go where the server allows it (RFC 2920), which saves two ways there."""
    replies: list[_Reply] = []
    together = client.has_extn("pipelining")
    if together:
        client.send("".join(f"{command}\r\n" for command in commands))
    for command in commands:
        replies.append(client.getreply() if together else client.docmd(command))
        if replies[-1][0] == CLOSING or not (together or _fine(replies[-1])):
            break
    return replies


def _fine(reply: _Reply) -> bool:
    return 200 <= reply[0] < 300


def _turned_away(line: Line, reply: _Reply, *, perhaps_the_line: bool) -> None:
    line.sound = 400 <= reply[0] < 600 and reply[0] != CLOSING
    if line.messages and (perhaps_the_line or not line.sound):
        line.sound = False
        raise _WornOut
    raise Stopped(refusal(*reply))


def _hand_over(line: Line, content: bytes, smtp: Smtp) -> Outcome:
    """The message itself, and the server's word on it."""
    try:
        line.client.send(_dotted(content))
        code, answer = line.client.getreply()
    except OSError as error:
        line.sound = False
        return lost(error, smtp, perhaps_arrived=True)
    if 200 <= code < 300:
        return Accepted(code=code)
    line.sound = 400 <= code < 600 and code != CLOSING
    if 400 <= code < 600:
        return refusal(code, answer)
    return TryLater(code=None, detail=f"máy chủ thư trả lời không hiểu được: {said(answer)}", perhaps_arrived=True)


def _dotted(content: bytes) -> bytes:
    """The message with its end, lines that begin with a dot doubled (RFC 5321, 4.5.2)."""
    if b"\n." in content or content.startswith(b"."):
        content = re.sub(rb"(?m)^\.", b"..", content)
    return content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")
