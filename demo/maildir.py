"""A folder of letters (Maildir): one file per message as it came, never changed."""

from __future__ import annotations

import mailbox
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from email.policy import SMTP
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class Envelope(NamedTuple):
    """What the list shows of one message."""

    key: str
    """Name of its file."""
    to: str
    subject: str
    date: datetime
    """Of the Date header; the arrival of the file where there is none that can be read."""
    arrived: float
    """When its file was written, seconds of the epoch; only for ordering."""
    message_id: str


def keep(folder: Path, content: bytes, recipients: Iterable[str]) -> str:
    """Write the message to disk, with who it was delivered to, and return its key."""
    delivered = b"".join(f"Delivered-To: {one}\r\n".encode() for one in recipients)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return mailbox.Maildir(folder, create=True).add(delivered + content)


def envelopes(folder: Path) -> list[Envelope]:
    """All messages, newest first."""
    found = [_envelope(path) for path in (folder / "new").glob("*")]
    return sorted(found, key=lambda one: (one.date, one.arrived), reverse=True)


def letter(folder: Path, key: str) -> EmailMessage:
    """One message. Raises KeyError when there is none of that key."""
    path = next((path for path in (folder / "new").glob("*") if path.name == key), None)
    if path is None:
        raise KeyError(key)
    return BytesParser(policy=SMTP).parsebytes(path.read_bytes())


def body(message: EmailMessage, kind: str) -> str:
    """The `plain` or `html` part; empty when there is none."""
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


@lru_cache(maxsize=10_000)
def _envelope(path: Path) -> Envelope:
    """A file is written once: what was read of it stays true."""
    with path.open("rb") as file:
        headers = BytesHeaderParser(policy=SMTP).parse(file)
    arrived = path.stat().st_mtime
    said = getattr(headers["Date"], "datetime", None)
    date = said if said is not None and said.tzinfo else datetime.fromtimestamp(arrived, UTC)
    return Envelope(
        key=path.name,
        to=str(headers["To"] or ""),
        subject=str(headers["Subject"] or "(không có tiêu đề)"),
        date=date,
        arrived=arrived,
        message_id=str(headers["Message-ID"] or ""),
    )
