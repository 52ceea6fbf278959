"""The words of one message: from the rows a person is to be sent, to subject, text and HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from channels.render import render
from config.link import sign
from config.reading import Configuration
from config.settings import Settings
from domain.compose import digest
from domain.office import Person
from domain.outbox import Delivery
from domain.situation import Situation
from store.messages import NewMessage


@dataclass(frozen=True)
class Desk:
    """What writing a message needs of the office's settings."""

    address: str
    """Base address of the links, without a trailing slash."""
    secret: str
    domain: str
    """Right-hand side of the Message-IDs."""
    illustrative: bool

    @classmethod
    def of(cls, settings: Settings) -> Desk:
        """The desk of an office."""
        return cls(settings.address, settings.signing_secret(), settings.sender.rsplit("@", 1)[-1], settings.demo)

    @classmethod
    def rehearsing(cls, settings: Settings) -> Desk:
        """The desk of a rehearsal before there is a home: its links open nothing."""
        return cls(settings.address, "dien-tap-" * 4, settings.sender.rsplit("@", 1)[-1], settings.demo)


def compose(
    desk: Desk,
    configuration: Configuration,
    person: Person,
    rows: Sequence[Delivery],
    situations: Mapping[str, Situation],
    as_of: datetime,
    attempt: int,
    address: str,
) -> NewMessage:
    """The message that carries `rows`, all of one person and channel, at `as_of`."""
    channel = rows[0].key.channel
    content = digest(person, channel, rows, situations, as_of)
    link = f"{desk.address}/p/{sign(desk.secret, person.code, as_of)}"
    subject, text, html = render(content, configuration.rules.office, link, desk.illustrative)
    return NewMessage(
        id=message_id(rows, attempt, desk.domain),
        person=person.code,
        channel=channel,
        address=address,
        at=as_of,
        subject=subject,
        text=text,
        html=html,
    )


def message_id(rows: Sequence[Delivery], attempt: int, domain: str) -> str:
    """A Message-ID that follows from the rows and how often they were tried: the same rows give the same id again."""
    keys = sorted(repr(tuple(row.key.model_dump().values())) for row in rows)
    said = hashlib.sha256("\n".join([str(attempt), *keys]).encode()).hexdigest()
    return f"<{said[:40]}@{domain}>"
