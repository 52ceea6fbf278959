"""A file that travels with a letter, under a name that every mail program reads.

A Vietnamese name is written twice. `filename*` of Content-Disposition (RFC 2231) is the standard, and what a program
takes that knows it. Several (Outlook over POP and IMAP, some web mail) know only the older habit of encoded words
(RFC 2047) in `name` of Content-Type, which the standards forbid there and everybody reads.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated
from urllib.parse import quote

from pydantic import AfterValidator, StringConstraints

from channels.oneline import one_line
from channels.words import encoded_words
from domain.frozen import Frozen

_PLAIN = re.compile(r"[A-Za-z0-9._+() -]+")
"""Names that need no encoding between quotation marks."""
_PIECE = 48
"""Characters of one piece of an encoded name: with its number, a line of a header."""
_TYPE = r"^[a-z]+/[a-z0-9][a-z0-9.+-]*$"


def _file_name(name: str) -> str:
    if "/" in name or "\\" in name or name.startswith("."):
        raise ValueError("tên tệp đính kèm không được chứa dấu gạch chéo hay bắt đầu bằng dấu chấm")
    return unicodedata.normalize("NFC", one_line(name))


class Attachment(Frozen):
    """A file: its name as its reader will see it, its media type, its bytes."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_file_name)]
    media_type: Annotated[str, StringConstraints(pattern=_TYPE)]
    content: bytes

    @property
    def content_type(self) -> str:
        """Value of the Content-Type header."""
        if _PLAIN.fullmatch(self.name):
            return f'{self.media_type}; name="{self.name}"'
        return f'{self.media_type}; name="{" ".join(encoded_words(self.name))}"'

    @property
    def content_disposition(self) -> str:
        """Value of the Content-Disposition header."""
        if _PLAIN.fullmatch(self.name):
            return f'attachment; filename="{self.name}"'
        pieces = _pieces(f"utf-8''{quote(self.name, safe='')}")
        if len(pieces) == 1:
            return f"attachment; filename*={pieces[0]}"
        return "; ".join(["attachment", *(f"filename*{number}*={piece}" for number, piece in enumerate(pieces))])


def _pieces(encoded: str) -> list[str]:
    """The text cut into pieces, none of them within a `%C3`."""
    return re.findall(rf"(?:%[0-9A-F]{{2}}|[^%]){{1,{_PIECE // 3}}}", encoded)
