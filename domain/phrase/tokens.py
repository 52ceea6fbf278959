"""From a sentence to tokens: numbers and dates as they are written, known expressions, other words, punctuation.

Line breaks and doubled spaces mean nothing. A footnote mark glued to a word ("ngay8") is dropped, one glued to a year
("4/20247" is April 2024 and note 7) is cut off and remembered. The text is composed (NFC) first; spans are of the
composed text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import time
from functools import lru_cache
from typing import NamedTuple

from domain.phrase import lexicon
from domain.phrase.grammar import Token, symbol
from domain.phrase.values import Clock, Deictic

_LEXEMES = re.compile(
    r"""
    (?P<word>    [^\W\d_]{2,} )
  | (?P<clock>   (?<![\d/.,])\d{1,2}\s*(?:h|g|gi[ờo]|:)\s*\d\d(?!\d)(?:\s*ph[úu]t)?\s*[’'′]?
               | (?<![\d/.,])\d{1,2}(?:h|g)(?![^\W_]) )
  | (?P<garbled> (?<!\w)(?=[\dOoIl/.\-]*(?:\d[OoIl]|[OoIl]\d))[\dOoIl]+(?:[/.\-][\dOoIl]+)*(?!\w) )
  | (?P<docno> \d+(?:/\d{4})?(?:/|-(?=[^\W\d_]+/))[^\W\d_][\w-]*(?:[-/]\w+)* )
  | (?P<ranged>  \d{1,2}\s*-\s*(?=\d{1,2}\s*/\s*\d{1,2}(?!\d)) )
  | (?P<numeric> \d{4}-\d{1,2}-\d{1,2}(?!\d)
               | \d{1,2}\s*(?P<mark>[/.\-–—])\s*\d{1,2}(?:\s*(?P=mark)\s*\d{1,5})?(?![\d%]|[.,]\d)
               | \d{1,2}\s*[/\-–—]\s*\d{4,5}(?!\d) )
  | (?P<decimal> \d+(?:[.,]\d+)+ )
  | (?P<digits>  \d+ )
  | (?P<letter>  [^\W\d_] )
  | (?P<ellipsis> \.{2,} | … )
  | (?P<sign>    [^\w\s]|_ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKED = re.compile(r"[^\W\d_a-zA-Z]")
"""A letter that only Vietnamese has; where there is none, people have typed without marks."""
_SIGNS = {
    ",": "comma",
    "(": "open",
    ")": "close",
    ";": "stop",
    ".": "stop",
    ":": "colon",
    "-": "dash",
    "–": "dash",
    "—": "dash",
    "/": "slash",
    "%": "percent",
    "+": "and",
    "&": "and",
}
_GLUABLE = {"ngày", "tháng", "năm", "quý", "tuần", "thứ", "mùng", "mồng", "ngay", "thang", "nam", "quy"}
"""Words that a number may follow without a space; after any other it is the mark of a footnote."""


class Numeric(NamedTuple):
    """Numbers joined by one sign: a date, a month of a year, a count, a decimal."""

    parts: tuple[int, ...]
    sign: str
    note: int | None = None
    """A footnote mark that was glued to the year."""


@dataclass(slots=True)
class _Node:
    """A place in the lexicon after some words: what they mean so far, and which words may follow."""

    meaning: tuple[str, object] | None = None
    then: dict[str, _Node] = field(default_factory=dict)


_WORD, _NUMBER, _NUMERIC, _DEICTIC = symbol("word"), symbol("number"), symbol("numeric"), symbol("deictic")
_OTHER = symbol("other")
_LETTERS = {"t", "q"}
_NUMBERS = {_NUMBER, _NUMERIC, symbol("clock")}
_BEFORE = {"trước", "truoc"}
_DAY_WORDS = {"ngày", "ngay", "khi", "thứ", "thu"}
UNREADABLE = "-1"
"""Stands for a year of one or three digits."""
TOO_LONG = -2
"""Stands for a number of seven digits and more: no day, month, year or length is made of it."""


def _lexicon() -> Iterator[tuple[str, str, object]]:
    for group in (
        *(lexicon.UNDECIDED, lexicon.UNITS, lexicon.BOUNDS, lexicon.REPEATS),
        *(lexicon.PARTS, lexicon.JOINTS, lexicon.CONTEXT),
    ):
        for name, spellings in group.items():
            symbol(name)
            yield from ((spelling, name, spelling) for spelling in spellings)
    for unit, by_offset in lexicon.DEICTIC.items():
        for offset, spellings in by_offset.items():
            yield from ((spelling, "deictic", Deictic(unit, offset)) for spelling in spellings)
    for value, spellings in lexicon.DEICTIC_DAYS.items():
        yield from ((spelling, "deictic", Deictic(*value)) for spelling in spellings)
    yield from ((spelling, "noise", spelling) for spelling in lexicon.NOISE)
    yield from ((spelling, "numeral", value) for spelling, value in lexicon.NUMERALS.items())
    yield from ((spelling, "decade", value) for spelling, value in lexicon.DECADES.items())
    yield from ((spelling, "feast", (spelling, *value)) for spelling, value in lexicon.FEASTS.items())
    yield from ((f"thứ {spelling}", "weekday", value) for spelling, value in lexicon.WEEKDAYS.items())
    yield "chủ nhật", "weekday", 7
    for name in ("tết", "tết nguyên đán", "tết âm lịch", "tết cổ truyền", "tết nguyên đán cổ truyền"):
        yield name, "tet", None
        yield from ((f"{name} {can} {chi}", "tet", None) for can in lexicon.CAN for chi in lexicon.CHI)


def _tree(spelled: Callable[[str], str]) -> _Node:
    root = _Node()
    for spelling, name, value in _lexicon():
        node = root
        for word in spelled(spelling).split():
            node = node.then.setdefault(word, _Node())
        node.meaning = node.meaning or (symbol(name), value)
    return root


_ACCENTED = _tree(str)
_PLAIN = _tree(lexicon.unaccented)


def tokens(text: str) -> list[Token]:
    """The tokens of a composed text, in order."""
    lexicon_of = _ACCENTED if _MARKED.search(text) else _PLAIN
    raw = [_lexeme(found) for found in _LEXEMES.finditer(text)]
    taken: list[Token] = []
    place = 0
    while place < len(raw):
        token = raw[place]
        if token.symbol == _WORD:
            token, place = _longest(raw, place, lexicon_of)
            taken.append(token)
        elif token.symbol == _NUMERIC and _is_code(raw, place):
            taken.append(token._replace(symbol=_OTHER))
            place += 1
        else:
            if not _is_footnote(raw, place):
                taken.append(token)
            place += 1
    return taken


def _longest(raw: list[Token], place: int, node: _Node) -> tuple[Token, int]:
    """The longest known expression at `place`, else the word itself; and the place behind it."""
    first, best, behind = raw[place], raw[place], place + 1
    for at in range(place, len(raw)):
        token = raw[at]
        following = node.then.get(token.value) if token.symbol == _WORD else None
        if following is None:
            break
        node = following
        if node.meaning and not (node.meaning[0] == _DEICTIC and _is_bound(raw, at)):
            best, behind = Token(node.meaning[0], first.start, token.end, node.meaning[1]), at + 1
    return best, behind


def _is_bound(raw: list[Token], place: int) -> bool:
    """`hằng năm trước ngày 15/12`: the word bounds the day behind it, and speaks of no year before."""
    if raw[place].value not in _BEFORE or place + 1 == len(raw):
        return False
    behind = raw[place + 1]
    return behind.symbol in _NUMBERS or behind.value in _DAY_WORDS


def _is_code(raw: list[Token], place: int) -> bool:
    """`A2/2024`: numbers grown to a letter, which are no date; `T6/2024` and `Q2/2024` are."""
    before = raw[place - 1]
    glued = place > 0 and before.symbol == _WORD and before.end == raw[place].start
    return glued and before.value not in _GLUABLE and before.value not in _LETTERS


def _is_footnote(raw: list[Token], place: int) -> bool:
    token = raw[place]
    if token.symbol != _NUMBER or place == 0:
        return False
    before = raw[place - 1]
    if before.symbol != _WORD or before.end != token.start:
        return False
    dated = place + 1 < len(raw) and raw[place + 1].symbol == _NUMERIC
    return dated or before.value not in _GLUABLE


def _lexeme(found: re.Match[str]) -> Token:
    name, value = _meaning(found.lastgroup or "", found[0])
    return Token(name, found.start(), found.end(), value)


@lru_cache(maxsize=20_000)  # the same few words make up most sentences
def _meaning(kind: str, said: str) -> tuple[str, object]:
    return _MEANINGS[kind](said)


def _numeric(said: str) -> Numeric:
    parts = re.findall(r"\d+", said)
    sign = re.sub(r"[\d\s]", "", said)[0]
    if len(parts) == 3 and len(parts[2]) in (1, 3) and len(parts[0]) < 4:
        parts[2] = UNREADABLE
    note = None
    if len(parts[-1]) == 5 and 1900 <= int(parts[-1][:4]) < 2200:
        note, parts[-1] = int(parts[-1][4]), parts[-1][:4]
    return Numeric(tuple(int(part) for part in parts), sign, note)


def _clock(said: str) -> tuple[str, object]:
    hour, minute = (*(int(number) for number in re.findall(r"\d+", said)), 0)[:2]
    if hour == 24 and minute == 0:
        return symbol("clock"), Clock(None)
    if hour > 23 or minute > 59:
        return symbol("misclock"), said
    return symbol("clock"), Clock(time(hour, minute))


_MEANINGS: dict[str, Callable[[str], tuple[str, object]]] = {
    "word": lambda said: (_WORD, lexicon.preferred(said.lower())),
    "letter": lambda said: (_WORD, lexicon.preferred(said.lower())),
    "digits": lambda said: (_NUMBER, int(said) if len(said) < 7 else TOO_LONG),
    "numeric": lambda said: (symbol("numeric"), _numeric(said)),
    "sign": lambda said: (symbol(_SIGNS.get(said, "other")), said),
    "clock": _clock,
    "garbled": lambda said: (symbol("garbled"), said),
    "ellipsis": lambda said: (symbol("ellipsis"), said),
    "docno": lambda said: (symbol("docno"), said),
    "ranged": lambda said: (symbol("ranged"), int(re.findall(r"\d+", said)[0])),
    "decimal": lambda said: (symbol("decimal"), said),
}
