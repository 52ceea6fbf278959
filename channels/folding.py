"""How the headers of a letter become lines.

The standard library's own folding loses the space between two encoded words (Python 3.11: “129 ngày” arrives as
“129ngày”), so a text with other than ASCII letters is encoded whole, every space inside a word (RFC 2047, 6.2). It also
parses each header again and again, which takes longer than sending the letter.
"""

from __future__ import annotations

import re
from email.policy import EmailPolicy

from channels.oneline import one_line
from channels.words import encoded_words

_LINE = 78
"""Characters a line of a header should have at most (RFC 5322, 2.1.1)."""
_BETWEEN_WORDS = re.compile(r"(?<=\S) (?=\S)")
_BETWEEN_PARTS = re.compile(r"(?<=;) |(?<=\?=) (?==\?)")
"""Never within a quoted name: not every mail program puts it together again."""


class Folding(EmailPolicy):
    """EmailPolicy for letters whose headers are texts: kept as they are given, and folded at spaces."""

    def header_max_count(self, name: str) -> int:  # noqa: ARG002 - its class asks for it
        """How often a header may be set: once, whichever it is."""
        return 1

    def header_store_parse(self, name: str, value: str) -> tuple[str, str]:
        """The header as it is kept. Raises ValueError for a line break."""
        return name, one_line(str(value))

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002 - its class asks for it
        """The header as it was kept."""
        return value

    def fold(self, name: str, value: str) -> str:
        """The header as lines of text."""
        if not value.isascii() or (name.lower() == "subject" and "=?" in value):
            return f"{name}: {f'{self.linesep} '.join(encoded_words(value))}{self.linesep}"
        if len(name) + len(value) + 2 <= _LINE:
            return f"{name}: {value}{self.linesep}"
        return f"{self.linesep} ".join(_lines(name, value)) + self.linesep

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as bytes on the wire."""
        return self.fold(name, value).encode("ascii")


def _lines(name: str, value: str) -> list[str]:
    """The header cut where it may be and has to be; what has no such place stays whole."""
    first, *further = (_BETWEEN_PARTS if name.lower().startswith("content-") else _BETWEEN_WORDS).split(value)
    lines = [f"{name}: {first}"]
    for word in further:
        if len(lines[-1]) + len(word) + 1 < _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


MAIL = Folding(linesep="\r\n")
"""For messages on their way to a mail server."""
