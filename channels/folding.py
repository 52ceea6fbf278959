"""How long Vietnamese subjects are folded into lines of a header.

The standard library's own folding loses the space between two encoded words (Python 3.11: “129 ngày” arrives as
“129ngày”), so the subject is encoded whole, every space inside a word (RFC 2047, 6.2).
"""

from __future__ import annotations

from email.header import Header
from email.policy import EmailPolicy


class WholeSubject(EmailPolicy):
    """EmailPolicy, but for the subject."""

    def fold(self, name: str, value: str) -> str:
        """The header as lines of text."""
        if name.lower() != "subject" or str(value).isascii():
            return str(super().fold(name, value))
        encoded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {encoded}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as bytes on the wire."""
        if name.lower() != "subject" or str(value).isascii():
            return bytes(super().fold_binary(name, value))
        return self.fold(name, value).encode("ascii")


MAIL = WholeSubject(linesep="\r\n")
"""For messages on their way to a mail server."""
