"""A text with other than ASCII letters, as encoded words of a header (RFC 2047)."""

from __future__ import annotations

from base64 import b64encode

_BYTES = 39
"""Of a text in one word: with `Subject: ` before it, a line of 78 characters."""


def encoded_words(text: str) -> list[str]:
    """Words of base64, none of which cuts a letter. Readers leave out the spaces between them.

    The standard library weighs two encodings against each other letter by letter, which takes longer than sending.
    """
    rest, words = text.encode(), []
    while rest:
        cut = _BYTES
        while cut < len(rest) and rest[cut] & 0xC0 == 0x80:  # within a letter of several bytes
            cut -= 1
        words.append(f"=?utf-8?b?{b64encode(rest[:cut]).decode('ascii')}?=")
        rest = rest[cut:]
    return words
