"""E-mail as an Apprise plugin of our own: `dondocmail://host:port/address`.

Apprise's stock plugin cannot be given a Message-ID, drops the links from the text part, reads the machine's certificates
on every send, waits 5.5 s between two sends and keeps the server's codes to itself.
"""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from apprise.common import NotifyType
from apprise.plugins import NotifyBase

from channels.letter import Accepted, Letter, Outcome, RefusedPermanently
from channels.parcel import Parcel, parcel_of
from channels.smtp import Smtp, transmit
from domain.clocktime import local


class DondocMail(NotifyBase):  # type: ignore[misc]
    """Sends the parcel's letter, one message to one address; secrets are in the parcel, never in the URL."""

    service_name = "Đôn Đốc: thư điện tử"
    service_url = "https://dondoc.example/"
    setup_url = "https://dondoc.example/"
    secure_protocol = "dondocmail"
    attachment_support = False
    request_rate_per_sec = 0
    """Seconds between sends of one object. Apprise sleeps this long; the outbox has its own pace."""
    templates = ("{schema}://{host}:{port}/{address}",)
    template_tokens = dict(
        NotifyBase.template_tokens,
        host={"name": "Host", "type": "string", "required": True},
        port={"name": "Port", "type": "int", "min": 1, "max": 65535, "required": True},
        address={"name": "Address", "type": "string", "required": True},
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        parcel_of(self)

    @staticmethod
    def address_of(parcel: Parcel) -> str:
        """The Apprise URL that carries this parcel."""
        to = NotifyBase.quote(parcel.letter.to, safe="")
        return f"dondocmail://{parcel.smtp.host}:{parcel.smtp.port}/{to}"

    @property
    def url_identifier(self) -> tuple[str, str, int]:
        """What tells one server from another; never who is written to."""
        return (self.secure_protocol, self.host, self.port)

    def url(self, privacy: bool = False, *_args: Any, **_kwargs: Any) -> str:  # noqa: FBT001, FBT002 - Apprise's signature
        """The URL this object can be made from again; with `privacy` without the reader's address."""
        return f"dondocmail://{self.host}:{self.port}/" if privacy else self.address_of(parcel_of(self))

    def send(self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **_kwargs: Any) -> bool:  # noqa: ARG002
        """Send the parcel's letter as frozen; body and title are its own text and subject, trimmed by Apprise."""
        parcel = parcel_of(self)
        parcel.outcome = _deliver(parcel)
        return isinstance(parcel.outcome, Accepted)


def _deliver(parcel: Parcel) -> Outcome:
    letter = parcel.letter
    if not letter.to.isascii() or letter.to.count("@") != 1 or any(mark.isspace() for mark in letter.to):
        return RefusedPermanently(code=None, detail=f"địa chỉ thư điện tử không hợp lệ: {letter.to}")
    return transmit(mime(letter, parcel.person.code, parcel.smtp), letter.to, parcel.smtp)


def mime(letter: Letter, person: str, smtp: Smtp) -> EmailMessage:
    """The letter as one message with a text and an HTML part. `person` is a code, for filters in the reader's mailbox."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(smtp.sender_name, addr_spec=smtp.sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = local(letter.written)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notices in answer, please
    message["X-Dondoc"] = person
    for name, value in letter.headers.items():
        message[name] = value
    # base64: survives servers that know no 8-bit letters, and no line of a Vietnamese sentence is ever too long.
    message.set_content(letter.text, cte="base64")
    message.add_alternative(letter.html, subtype="html", cte="base64")
    return message
