"""Questions of every form about deadlines, drawn at random, put to the program and to the fingers (naive.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, time, timedelta
from random import Random
from typing import Any, NamedTuple

from domain.due import BeforeDay, Due, DueSpec, EndOf, Reading, resolve, resolve_each
from domain.recurrence import Recurrence
from domain.workdays import Calendar, OutsideCalendarError, Roll, Special
from tests.domain.naive import Answer, BeyondError, Fingers, coming, ends

READINGS = {
    (closing, lenient): Reading(closing=closing, before_day=BeforeDay.LENIENT if lenient else BeforeDay.STRICT)
    for closing in (time(16, 30), time(17))
    for lenient in (False, True)
}
ROLLS = (None, "none", "next", "previous")


class Form(NamedTuple):
    """One way of asking."""

    name: str
    share: int
    draw: Callable[[Random], tuple[Any, ...]]
    """The question, in plain values."""
    ours: Callable[..., object]
    naive: Callable[..., object]


class Mismatch(NamedTuple):
    """A question with two answers."""

    form: str
    asked: tuple[Any, ...]
    ours: object
    naive: object


class Compared(NamedTuple):
    """What a run came to."""

    asked: Counter[str]
    outside: int
    """Questions that leave the calendar, refused by both."""
    mismatches: list[Mismatch]


def compare(forms: tuple[Form, ...], count: int, seed: int) -> Compared:
    """Put `count` questions, the same for the same seed."""
    chance = Random(seed)
    drawn = chance.choices(forms, [form.share for form in forms], k=count)
    outside, mismatches = 0, []
    for form in drawn:
        asked = form.draw(chance)
        ours, naive = _answered(form.ours, asked), _answered(form.naive, asked)
        outside += ours == naive == "outside"
        if ours != naive:
            mismatches.append(Mismatch(form.name, asked, ours, naive))
    return Compared(Counter(form.name for form in drawn), outside, mismatches)


def _answered(answer: Callable[..., object], asked: tuple[Any, ...]) -> object:
    try:
        return answer(*asked)
    except (OutsideCalendarError, BeyondError):
        return "outside"


def forms(calendar: Calendar, fingers: Fingers) -> tuple[Form, ...]:
    """Every form, about one calendar."""
    due = due_of(calendar)
    return (
        Form("a working day", 4, lambda chance: (a_day(chance),), calendar.is_working, fingers.works),
        Form("added", 14, lambda chance: (a_day(chance), chance.randint(-90, 90)), calendar.add, fingers.added),
        Form("counted", 10, a_span, calendar.working_days, fingers.counted),
        Form("rolled", 6, a_roll, lambda day, how: calendar.roll(day, Roll(how)), fingers.rolled),
        Form("days off around", 4, lambda chance: (a_day(chance),), calendar.break_around, fingers.rest_around),
        Form("end of a period", 4, an_end, lambda end_of: EndOf(**end_of).last_day(), lambda end_of: ends(**end_of)),
        Form("due on a date", 10, lambda chance: a_due(chance, {"date": a_day(chance)}), due, fingers.due),
        Form(
            "due at the end of a period",
            10,
            lambda chance: a_due(chance, {"end_of": an_end(chance)[0]}),
            due,
            fingers.due,
        ),
        Form("due within", 24, lambda chance: a_due(chance, {"within": within(chance)}), due, fingers.due),
        Form("days that come again", 7, recurring, occurrences, lambda *asked: list(coming(*asked))),
        Form("dues that come again", 7, recurring_due, dues_of(calendar), naive_dues_of(fingers)),
    )


# ------------------------------------------------------------------------------------------------------- what is asked


def a_day(chance: Random) -> date:
    """Mostly in the years of letters, now and then at either end of the calendar or beyond it."""
    where = chance.random()
    if where < 0.03:
        edge = chance.choice([date(2005, 1, 1), date(2035, 12, 31)])
        return edge + timedelta(days=chance.randint(-40, 40))
    first, years = (date(2023, 11, 1), 4) if where < 0.7 else (date(2005, 6, 1), 30)
    return first + timedelta(days=chance.randrange(years * 365))


def a_span(chance: Random) -> tuple[date, date]:
    first = a_day(chance)
    return first, first + timedelta(days=chance.randint(-250, 250))


def a_roll(chance: Random) -> tuple[date, str]:
    return a_day(chance), chance.choice(["none", "next", "previous"])


def an_end(chance: Random) -> tuple[dict[str, str]]:
    unit, year = chance.choice(["week", "month", "quarter", "half", "year"]), a_day(chance).year
    number = chance.randint(1, {"week": 52, "month": 12, "quarter": 4, "half": 2, "year": 1}[unit])
    form = {"week": "{}-W{:02}", "month": "{}-{:02}", "quarter": "{}-Q{}", "half": "{}-H{}", "year": "{}"}[unit]
    return ({unit: form.format(year, number)},)


def within(chance: Random) -> dict[str, Any]:
    longest = {"days": 120, "working_days": 90, "weeks": 20, "months": 30, "years": 4}
    unit = chance.choice(list(longest))
    start = chance.choice([{"of": "issued"}, {"of": "received"}, {"event": "hop"}])
    return {unit: chance.randint(0, longest[unit]), **start, **({"before": True} if chance.random() < 0.3 else {})}


def a_due(chance: Random, written: dict[str, Any]) -> tuple[Any, ...]:
    """The due with a bound, a roll, a moving event, an extension: each of them now and then; in some office."""
    written = {"phrase": "…", **written, **a_bound(chance)}
    if roll := chance.choice(ROLLS):
        written["roll"] = roll
    if chance.random() < 0.1:
        written["moved_by"] = {"event": "chuyen-tham", "bound": chance.choice(["inclusive", "exclusive"])}
    known = {name: a_day(chance) for name in ("issued", "received", "event:hop") if chance.random() < 0.98}
    if chance.random() < 0.5:
        known["event:chuyen-tham"] = a_day(chance)
    extended_to = a_day(chance) if chance.random() < 0.1 else None
    return written, known, chance.choice(list(READINGS)), extended_to


def a_bound(chance: Random) -> dict[str, str]:
    bound = chance.choice(["inclusive", "exclusive", "at"])
    hour, minute = chance.choice([0, 5, 7, 10, 14, 17, 23]), chance.choice([0, 30, 59])
    return {"bound": bound, **({"time": f"{hour:02}:{minute:02}"} if bound == "at" else {})}


def recurring(chance: Random) -> tuple[dict[str, Any], date, date]:
    """A rule and a span to read it over."""
    every = chance.choice(["day", "week", "month", "quarter", "half", "year"])
    rule: dict[str, Any] = {"every": every}
    number = chance.randint(1, 3)
    if every == "year":
        dates = (date(2024, 1, 1) + timedelta(days=chance.randrange(366)) for _ in range(number))
        rule["dates"] = tuple({f"{one:%m-%d}" for one in dates})
    elif every != "day":
        rule["days"] = tuple(chance.sample(range(1, 8) if every == "week" else [-1, *range(1, 32)], number))
    first = a_day(chance)
    if chance.random() < 0.3:
        rule["starts"] = first + timedelta(days=chance.randint(-30, 60))
    if chance.random() < 0.3:
        rule["until"] = rule.get("starts", first) + timedelta(days=chance.randint(0, 200))
    return rule, first, first + timedelta(days=chance.randrange(40 if every in ("day", "week") else 400))


def recurring_due(chance: Random) -> tuple[Any, ...]:
    rule, first, last = recurring(chance)
    written = {"phrase": "…", "every": rule, **a_bound(chance)}
    if roll := chance.choice(ROLLS):
        written["roll"] = roll
    return written, first, last, chance.choice(list(READINGS))


# ------------------------------------------------------------------------------------------------ how each side answers


def due_of(calendar: Calendar) -> Callable[..., Answer | None]:
    def ours(
        written: dict[str, Any], known: dict[str, date], office: tuple[time, bool], extended_to: date | None
    ) -> Answer | None:
        found = resolve(DueSpec.model_validate(written), calendar, READINGS[office], known, extended_to)
        return answer(found) if found else None

    return ours


def answer(due: Due) -> Answer:
    """What the program found, in the words of the fingers."""
    return Answer(due.nominal, due.overdue_after, due.safe_due, due.last_day, due.original, due.unconfirmed)


def occurrences(rule: dict[str, Any], first: date, last: date) -> list[date]:
    return list(Recurrence.model_validate(rule).occurrences(first, last))


Dues = Callable[[dict[str, Any], date, date, tuple[time, bool]], list[tuple[date | None, Answer | None]]]


def dues_of(calendar: Calendar) -> Dues:
    def ours(
        written: dict[str, Any], first: date, last: date, office: tuple[time, bool]
    ) -> list[tuple[date | None, Answer | None]]:
        dues = resolve_each(DueSpec.model_validate(written), calendar, READINGS[office], first, last)
        return [(due.occurrence, answer(due)) for due in dues]

    return ours


def naive_dues_of(fingers: Fingers) -> Dues:
    def naive(
        written: dict[str, Any], first: date, last: date, office: tuple[time, bool]
    ) -> list[tuple[date | None, Answer | None]]:
        days = coming(written["every"], first, last)
        return [(day, fingers.due(written, {}, office, occurrence=day)) for day in days]

    return naive


# ------------------------------------------------------------------------------------------------- a calendar of swaps


def swapped_about() -> tuple[Calendar, Fingers]:
    """A calendar on which every tenth day is not what its weekday says, for both sides."""
    chance = Random(24)
    first, last = date(2005, 1, 1), date(2035, 12, 31)
    all_days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    unusual = {day: day.weekday() > 4 for day in all_days if chance.random() < 0.1}
    ticked = frozenset(day for day in all_days if unusual.get(day, day.weekday() < 5))
    specials = tuple(Special(day, works, "", "") for day, works in unusual.items())
    calendar = Calendar("đổi nhiều", first, last, date(2025, 6, 30), specials, date(2010, 1, 1))
    return calendar, Fingers(first, last, ticked, date(2010, 1, 1), date(2025, 6, 30))
