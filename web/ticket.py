"""A form's ticket: what it is about and the entry it will become, signed for the one link whose page showed it.

Without it a POST does nothing: a page elsewhere cannot make one (CSRF), a reader cannot turn it to another's subject,
and sent twice it is still one entry.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer


class TicketForgedError(ValueError):
    """The form does not come from a page of this link."""


class Ticket(NamedTuple):
    """What one form records."""

    entry: str
    directive: str
    milestone: str
    metric: str
    subject: str
    """Empty: the directive as a whole."""
    occurrence: str = ""
    """The written day (ISO) of the occurrence it is about; empty where the milestone does not come again."""


def issue(secret: str, link: str, ticket: Ticket) -> str:
    """The ticket as a form field; `link` is the token of the page it is shown on."""
    return str(_serializer(secret, link).dumps(list(ticket)))


def read(secret: str, link: str, text: str) -> Ticket:
    """The ticket of a form sent to `link`. Raises TicketForgedError."""
    try:
        ticket = Ticket(*_serializer(secret, link).loads(text))
    except (BadSignature, TypeError) as error:
        raise TicketForgedError("phiếu ghi không hợp lệ") from error
    if issue(secret, link, ticket) != text:
        raise TicketForgedError("phiếu ghi không hợp lệ")
    return ticket


def _serializer(secret: str, link: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret,
        salt=f"dondoc.form.1:{link}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
