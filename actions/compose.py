"""The words of one message: from the rows a person is to be sent, to what their channel carries.

E-mail and preview: subject, text, HTML and pictures. Zalo: text and, in the place of the HTML, buttons or the data of
the template (channels/zalo/form.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from channels import render_zalo, render_zbs
from channels.render import Words, render
from channels.restricted import withheld
from config.channel import ChannelKind
from config.link import Links
from config.reading import Configuration
from config.settings import Settings
from config.zalo import load_zalo
from domain.compose import digest
from domain.digest import Digest, LedgerHead
from domain.office import Office, Person
from domain.outbox import Delivery
from domain.picture import Picture
from domain.situation import Situation
from reports.pace import draw
from store.head import Head
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
    template: str = ""
    """Number of the approved Zalo template; empty: none, and a template message is refused."""
    pictures: bool = True
    """Whether charts are drawn; where only the words are read it is not worth the time."""

    @classmethod
    def of(cls, settings: Settings) -> Desk:
        """The desk of an office."""
        return cls._signing(settings, settings.signing_secret())

    @classmethod
    def rehearsing(cls, settings: Settings) -> Desk:
        """The desk of a rehearsal, or of a message that is only looked at: its links open nothing."""
        return cls._signing(settings, "dien-tap-" * 4)

    @classmethod
    def _signing(cls, settings: Settings, secret: str) -> Desk:
        domain = settings.sender.rsplit("@", 1)[-1]
        return cls(settings.address, secret, domain, settings.demo, load_zalo(settings.home).template)


def compose(  # noqa: PLR0913 - what one message is made of
    desk: Desk,
    configuration: Configuration,
    person: Person,
    rows: Sequence[Delivery],
    situations: Mapping[str, Situation],
    as_of: datetime,
    attempt: int,
    address: str,
    *,
    head: Head | None = None,
) -> NewMessage:
    """The message that carries `rows`, all of one person and channel, at `as_of`.

    `head`: the ledger's end as known then, printed in the message; None: not printed.
    """
    channel = rows[0].key.channel
    kind = next(one.kind for one in configuration.channels if one.code == channel)
    content = digest(person, channel, rows, situations, as_of).model_copy(update={"ledger": _printed(head)})
    links = Links(desk.address, desk.secret, person.code, as_of)
    subject, text, html = _words(desk, kind, content, configuration.rules.office, links)
    return NewMessage(
        id=message_id(rows, attempt, desk.domain),
        person=person.code,
        channel=channel,
        address=address,
        at=as_of,
        subject=subject,
        text=text,
        html=html,
        pictures=_pictures(kind, content) if desk.pictures else (),
    )


def _words(desk: Desk, kind: ChannelKind, content: Digest, office: Office, links: Links) -> Words:
    """The digest in the words of its channel."""
    marked = desk.illustrative
    match kind:
        case ChannelKind.ZALOOA:
            return render_zalo.consultation(content, office, links, illustrative=marked)
        case ChannelKind.ZBS:
            return render_zbs.template(content, office, links, desk.template, illustrative=marked)
        case ChannelKind.ZALOBOT:
            return render_zalo.plain(content, office, links, illustrative=marked)
        case ChannelKind.EMAIL | ChannelKind.PREVIEW:
            return render(content, office, links, marked)


def _pictures(kind: ChannelKind, content: Digest) -> tuple[Picture, ...]:
    """The pictures that the HTML names; Zalo messages have none."""
    charts = withheld(content).charts if kind in {ChannelKind.EMAIL, ChannelKind.PREVIEW} else ()
    return tuple(Picture(cid=chart.cid, content_type="image/png", content=draw(chart)) for chart in charts)


def _printed(head: Head | None) -> LedgerHead | None:
    return LedgerHead(count=head.count, mark=head.hash[:8]) if head else None


def message_id(rows: Sequence[Delivery], attempt: int, domain: str) -> str:
    """A Message-ID that follows from the rows and how often they were tried: the same rows give the same id again."""
    keys = sorted(repr(tuple(row.key.model_dump().values())) for row in rows)
    said = hashlib.sha256("\n".join([str(attempt), *keys]).encode()).hexdigest()
    return f"<{said[:40]}@{domain}>"
