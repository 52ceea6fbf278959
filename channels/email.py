"""E-mail as an Apprise plugin of our own: `dondocmail://host:port/address`.

Apprise's stock plugin cannot be given a Message-ID, drops the links from the text part, reads the machine's
certificates on every send, waits 5.5 s between two sends and keeps the server's codes to itself.
"""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any, ClassVar
from urllib.parse import quote

from channels.folding import MAIL
from channels.letter import Letter, Outcome, RefusedPermanently, is_address
from channels.parcel import Carrier, Parcel
from channels.smtp import Smtp
from channels.transmit import transmit
from domain.clocktime import local


class DondocMail(Carrier):
    """Sends the letter as one message to one address."""

    service_name = "Đôn Đốc: thư điện tử"
    secure_protocol = "dondocmail"
    templates = ("{schema}://{host}:{port}/{to}",)
    template_tokens: ClassVar[dict[str, Any]] = {
        "host": {"name": "Host", "type": "string", "required": True},
        "port": {"name": "Port", "type": "int", "min": 1, "max": 65535, "required": True},
        "to": {"name": "Address", "type": "string", "required": True},
    }

    @staticmethod
    def address(parcel: Parcel) -> str:
        """The server, and the one address written to."""
        return f"dondocmail://{parcel.smtp.host}:{parcel.smtp.port}/{quote(parcel.letter.to, safe='')}"

    def carry(self, parcel: Parcel) -> Outcome:
        """Send, unless no message can be made of it: then no server will ever take it either."""
        to = parcel.letter.to
        if not is_address(to):
            return RefusedPermanently(code=None, detail=f"địa chỉ thư điện tử không hợp lệ: {to}")
        try:
            message = mime(parcel.letter, parcel.person.code, parcel.smtp)
        except (ValueError, MessageError) as error:
            return RefusedPermanently(code=None, detail=f"không dựng được thư: {error}")
        return transmit(message, to, parcel.smtp)


def mime(letter: Letter, person: str, smtp: Smtp) -> EmailMessage:
    """The letter as a message with a text and an HTML part; `person` is a code, for filters in the mailbox."""
    message = EmailMessage(policy=MAIL)
    message["From"] = Address(smtp.sender_name, addr_spec=smtp.sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = local(letter.written)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notices in answer, please
    message["X-Dondoc"] = person
    for name, value in letter.headers:
        message[name] = value
    # base64: survives servers that know no 8-bit letters, and no line of a Vietnamese sentence is ever too long.
    message.set_content(letter.text, cte="base64")
    message.add_alternative(letter.html, subtype="html", cte="base64")
    return message
