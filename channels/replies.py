"""What a mail server's answer, or its silence, means for a message.

SMTP codes: RFC 5321, 4.2; those of authentication: RFC 4954, 6.
"""

from __future__ import annotations

import smtplib
import ssl

from channels.letter import Outcome, RefusedPermanently, TryLater, Unauthorised
from channels.smtp import Smtp

CLOSING = 421
"""The server closes the line; of the message it says nothing."""
_NOT_LET_IN = frozenset({454, 530, 534, 535, 538})
"""Authentication required, refused, too weak, or failing for the time being."""


def refusal(code: int, answer: bytes | str, *, of_recipient: bool = False) -> Outcome:
    """What a server's no means: to the channel, to the address, to the message, or only to this hour.

    5.7.x is a matter of policy (RFC 3463, 3.8): the address is there, this message is not wanted.
    """
    if code in _NOT_LET_IN:
        return Unauthorised(code=code, detail=said(answer))
    if 500 <= code < 600:
        about_address = of_recipient and not said(answer).startswith("5.7.")
        return RefusedPermanently(code=code, detail=said(answer), address=about_address)
    return TryLater(code=code, detail=said(answer))


def refused_entry(error: smtplib.SMTPAuthenticationError) -> Outcome:
    """What a refused login means: the channel's matter, unless the server is merely busy."""
    if error.smtp_code in _NOT_LET_IN or error.smtp_code >= 500:
        return Unauthorised(code=error.smtp_code, detail=said(error.smtp_error))
    return TryLater(code=error.smtp_code, detail=said(error.smtp_error))


def lost(error: Exception, smtp: Smtp, *, perhaps_arrived: bool = False) -> Outcome:
    """No server, no answer, or an answer at a moment where it speaks of nobody's message (greeting, EHLO, STARTTLS)."""
    if isinstance(error, ssl.SSLCertVerificationError):
        detail = f"chứng thư số của máy chủ thư không được tin cậy: {error.verify_message}"
        return Unauthorised(code=None, detail=detail)
    if isinstance(error, smtplib.SMTPResponseException):
        answered = f"{error.smtp_code} {said(error.smtp_error)}"
        return TryLater(code=None, detail=answered, perhaps_arrived=perhaps_arrived)  # no code: it is of no message
    detail = f"mất liên lạc với máy chủ thư {smtp.host}:{smtp.port}: {error}"
    return TryLater(code=None, detail=detail, perhaps_arrived=perhaps_arrived)


def said(answer: bytes | str) -> str:
    """The server's words, on one line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:300]
