"""What is handed to a channel, and what the channel answers: values alone."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from channels.attachment import Attachment
from channels.oneline import one_line
from domain.frozen import Frozen, Instant
from domain.picture import Picture

SUBJECT_LIMIT = 150
"""Characters; phones and lists cut what is longer."""

_OURS_ALONE = frozenset(
    {"subject", "from", "to", "cc", "bcc", "sender", "date", "message-id", "auto-submitted", "mime-version"}
    | {"list-unsubscribe", "return-path", "x-dondoc"}
)
_USUAL_ADDRESS = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
"""What nearly every address looks like; the others are parsed."""
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


def _further_headers(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    for name, value in headers:
        if not _HEADER_NAME.fullmatch(name) or name.lower() in _OURS_ALONE or name.lower().startswith("content-"):
            raise ValueError(f"không được đặt trường “{name}” cho thư")
        one_line(value)
    return headers


def is_address(text: str) -> bool:
    """Whether a server could be asked for it: one plain-letter address (no RFC 6531) without a name beside it."""
    if _USUAL_ADDRESS.fullmatch(text):
        return True
    try:
        return text.isascii() and Address(addr_spec=text).addr_spec == text and "@" in text
    except (ValueError, IndexError, MessageError):
        return False


class Letter(Frozen):
    """A message as it was frozen when its rows were claimed: sent once more, it is the same to the letter."""

    to: Annotated[str, AfterValidator(one_line)]
    subject: Annotated[str, StringConstraints(min_length=1, max_length=SUBJECT_LIMIT), AfterValidator(one_line)]
    text: Annotated[str, StringConstraints(min_length=1)]
    html: Annotated[str, StringConstraints(min_length=1)]
    message_id: Annotated[str, StringConstraints(pattern=r"^<[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+>$", max_length=200)]
    """With its angle brackets (RFC 5322, 3.6.4)."""
    written: Instant
    """Becomes the Date header."""
    headers: Annotated[tuple[tuple[str, str], ...], AfterValidator(_further_headers)] = ()
    """Further headers, name and value; those that this project sets itself are refused."""
    attachments: tuple[Attachment, ...] = ()
    pictures: tuple[Picture, ...] = ()
    """Shown by the HTML part, which names them `cid:…`."""


class Accepted(Frozen):
    """The server has taken the message over. It is not yet with its reader."""

    code: int
    provider_id: str | None = None
    """What the other side calls the message, where receipts come back under that name."""


class RefusedPermanently(Frozen):
    """This message to this address will never be taken; the next channel of the person is due."""

    code: int | None
    """SMTP code; None where no server was asked."""
    detail: str
    address: bool = False
    """The address is at fault, not this message: nothing else will be taken for it either."""


class UsedUp(StrEnum):
    """Whose allowance is used up."""

    CHANNEL = "channel"
    PERSON = "person"


class TryLater(Frozen):
    """Not taken now, for a reason that may pass."""

    code: int | None
    """SMTP code; None where the network failed."""
    detail: str
    perhaps_arrived: bool = False
    """The line broke while the message itself was on it: the server may have taken it without our hearing so."""
    not_before: Instant | None = None
    """When asking again makes sense, where that is known."""
    used_up: UsedUp | None = None
    """What may be sent is used up until `not_before`; what is urgent goes by another channel today."""


class Unauthorised(Frozen):
    """The channel itself is not let in, for anybody: it stops until an admin has put its access right."""

    code: int | None
    detail: str


class Previewed(Frozen):
    """Written down, sent to nobody: sending is off."""


Outcome = Accepted | RefusedPermanently | TryLater | Unauthorised | Previewed
"""What became of one attempt. There is no plain yes or no: each of the five leads to another next step."""
