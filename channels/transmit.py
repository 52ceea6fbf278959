"""One message to one SMTP server: what was answered, as an Outcome. Knows nothing of Apprise.

SMTP codes: RFC 5321, 4.2; those of authentication: RFC 4954, 6.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import suppress
from email.message import EmailMessage
from functools import cache

from channels.letter import Accepted, Outcome, RefusedPermanently, TryLater, Unauthorised
from channels.smtp import Smtp, tls_context

_TAKEN = 250
_NOT_LET_IN = frozenset({454, 530, 534, 535, 538})
"""Authentication required, refused, too weak, or failing for the time being."""


class _Stopped(Exception):  # noqa: N818 - not an error: the outcome on its way out
    """The conversation ended before the message was taken."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(repr(outcome))
        self.outcome = outcome


def transmit(message: EmailMessage, recipient: str, smtp: Smtp) -> Outcome:
    """Send the message to `recipient`, over a connection of its own. Failures of any kind come back as outcomes."""
    content = message.as_bytes()
    try:
        server = smtplib.SMTP(smtp.host, smtp.port, local_hostname=_own_name(), timeout=smtp.timeout)
    except (smtplib.SMTPException, OSError) as error:
        return _lost(error, smtp)
    try:
        _enter(server, smtp)
        _envelope(server, smtp.sender, recipient)
        return _hand_over(server, content, smtp)
    except _Stopped as stopped:
        return stopped.outcome
    except ssl.SSLCertVerificationError as error:
        detail = f"chứng thư số của máy chủ thư không được tin cậy: {error.verify_message}"
        return Unauthorised(code=None, detail=detail)
    except (smtplib.SMTPException, OSError) as error:
        return _lost(error, smtp)
    finally:
        _leave(server)


@cache
def _own_name() -> str:
    """How we greet: looked up once, since a machine with a slow resolver takes seconds for it."""
    name = socket.getfqdn()
    return name if "." in name else "[127.0.0.1]"


def _enter(server: smtplib.SMTP, smtp: Smtp) -> None:
    """Encrypt and authenticate as set up. What the server does not offer is the admin's matter, not tomorrow's."""
    try:
        if smtp.starttls:
            server.starttls(context=tls_context(smtp.ca_file))
        if smtp.user:
            server.login(smtp.user, smtp.password.get_secret_value())
    except smtplib.SMTPAuthenticationError as error:
        raise _Stopped(_refused_entry(error)) from error
    except (smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected):
        raise
    except smtplib.SMTPException as error:
        detail = f"máy chủ thư không hỗ trợ cách kết nối đã khai: {error}"
        raise _Stopped(Unauthorised(code=None, detail=detail)) from error


def _refused_entry(error: smtplib.SMTPAuthenticationError) -> Outcome:
    if error.smtp_code in _NOT_LET_IN or error.smtp_code >= 500:
        return Unauthorised(code=error.smtp_code, detail=_said(error.smtp_error))
    return TryLater(code=error.smtp_code, detail=_said(error.smtp_error))


def _envelope(server: smtplib.SMTP, sender: str, recipient: str) -> None:
    server.ehlo_or_helo_if_needed()
    _expect(server.mail(sender))
    _expect(server.rcpt(recipient))


def _expect(reply: tuple[int, bytes]) -> None:
    if not 200 <= reply[0] < 300:
        raise _Stopped(_refusal(*reply))


def _hand_over(server: smtplib.SMTP, content: bytes, smtp: Smtp) -> Outcome:
    """The message itself. From its first byte on, a broken line leaves open whether it arrived."""
    try:
        code, answer = server.data(content)
    except smtplib.SMTPDataError as refused:
        return _refusal(refused.smtp_code, refused.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        return _lost(error, smtp, perhaps_arrived=True)
    return Accepted(code=code) if code == _TAKEN else _refusal(code, answer)


def _leave(server: smtplib.SMTP) -> None:
    """Part politely. Whatever happens here, the answer to the message stands."""
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()


def _lost(error: Exception, smtp: Smtp, *, perhaps_arrived: bool = False) -> TryLater:
    """No server, no answer, or an answer at a moment where it speaks of nobody's message (greeting, EHLO, STARTTLS)."""
    if isinstance(error, smtplib.SMTPResponseException):
        return TryLater(code=error.smtp_code, detail=_said(error.smtp_error), perhaps_arrived=perhaps_arrived)
    detail = f"mất liên lạc với máy chủ thư {smtp.host}:{smtp.port}: {error}"
    return TryLater(code=None, detail=detail, perhaps_arrived=perhaps_arrived)


def _refusal(code: int, answer: bytes | str) -> Outcome:
    """What a server's no means: to the channel, to the message, or only to this hour."""
    if code in _NOT_LET_IN:
        return Unauthorised(code=code, detail=_said(answer))
    if 500 <= code < 600:
        return RefusedPermanently(code=code, detail=_said(answer))
    return TryLater(code=code, detail=_said(answer))


def _said(answer: bytes | str) -> str:
    """The server's words, on one line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:300]
