"""Numbers: in digits, in words, in both ("15 (mười lăm)"); quarters in Roman; clock times with a spoken hour."""

from __future__ import annotations

from datetime import time

from domain.phrase.grammar import Level, Matched, Rule, symbol
from domain.phrase.values import Clock

CLASH = -1
"""A number whose digits and words differ, or that is far too long for a date: no date can be made of it."""
_NUMERAL, _YEAR = symbol("numeral"), symbol("year")


def spoken(values: list[int]) -> int:
    """`mười lăm` → 15, `hai mươi tư` → 24, `ba` → 3; CLASH for a row of words that is no number below 100."""
    if len(values) == 1:
        return values[0]
    if len(values) == 2 and 10 in values:
        return values[0] * 10 if values[1] == 10 else 10 + values[1]
    if len(values) == 3 and values[1] == 10:
        return values[0] * 10 + values[2]
    return CLASH


def _words(taken: Matched) -> list[int]:
    """Values of number words; the word of the year is five among them."""
    return [5 if token.symbol == _YEAR else token.value for token in taken.tokens if token.symbol in (_NUMERAL, _YEAR)]


def _repeated(taken: Matched) -> int:
    number = taken.one("number")
    return number if spoken(_words(taken)) == number else CLASH


def _hour(taken: Matched) -> Clock | None:
    hour = taken.one("number")
    if hour == 24:
        return Clock(None)
    return Clock(time(hour)) if 0 <= hour < 24 else None


NUMBERS = Level(
    Rule("number", "number open [numeral year]+ close", _repeated),
    Rule(
        "number",
        "numeral+ year? (?=[workday day week quarter hour] | month (?![numeral number numeric]))",
        lambda t: spoken(_words(t)),
    ),
    Rule(
        "number",
        "(?<![number every deictic month numeral]) year (?=workday | [day week] (?![number numeric feast lunar_day]))",
        lambda _: 5,
    ),
    Rule("weekday", "ordinal number", lambda t: t.one("number") - 1 if 2 <= t.one("number") <= 7 else None),
    Rule(
        "clock",
        "(?<=[before upto latest on not_over]) number hour (?! since)"
        " | number hour (?= comma? (day | all_of day)? ([numeric deictic] | number month))",
        _hour,
    ),
)
"""Level 1."""
