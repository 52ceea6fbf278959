"""A form's ticket: what it is about and the entry it will become, signed for the one link whose page showed it.

Without it a POST does nothing: a page elsewhere cannot make one (CSRF), a reader cannot turn it to another's subject,
and sent twice it is still one entry.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple, TypeVar

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


class Receipt(NamedTuple):
    """What one form acknowledges."""

    entry: str
    directive: str


class Plea(NamedTuple):
    """What one form asks a later day for."""

    entry: str
    directive: str
    milestone: str
    occurrence: str
    """As a ticket has it."""


Signed = TypeVar("Signed", Ticket, Receipt, Plea)

_PURPOSES = {Ticket: "form", Receipt: "receipt", Plea: "plea"}
"""A form of one kind never passes for one of another."""


def issue(secret: str, link: str, ticket: Signed) -> str:
    """The ticket as a form field; `link` is the token of the page it is shown on."""
    return str(_serializer(secret, link, type(ticket)).dumps(list(ticket)))


def read(secret: str, link: str, text: str, kind: type[Signed]) -> Signed:
    """The ticket of a form of that kind sent to `link`. Raises TicketForgedError."""
    try:
        ticket = kind(*_serializer(secret, link, kind).loads(text))
    except (BadSignature, TypeError) as error:
        raise TicketForgedError("phiếu ghi không hợp lệ") from error
    if issue(secret, link, ticket) != text:
        raise TicketForgedError("phiếu ghi không hợp lệ")
    return ticket


def _serializer(secret: str, link: str, kind: type[tuple[str, ...]]) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret,
        salt=f"dondoc.{_PURPOSES[kind]}.1:{link}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
