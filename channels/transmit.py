"""One message to one SMTP server: what was answered, as an Outcome. Knows nothing of Apprise.

Until the server says 354 it has nothing of the message, so that the same may be tried over a new line without any risk
of a second copy. From the first byte on, a broken line leaves open whether the message arrived.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache

from channels.client import Patient
from channels.letter import Accepted, Outcome, TryLater
from channels.line import Line, Stopped, connect
from channels.pool import Pool
from channels.replies import CLOSING, lost, refusal, said
from channels.smtp import Smtp

_SEND_IT = 354
_Reply = tuple[int, bytes]

Compose = Callable[[], bytes]
"""Makes the message, as it goes over the line."""


class _WornOut(Exception):  # noqa: N818 - not an error: a new line is due
    """A line that served before gave out; nothing of this message went over it."""


@dataclass(frozen=True)
class Envelope:
    """What the server is told, apart from the message itself."""

    sender: str
    """Where the server's own complaints go."""
    recipient: str


def transmit(compose: Compose, envelope: Envelope, smtp: Smtp, pool: Pool | None = None) -> Outcome:
    """Send the message over a line of the pool, or one of its own. What a server or a network does is an outcome.

    Raises what `compose` raises; then nothing was sent.
    """
    once = cache(compose)
    with nullcontext(pool) if pool is not None else Pool() as lines:
        line = lines.take(smtp)
        if line is not None:
            try:
                return _over(line, once, envelope, smtp, lines)
            except _WornOut:
                pass
        once()
        try:
            line = connect(smtp)
        except Stopped as stopped:
            return stopped.outcome
        return _over(line, once, envelope, smtp, lines)


def _over(line: Line, compose: Compose, envelope: Envelope, smtp: Smtp, pool: Pool) -> Outcome:
    """Give the message to the line, and the line back to the pool. Raises _WornOut on one that served before."""
    try:
        content = _announce(line, envelope, compose)
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


def _announce(line: Line, envelope: Envelope, compose: Compose) -> bytes:
    """The envelope, until the server asks for the message, which is made meanwhile. Raises Stopped, _WornOut, OSError.

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
            line.sound = _refused(reply) and (not together or all(_refused(_heard(line)) for _ in commands))
            _turned_away(line, reply, perhaps_the_line=command.startswith(("RSET", "MAIL")))
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


def _refused(reply: _Reply) -> bool:
    """Whether it was a no, after which the line may go on. After 421 it does not."""
    return 400 <= reply[0] < 600 and reply[0] != CLOSING


def _heard(line: Line) -> _Reply:
    """What the server says to a command that is void by now. A 354 among it: it waits for a message, and gets none."""
    try:
        return line.client.getreply()
    except OSError:
        return CLOSING, b""


def _turned_away(line: Line, reply: _Reply, *, perhaps_the_line: bool) -> None:
    if line.messages and (perhaps_the_line or not _refused(reply)):
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
    line.sound = _refused((code, answer))
    if 400 <= code < 600:
        return refusal(code, answer)
    return TryLater(code=None, detail=f"máy chủ thư trả lời không hiểu được: {said(answer)}", perhaps_arrived=True)


def _dotted(content: bytes) -> bytes:
    """The message with its end, lines that begin with a dot doubled (RFC 5321, 4.5.2)."""
    if b"\n." in content or content.startswith(b"."):
        content = re.sub(rb"(?m)^\.", b"..", content)
    return content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")
