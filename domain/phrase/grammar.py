"""The engine of the grammar: rules over symbols, applied level by level, each level building on the one below.

A text is a row of tokens, each with a symbol. A rule says which rows of symbols it takes (`before day number month
number`), and what they mean together; its result is one token with the rule's symbol, which the rules of the next level
take in turn. This is a cascade of finite-state grammars (Abney, "Partial parsing via finite-state cascades", 1996):
words that no rule knows stay where they are and disturb nobody. Inside, a symbol is one character, so that a level runs
as one regular expression over the row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

_SYMBOLS: dict[str, str] = {}
ROWS = 5_000
"""Rows of symbols remembered by each level."""
_FIRST = 0xE000
"""Private use area: no symbol can be taken for an operator of a pattern."""


def symbol(name: str) -> str:
    """The character that stands for the symbol in patterns and tokens."""
    return _SYMBOLS.setdefault(name, chr(_FIRST + len(_SYMBOLS)))


class Token(NamedTuple):
    """A piece of the text with its symbol; `value` is what the piece means."""

    symbol: str
    start: int
    """First character in the text."""
    end: int
    """Behind the last character."""
    value: Any = None


class Matched:
    """The tokens a rule has taken, asked for by symbol."""

    __slots__ = ("row", "tokens")

    def __init__(self, tokens: Sequence[Token], row: str) -> None:
        self.tokens = tokens
        self.row = row
        """Their symbols."""

    def all(self, name: str) -> list[Any]:
        """Values of the tokens with the symbol, in order."""
        wanted = _SYMBOLS[name]
        return [token.value for token in self.tokens if token.symbol == wanted]

    def one(self, name: str) -> Any:
        """Value of the first token with the symbol; None where there is none."""
        place = self.row.find(_SYMBOLS[name])
        return None if place < 0 else self.tokens[place].value

    def has(self, name: str) -> bool:
        """Whether a token with the symbol was taken."""
        return _SYMBOLS[name] in self.row


@dataclass(frozen=True)
class Rule:
    """What is taken, and what it becomes."""

    gives: str
    """Symbol of the result."""
    takes: str
    """Symbols, with the operators of regular expressions: `?`, `*`, `+`, `|`, `( )`, `[ ]`, `(?= )`, `(?<! )`."""
    build: Callable[[Matched], Any]
    """The meaning; None: the rule does not apply here after all."""


_Place = tuple[int, int, int]
"""Of a match: the rule, the first token, the token behind the last."""


class Level:
    """Rules of one height; where several match at one place, the first listed wins.

    Where rules match depends on the symbols alone, and offices write few rows of them: the places are remembered.
    """

    def __init__(self, *rules: Rule) -> None:
        self._rules = rules
        self._gives = [symbol(rule.gives) for rule in rules]
        compiled = [_compiled(rule.takes) for rule in rules]
        self._each = [re.compile(one) for one in compiled]
        self._any = re.compile("|".join(f"({one})" for one in compiled))
        self._next = lru_cache(maxsize=ROWS)(self._search)
        self._other = lru_cache(maxsize=ROWS)(self._search_other)

    def __call__(self, tokens: list[Token], row: str) -> tuple[list[Token], str]:
        """The tokens and their symbols, with every match replaced by its result."""
        place = self._next(row, 0)
        rewritten: list[Token] = []
        done = 0
        while place is not None:
            result, behind = self._result(place, row, tokens)
            if result is not None:
                rewritten += tokens[done : place[1]]
                rewritten.append(result)
                done = behind
            place = self._next(row, behind)
        if not rewritten:
            return tokens, row
        rewritten += tokens[done:]
        return rewritten, "".join([token.symbol for token in rewritten])

    def matches(self, row: str) -> bool:
        """Whether any rule matches in the row of symbols."""
        return self._next(row, 0) is not None

    def _result(self, place: _Place, row: str, tokens: list[Token]) -> tuple[Token | None, int]:
        """What the first rule that really applies at this place gives, and the place behind it."""
        start = place[1]
        other: _Place | None = place
        while other is not None:
            rule, _, end = other
            value = self._rules[rule].build(Matched(tokens[start:end], row[start:end]))
            if value is not None:
                return Token(self._gives[rule], tokens[start].start, tokens[end - 1].end, value), end
            other = self._other(row, start, rule + 1)
        return None, start + 1

    def _search(self, row: str, first: int) -> _Place | None:
        """The next match from this token on."""
        found = self._any.search(row, first)
        return None if found is None else ((found.lastindex or 1) - 1, found.start(), found.end())

    def _search_other(self, row: str, first: int, rule: int) -> _Place | None:
        """The match of the first rule from this one on that matches right here."""
        for at in range(rule, len(self._rules)):
            found = self._each[at].match(row, first)
            if found is not None:
                return at, first, found.end()
        return None


class Cascade:
    """Levels one upon the other; where nothing of a level matches, it is not entered."""

    def __init__(self, *levels: Level) -> None:
        self._levels = levels
        self._next = lru_cache(maxsize=ROWS * len(levels))(self._search)

    def __call__(self, tokens: list[Token]) -> list[Token]:
        """The tokens as the highest level leaves them."""
        row = "".join([token.symbol for token in tokens])
        level = self._next(row, 0)
        while level < len(self._levels):
            tokens, row = self._levels[level](tokens, row)
            level = self._next(row, level + 1)
        return tokens

    def _search(self, row: str, first: int) -> int:
        """The next level from this one on of which a rule matches."""
        levels = range(first, len(self._levels))
        return next((at for at in levels if self._levels[at].matches(row)), len(self._levels))


def _compiled(takes: str) -> str:
    inner = re.sub(r"\((?!\?)", "(?:", takes)
    return re.sub(r"[a-z_]+", lambda name: symbol(name[0]), inner).replace(" ", "")
