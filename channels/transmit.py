"""One message to one SMTP server: what was answered, as an Outcome. Knows nothing of Apprise.

Until the server says 354 it has nothing of the message, so that the same may be tried over a new line without any risk
of a second copy. From the first byte on, a broken line leaves open whether the message arrived.
"""

from __future__ import annotations

import re
import time
from contextlib import nullcontext
from functools import cache

from channels.envelope import Compose, Envelope, WornOut, announce, refused
from channels.letter import Accepted, Outcome, TryLater
from channels.line import Line, Stopped, connect
from channels.pool import Pool
from channels.replies import lost, refusal, said
from channels.smtp import Smtp


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
            except WornOut:
                pass
        once()
        try:
            line = connect(smtp)
        except Stopped as stopped:
            return stopped.outcome
        return _over(line, once, envelope, smtp, lines)


def _over(line: Line, compose: Compose, envelope: Envelope, smtp: Smtp, pool: Pool) -> Outcome:
    """Give the message to the line, and the line back to the pool. Raises WornOut on one that served before."""
    try:
        content = announce(line, envelope, compose)
        return _hand_over(line, content, smtp)
    except Stopped as stopped:
        return stopped.outcome
    except OSError as error:  # an SMTPException is one, too
        line.sound = False
        if line.messages:
            raise WornOut from error
        return lost(error, smtp)
    finally:
        line.messages, line.used = line.messages + 1, time.monotonic()
        pool.keep(smtp, line)


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
    line.sound = refused((code, answer))
    if 400 <= code < 600:
        return refusal(code, answer)
    return TryLater(code=None, detail=f"máy chủ thư trả lời không hiểu được: {said(answer)}", perhaps_arrived=True)


def _dotted(content: bytes) -> bytes:
    """The message with its end, lines that begin with a dot doubled (RFC 5321, 4.5.2)."""
    if b"\n." in content or content.startswith(b"."):
        content = re.sub(rb"(?m)^\.", b"..", content)
    return content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")
