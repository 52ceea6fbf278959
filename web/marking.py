"""The words of a sentence that a due was read from, to be marked where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from domain.vietnamese import nfc


class Piece(NamedTuple):
    """A stretch of text."""

    text: str
    marked: bool


def marked(text: str, phrases: Iterable[str]) -> tuple[Piece, ...]:
    """The text in pieces; where phrases stand in it, whatever the case and the spaces, they are marked."""
    written = nfc(text)
    spans = sorted(span for phrase in set(phrases) if phrase.strip() for span in _spans(written, nfc(phrase)))
    pieces, end = [], 0
    for first, last in _joined(spans):
        pieces += [Piece(written[end:first], marked=False), Piece(written[first:last], marked=True)]
        end = last
    pieces.append(Piece(written[end:], marked=False))
    return tuple(piece for piece in pieces if piece.text)


def _spans(text: str, phrase: str) -> Iterable[tuple[int, int]]:
    """Whole words: where it begins or ends with a letter or digit, no other stands beside it."""
    begins, ends = r"(?<!\w)" if phrase.strip()[0].isalnum() else "", r"(?!\w)" if phrase.strip()[-1].isalnum() else ""
    pattern = r"\s+".join(map(re.escape, phrase.split()))
    return (found.span() for found in re.finditer(f"{begins}{pattern}{ends}", text, re.IGNORECASE))


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that overlap are one."""
    found: list[tuple[int, int]] = []
    for first, last in spans:
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found
