"""From a letter to the message a mail server is given, the same to the last byte each time."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from email.message import EmailMessage, Message
from email.utils import format_datetime, formataddr
from functools import cache
from urllib.parse import quote

from channels.attachment import Attachment
from channels.folding import MAIL
from channels.letter import Letter
from channels.smtp import Smtp
from channels.words import encoded_words
from domain.clocktime import local
from domain.picture import Picture

_WISH = quote("Đề nghị ngừng gửi thư đôn đốc: ")
_LINE = 76
"""Characters of base64 in a line (RFC 2045, 6.8)."""


def mime(letter: Letter, person: str, smtp: Smtp) -> EmailMessage:
    """The letter as a message with a text and an HTML part, and its attachments; `person` is a code, for filters.

    Pictures stand beside the HTML alone (RFC 2387): who reads the text is not offered them as files.
    Raises ValueError for a text that cannot be written as UTF-8.
    """
    boundary = hashlib.sha256(letter.message_id.encode()).hexdigest()[:24]
    html = _text(letter.html, "html")
    if letter.pictures:
        html = _several('related; type="text/html"', f"{boundary}-p", html, *map(_shown, letter.pictures))
    message = _several("alternative", boundary, _text(letter.text, "plain"), html)
    if letter.attachments:
        message = _several("mixed", f"{boundary}-a", message, *map(_attached, letter.attachments))
    for name, value in {**_headers(letter, person, smtp), **dict(letter.headers), "MIME-Version": "1.0"}.items():
        message[name] = value
    return message


def wire(message: Message) -> bytes:
    """The message as a server is given it; the standard library's generator takes each line of it in hand again."""
    head = b"".join(MAIL.fold_binary(name, value) for name, value in message.raw_items())
    content = message.get_payload()
    if not isinstance(content, list):
        return head + b"\r\n" + str(content).encode("ascii")
    between = f"\r\n--{message.get_boundary()}".encode()
    parts = [between + b"\r\n" + wire(part) for part in content if isinstance(part, Message)]
    return b"".join([head, *parts, between, b"--\r\n"])


def _headers(letter: Letter, person: str, smtp: Smtp) -> dict[str, str]:
    return {
        "From": _mailbox(smtp.sender_name, smtp.sender),
        "To": letter.to,
        "Subject": letter.subject,
        "Date": format_datetime(local(letter.written)),
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notices in answer, please
        "List-Unsubscribe": _unsubscribe(smtp.unsubscribe or smtp.sender, person),
        "X-Dondoc": person,
    }


@cache
def _mailbox(name: str, address: str) -> str:
    if name.isascii():
        return formataddr((name, address))
    return f"{' '.join(encoded_words(name))} <{address}>"


def _unsubscribe(address: str, person: str) -> str:
    """By a letter to a human (RFC 2369): what an official has to be told is not the official's to switch off.

    No address of a page, then: programs that look into letters open those by themselves.
    """
    return f"<mailto:{address}?subject={_WISH}{person}>"


def _several(kind: str, boundary: str, *parts: EmailMessage) -> EmailMessage:
    # No line of base64 and no header has `=_` at its beginning, so that the boundary need not be searched for.
    message = _part(f'multipart/{kind}; boundary="=_{boundary}"')
    for part in parts:
        message.attach(part)
    return message


def _text(text: str, kind: str) -> EmailMessage:
    return _encoded(_part(f"text/{kind}; charset=utf-8"), text.replace("\r\n", "\n").replace("\n", "\r\n").encode())


def _attached(file: Attachment) -> EmailMessage:
    part = _part(file.content_type)
    part["Content-Disposition"] = file.content_disposition
    return _encoded(part, file.content)


def _shown(picture: Picture) -> EmailMessage:
    part = _part(picture.content_type)
    part["Content-ID"] = f"<{picture.cid}>"
    part["Content-Disposition"] = "inline"
    return _encoded(part, picture.content)


def _part(content_type: str) -> EmailMessage:
    part = EmailMessage(policy=MAIL)
    part["Content-Type"] = content_type
    return part


def _encoded(part: EmailMessage, content: bytes) -> EmailMessage:
    # base64: survives servers that know no 8-bit letters, and no line of a Vietnamese sentence is ever too long.
    part["Content-Transfer-Encoding"] = "base64"
    letters = b64encode(content).decode("ascii")
    lines = [letters[at : at + _LINE] for at in range(0, len(letters), _LINE)]
    part.set_payload("\r\n".join([*lines, ""]))
    return part
