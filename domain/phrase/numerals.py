"""Numbers: in digits, in words, in both ("15 (mười lăm)"); quarters in Roman; clock times with a spoken hour."""

from __future__ import annotations

from datetime import time

from domain.phrase.grammar import Level, Matched, Rule, symbol
from domain.phrase.values import Clock

CLASH = -1
"""A number whose digits and words differ, or that is far too long for a date: no date can be made of it."""
HUNDRED = 100
_NUMERAL, _YEAR = symbol("numeral"), symbol("year")
_AFTERNOON = {"chiều": 12, "tối": 12, "buổi chiều": 12, "trưa": 3}
"""Parts of the day in which an hour below this one is counted from noon."""


def spoken(values: list[int]) -> int:
    """`mười lăm` → 15, `hai mươi tư` → 24, `một trăm linh năm` → 105; CLASH for a row of words that is no number."""
    if len(values) > 2 and values[1] == HUNDRED:
        rest = spoken(values[3:] if values[2] == 0 else values[2:])
        return CLASH if rest == CLASH else values[0] * HUNDRED + rest
    if len(values) == 2 and values[1] == HUNDRED:
        return values[0] * HUNDRED
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


def _in_words(taken: Matched) -> int:
    return spoken(_words(taken))


def _hour(taken: Matched) -> Clock | None:
    hour = taken.one("number")
    if hour == 24:
        return Clock(None)
    return _spoken_hour(time(hour), taken.one("daypart")) if 0 <= hour < 24 else None


def _clock_of_part(taken: Matched) -> Clock:
    """`5h30 chiều` is 17:30."""
    clock: Clock = taken.one("clock")
    return _spoken_hour(clock.time, taken.one("daypart")) if clock.time else clock


def _spoken_hour(hour: time, part: str | None) -> Clock:
    return Clock(hour.replace(hour=hour.hour + 12) if hour.hour < _AFTERNOON.get(part or "", 0) else hour)


_UNIT = "[workday day week month quarter year hour minute]"
_THEN_DAY = "((day | all_of day)? ([numeric deictic] | number month) | weekday | each)"
NUMBERS = Level(
    Rule("number", "number open [numeral year]+ close", _repeated),
    Rule("number", f"(numeral+ year? | year) open number close (?= {_UNIT})", _repeated),
    Rule(
        "number",
        "(?<! counted) numeral+ year? (?=[workday day week quarter hour] | month (?![numeral number numeric]))",
        _in_words,
    ),
    Rule("number", "(?<![counted month quarter numeral]) numeral+ (?= year (?! [number numeral numeric]))", _in_words),
    Rule(
        "number",
        "(?<![number every deictic month numeral]) year"
        " (?=workday | [day week] (?![number numeric feast lunar_day]) | month (?! [number numeral numeric]))",
        lambda _: 5,
    ),
    Rule("weekday", "ordinal number", lambda t: t.one("number") - 1 if 2 <= t.one("number") <= 7 else None),
    Rule("clock", "clock daypart", _clock_of_part),
    Rule(
        "clock",
        "(?<=[before upto latest on not_over]) number hour daypart? (?! since)"
        f" | number hour daypart? (?= comma? {_THEN_DAY}) | (?<= since) number hour (?= upto)",
        _hour,
    ),
    Rule("misclock", f"number hour (?= comma? {_THEN_DAY})", lambda _: True),
)
"""Level 1."""
