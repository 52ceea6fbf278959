"""Phrases as they come out of scanners, keyboards and careless hands: drawn from the tables, then damaged."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator

Chance = random.Random


def mutated(phrases: list[str], count: int, seed: int) -> Iterator[str]:
    """So many phrases, each damaged one to three times; the same in every run."""
    chance = Chance(seed)
    for _ in range(count):
        phrase = chance.choice(phrases)
        for _ in range(chance.randint(1, 3)):
            phrase = chance.choice(DAMAGES)(phrase, chance, phrases)
        yield phrase


def _wrong_number(phrase: str, chance: Chance, _: list[str]) -> str:
    """A day, month, year or length becomes another number."""
    places = [place for place, letter in enumerate(phrase) if letter.isdigit()]
    if not places:
        return phrase
    place = chance.choice(places)
    return (
        phrase[:place] + str(chance.choice([0, 13, 31, 32, 99, 366, 2024, 12345678901234567890])) + phrase[place + 1 :]
    )


def _glued_digit(phrase: str, chance: Chance, _: list[str]) -> str:
    """The mark of a footnote, without its distance."""
    place = chance.randint(0, len(phrase))
    return phrase[:place] + str(chance.randint(1, 9)) + phrase[place:]


def _misread(phrase: str, chance: Chance, _: list[str]) -> str:
    """Letters and signs that scanners take for one another."""
    pair = chance.choice(["0O", "1l", "1I", "5S", "/-", "/.", "/ ", "rn", "ằă", "ướ", "ýy", "đd", "  "])
    return phrase.replace(pair[0], pair[1], chance.randint(1, 2))


def _decomposed(phrase: str, _: Chance, __: list[str]) -> str:
    return unicodedata.normalize("NFD", phrase)


def _upper(phrase: str, _: Chance, __: list[str]) -> str:
    return phrase.upper()


def _broken(phrase: str, chance: Chance, _: list[str]) -> str:
    """Spaces and line breaks where they stand in the way."""
    place = chance.randint(0, len(phrase))
    return phrase[:place] + chance.choice(["  ", "\n", "\t", "\u00a0", " \r\n "]) + phrase[place:]


def _joined(phrase: str, chance: Chance, phrases: list[str]) -> str:
    return phrase + chance.choice([" ", ", ", "; ", " và ", " hoặc ", ""]) + chance.choice(phrases)


def _cut(phrase: str, chance: Chance, _: list[str]) -> str:
    first, last = sorted((chance.randint(0, len(phrase)), chance.randint(0, len(phrase))))
    return phrase[first:last]


def _swapped(phrase: str, chance: Chance, _: list[str]) -> str:
    """Two words change places."""
    words = phrase.split()
    chance.shuffle(words)
    return " ".join(words)


DAMAGES: list[Callable[[str, Chance, list[str]], str]] = [
    _wrong_number,
    _glued_digit,
    _misread,
    _decomposed,
    _upper,
    _broken,
    _joined,
    _cut,
    _swapped,
]
