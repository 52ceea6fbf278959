"""One connection to a mail server: opened, let in, and at some time left."""

from __future__ import annotations

import smtplib
import time
from contextlib import suppress
from dataclasses import dataclass, field

from channels.client import Patient
from channels.letter import Outcome, Unauthorised
from channels.replies import lost, refused_entry
from channels.smtp import Smtp, tls_context

_FAREWELL = 5.0
"""Seconds a server has to say goodbye."""


class Stopped(Exception):  # noqa: N818 - not an error: the outcome on its way out
    """The conversation ended before the message was taken."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(repr(outcome))
        self.outcome = outcome


@dataclass
class Line:
    """An open connection, ready for an envelope. Instants are monotonic seconds."""

    client: Patient
    opened: float = field(default_factory=time.monotonic)
    used: float = field(default_factory=time.monotonic)
    messages: int = 0
    """How many it was given so far."""
    sound: bool = True
    """Whether another message may go over it."""


def connect(smtp: Smtp) -> Line:
    """A new line. Raises Stopped."""
    try:
        client = Patient(smtp)
    except OSError as error:
        raise Stopped(lost(error, smtp)) from error
    try:
        _enter(client, smtp)
    except OSError as error:
        client.close()
        raise Stopped(_not_let_in(error, smtp)) from error
    return Line(client)


def hang_up(line: Line) -> None:
    """Part politely from a sound line, at once from a broken one. Whatever happens here, the answers given stand."""
    with suppress(OSError):
        if line.sound:
            line.client.begin(_FAREWELL)
            line.client.quit()
    line.client.close()


def _enter(client: Patient, smtp: Smtp) -> None:
    """Greet, encrypt and authenticate as set up."""
    if smtp.starttls:
        client.starttls(context=tls_context(smtp.ca_file))
    if smtp.user:
        client.login(smtp.user, smtp.password.get_secret_value())
    client.ehlo_or_helo_if_needed()


def _not_let_in(error: OSError, smtp: Smtp) -> Outcome:
    """What a server does not offer at all is the admin's matter, not tomorrow's. (An SMTPException is an OSError.)"""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return refused_entry(error)
    if isinstance(error, smtplib.SMTPNotSupportedError) or type(error) is smtplib.SMTPException:
        return Unauthorised(code=None, detail=f"máy chủ thư không hỗ trợ cách kết nối đã khai: {error}")
    return lost(error, smtp)
