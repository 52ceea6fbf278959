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
from typing import Any, NamedTuple

_SYMBOLS: dict[str, str] = {}
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

    __slots__ = ("tokens",)

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    def all(self, name: str) -> list[Any]:
        """Values of the tokens with the symbol, in order."""
        wanted = _SYMBOLS[name]
        return [token.value for token in self.tokens if token.symbol == wanted]

    def one(self, name: str) -> Any:
        """Value of the first token with the symbol; None where there is none."""
        wanted = _SYMBOLS[name]
        return next((token.value for token in self.tokens if token.symbol == wanted), None)

    def has(self, name: str) -> bool:
        """Whether a token with the symbol was taken."""
        wanted = _SYMBOLS[name]
        return any(token.symbol == wanted for token in self.tokens)


@dataclass(frozen=True)
class Rule:
    """What is taken, and what it becomes."""

    gives: str
    """Symbol of the result."""
    takes: str
    """Symbols, with the operators of regular expressions: `?`, `*`, `+`, `|`, `( )`, `[ ]`, `(?= )`, `(?<! )`."""
    build: Callable[[Matched], Any]
    """The meaning; None: the rule does not apply here after all."""


class Level:
    """Rules of one height; where several match at one place, the first listed wins."""

    def __init__(self, *rules: Rule) -> None:
        self._rules = rules
        self._gives = [symbol(rule.gives) for rule in rules]
        compiled = [_compiled(rule.takes) for rule in rules]
        self._each = [re.compile(one) for one in compiled]
        self._any = re.compile("|".join(f"({one})" for one in compiled))

    def __call__(self, tokens: list[Token]) -> list[Token]:
        """The row with every match replaced by its result."""
        row = "".join([token.symbol for token in tokens])
        found = self._any.search(row)
        if found is None:
            return tokens
        rewritten: list[Token] = []
        done = 0
        while found is not None:
            result, behind = self._result(found, row, tokens)
            if result is not None:
                rewritten += tokens[done : found.start()]
                rewritten.append(result)
                done = behind
            found = self._any.search(row, behind)
        return rewritten + tokens[done:] if done else tokens

    def _result(self, found: re.Match[str], row: str, tokens: list[Token]) -> tuple[Token | None, int]:
        """What the first rule that really applies at this place gives, and the place behind it."""
        first = (found.lastindex or 1) - 1
        start, end = found.span()
        for at in range(first, len(self._rules)):
            if at > first:
                other = self._each[at].match(row, start)
                if other is None:
                    continue
                end = other.end()
            value = self._rules[at].build(Matched(tokens[start:end]))
            if value is not None:
                return Token(self._gives[at], tokens[start].start, tokens[end - 1].end, value), end
        return None, start + 1


def _compiled(takes: str) -> str:
    inner = re.sub(r"\((?!\?)", "(?:", takes)
    return re.sub(r"[a-z_]+", lambda name: symbol(name[0]), inner).replace(" ", "")
