"""Limits in words, with the mapping that means the same: `explain` is asked the one, the fingers the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from domain.phrase.explaining import explain
from domain.workdays import Calendar
from tests.domain.naive import Fingers
from tests.domain.questions import READINGS, Form, forms

Sentence = tuple[str, dict[str, Any]]
Times = tuple[date | None, datetime | None, datetime | None]
Answering = Callable[[Sentence, dict[str, date], tuple[time, bool]], Times]
"""The nominal day, the first instant that is late, and when it is safely done."""

BOUNDS = {"đến hết": "inclusive", "chậm nhất": "inclusive", "trước": "exclusive"}
UNITS = {"days": "ngày", "working_days": "ngày làm việc", "weeks": "tuần", "months": "tháng", "years": "năm"}
STARTS = {"issued": "ngày ban hành", "received": "ngày nhận được văn bản"}
LONGEST = {"days": 90, "working_days": 60, "weeks": 12, "months": 18, "years": 3}


def every_form(calendar: Calendar, fingers: Fingers) -> tuple[Form, ...]:
    """Every form of question, that which is put in words among them."""
    in_words = Form("due in words", 6, drawn, explained(calendar), counted(fingers))
    return (*forms(calendar, fingers), in_words)


def drawn(chance: Random) -> tuple[Sentence, dict[str, date], tuple[time, bool]]:
    issued = date(2010, 1, 1) + timedelta(days=chance.randrange(20 * 365))
    sentence = chance.choice([on_a_day, at_an_hour, within_a_period, by_the_end])(chance, issued)
    known = {"issued": issued, "received": issued + timedelta(days=chance.randint(0, 9))}
    return sentence, known, chance.choice(list(READINGS))


def on_a_day(chance: Random, issued: date) -> Sentence:
    day, word = _later(issued, chance), chance.choice(list(BOUNDS))
    return f"{word} ngày {_written(day, chance)}", {"date": day, "bound": BOUNDS[word]}


def at_an_hour(chance: Random, issued: date) -> Sentence:
    day, hour, minute = _later(issued, chance), chance.randint(7, 17), chance.choice([0, 15, 30])
    clock = f"{hour} giờ {minute:02} phút" if minute else f"{hour} giờ"
    return f"trước {clock} ngày {_written(day, chance)}", {"date": day, "bound": "at", "time": f"{hour:02}:{minute:02}"}


def within_a_period(chance: Random, _issued: date) -> Sentence:
    unit, start = chance.choice(list(UNITS)), chance.choice(list(STARTS))
    number = chance.randint(1, LONGEST[unit])
    said = f"trong thời hạn {number:02} {UNITS[unit]} kể từ {STARTS[start]}"
    return said, {"within": {unit: number, "of": start}}


def by_the_end(chance: Random, issued: date) -> Sentence:
    year, month, quarter = issued.year + chance.randint(1, 3), chance.randint(1, 12), chance.randint(1, 4)
    return chance.choice(
        [
            (f"trong tháng {month}/{year}", {"end_of": {"month": f"{year}-{month:02}"}}),
            (
                f"trong quý {('I', 'II', 'III', 'IV')[quarter - 1]}/{year}",
                {"end_of": {"quarter": f"{year}-Q{quarter}"}},
            ),
            (f"trong 6 tháng đầu năm {year}", {"end_of": {"half": f"{year}-H1"}}),
            (f"hoàn thành trong năm {year}", {"end_of": {"year": str(year)}}),
        ]
    )


def _later(issued: date, chance: Random) -> date:
    """A day that is still to come when the document is issued: of any other `explain` asks back."""
    return issued + timedelta(days=chance.randint(1, 900))


def _written(day: date, chance: Random) -> str:
    forms = (f"{day:%d/%m/%Y}", f"{day.day:02}/{day.month}/{day.year}", f"{day.day} tháng {day.month} năm {day.year}")
    return chance.choice(forms)


def explained(calendar: Calendar) -> Answering:
    def ours(sentence: Sentence, known: dict[str, date], office: tuple[time, bool]) -> Times:
        found = explain(sentence[0], calendar, READINGS[office], known["issued"], known["received"])
        return found.nominal, found.overdue_after, found.safe_due

    return ours


def counted(fingers: Fingers) -> Answering:
    def naive(sentence: Sentence, known: dict[str, date], office: tuple[time, bool]) -> Times:
        found = fingers.due(sentence[1], known, office)
        return found[:3] if found else (None, None, None)

    return naive
