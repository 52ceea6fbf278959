"""A letter that came back: which of ours it was, and what the other server said of it (RFC 3464)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from channels.bounce import returned
from channels.smtp import Smtp
from domain.frozen import Frozen

LARGEST = 1_000_000
"""Bytes read of a returned letter; a report stands at its beginning."""
_ADDRESS = re.compile(r"bounces\+[a-z0-9]+@[A-Za-z0-9.-]+", re.IGNORECASE)
_STATUS = re.compile(r"^(\d)\.\d{1,3}\.\d{1,3}$")


class Returned(Frozen):
    """A letter of ours that came back."""

    key: str
    """Left side of its Message-ID."""
    status: str | None
    """Enhanced code, e.g. `5.1.1`; None where the report has none."""
    detail: str
    """The other server's words, on one line."""

    @property
    def for_good(self) -> bool:
        """Whether it will not arrive any more: a report may also say that it is merely late (4.x.x), or has arrived."""
        return self.status is None or self.status.startswith("5")


def read_returned(content: bytes, smtp: Smtp, recipient: str = "") -> Returned | None:
    """What came back; None for mail that was not sent to a signed address of ours: anybody can write to a mailbox.

    `recipient`: the address it was delivered to, where the mail server tells; else it is looked for in the headers.
    """
    message = message_from_bytes(content[:LARGEST], policy=policy.SMTP)
    assert isinstance(message, EmailMessage)
    addresses = [recipient] if recipient else _addresses(message)
    key = next(filter(None, (returned(smtp, address) for address in addresses)), None)
    if key is None:
        return None
    report = _report(message)
    return Returned(key=key, status=_status(report), detail=_detail(report))


def _addresses(message: EmailMessage) -> list[str]:
    names = ("Delivered-To", "X-Original-To", "To")
    return [found for name in names for value in message.get_all(name, []) for found in _ADDRESS.findall(str(value))]


def _report(message: EmailMessage) -> dict[str, str]:
    """The fields of the report on the recipient, by lower-case name."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            found = [block for block in blocks if isinstance(block, Message)] if isinstance(blocks, list) else []
            return {name.lower(): str(value) for block in found for name, value in block.items()}
    return {}


def _status(report: dict[str, str]) -> str | None:
    said = report.get("status", "").split(" ")[0].strip()
    return said if _STATUS.match(said) else None


def _detail(report: dict[str, str]) -> str:
    said = report.get("diagnostic-code", "") or report.get("action", "")
    return " ".join(said.split())[:300] or "thư bị trả lại, không nêu lý do"
