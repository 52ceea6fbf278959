"""A sentence read: every stretch of it that speaks of time, with what it is and where it stands."""

from __future__ import annotations

import unicodedata

from domain.phrase.contexts import LEFT, SENSES
from domain.phrase.grammar import Cascade, Token, symbol
from domain.phrase.joined import COMPOSED, LISTS, MOON
from domain.phrase.lengths import LENGTHS
from domain.phrase.limits import LIMITS
from domain.phrase.numerals import NUMBERS
from domain.phrase.parts import PARTS
from domain.phrase.points import DAYS, NAMED
from domain.phrase.repeats import CLOSINGS, CYCLES, PERIODS
from domain.phrase.senses import Sense
from domain.phrase.tokens import tokens

CASCADE = Cascade(
    NUMBERS, NAMED, DAYS, PARTS, MOON, COMPOSED, PERIODS, CLOSINGS, LISTS, CYCLES, LENGTHS, LIMITS, SENSES
)
"""From words to senses; each level takes what the one before gives."""
UNREAD = Cascade(LEFT)
LONGEST = 4_000
"""Characters read; a directive's sentence has some hundreds."""
_SENSE = symbol("sense")


def composed(text: str) -> str:
    """The text as spans refer to it: composed (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def read(text: str) -> list[tuple[Sense, int, int]]:
    """What a composed text says of time, in order: sense, first character, character behind the last."""
    taken = CASCADE(tokens(text[:LONGEST]))
    return _senses(taken) or _senses(UNREAD(taken))


def _senses(taken: list[Token]) -> list[tuple[Sense, int, int]]:
    return [(token.value, token.start, token.end) for token in taken if token.symbol == _SENSE]
