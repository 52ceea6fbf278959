"""E-mail as an Apprise plugin of our own: `dondocmail://host:port/address`.

Apprise's stock plugin cannot be given a Message-ID, drops the links from the text part, reads the machine's
certificates on every send, waits 5.5 s between two sends and keeps the server's codes to itself.
"""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import quote

from channels.bounce import envelope_sender
from channels.envelope import Envelope
from channels.letter import Outcome, RefusedPermanently, is_address
from channels.mime import mime, wire
from channels.parcel import Carrier, Parcel
from channels.transmit import transmit


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
        letter, smtp = parcel.letter, parcel.smtp
        if not is_address(letter.to):
            return RefusedPermanently(code=None, detail=f"địa chỉ thư điện tử không hợp lệ: {letter.to}", address=True)
        envelope = Envelope(envelope_sender(smtp, letter.message_id), letter.to)
        try:
            return transmit(lambda: wire(mime(letter, parcel.person.code, smtp)), envelope, smtp, parcel.pool)
        except ValueError as error:
            return RefusedPermanently(code=None, detail=f"không dựng được thư: {error}")
