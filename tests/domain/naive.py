"""The rules of deadlines once more, on the fingers: day after day, and not a line shared with the program.

Only `datetime` reckons here. Which days are worked is read from config/calendar.yaml, then asked of the package
`holidays`, day by day. A deadline is the mapping an office writes in YAML (`{"within": {"days": 3, "of": "issued"}}`),
read anew. Slow and plain on purpose: where domain/ says something else, one of the two is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import holidays
from ruamel.yaml import YAML

CALENDAR_FILE = Path(__file__).parents[2] / "config" / "calendar.yaml"
ONE_DAY = timedelta(days=1)
HANOI = timezone(timedelta(hours=7))
"""Vietnam has known no summer time since 1975."""


class BeyondError(LookupError):
    """A day that is not on the wall calendar."""


class Answer(NamedTuple):
    """What is to be known of a deadline."""

    nominal: date
    late: datetime
    safe: datetime
    last_day: date
    original: date | None
    unconfirmed: bool


@dataclass(frozen=True)
class Fingers:
    """Somebody before a wall calendar on which the days worked are ticked."""

    first: date
    last: date
    ticked: frozenset[date]
    confirmed_from: date
    confirmed_through: date

    def works(self, day: date) -> bool:
        if not self.first <= day <= self.last:
            raise BeyondError(day)
        return day in self.ticked

    def added(self, day: date, number: int) -> date:
        """The number-th working day after the day, or before it; the day itself does not count (điều 147)."""
        if number:
            self.works(day)
        step, left = (ONE_DAY if number > 0 else -ONE_DAY), abs(number)
        while left:
            day += step
            if self.works(day):
                left -= 1
        return day

    def counted(self, after: date, through: date) -> int:
        """How many days are worked from the day after the one to the other."""
        if through < after:
            return -self.counted(through, after)
        self.works(after)
        number = 0
        while after < through:
            after += ONE_DAY
            if self.works(after):
                number += 1
        return number

    def rolled(self, day: date, how: str) -> date:
        """Off the days that are not worked (điều 148 khoản 5: to the next)."""
        if how == "none":
            return day
        while not self.works(day):
            day += ONE_DAY if how == "next" else -ONE_DAY
        return day

    def rest_around(self, day: date) -> tuple[date, date]:
        """The first and the last of the days off around the day; of a day worked, nothing between the two."""
        return self.rolled(day, "previous") + ONE_DAY, self.rolled(day, "next") - ONE_DAY

    def due(
        self,
        written: Mapping[str, Any],
        known: Mapping[str, date],
        office: tuple[time, bool],
        extended_to: date | None = None,
        occurrence: date | None = None,
    ) -> Answer | None:
        """The deadline in an office that closes at an hour and reads "trước ngày" leniently or not."""
        found = self._nominal(written, known, occurrence)
        if found is None:
            return None
        nominal, bound = found
        original = None
        if extended_to:
            original, nominal, bound = nominal, extended_to, "inclusive"
        closing, lenient = office
        late = first_late(nominal, bound, written.get("time"), lenient=lenient)
        last_day = late.date() - ONE_DAY if late.time() == time(0) else late.date()
        safe = min(late, midnight(self.rolled(last_day, "previous")) + since_midnight(closing))
        unconfirmed = not self.confirmed_from <= nominal <= self.confirmed_through
        return Answer(nominal, late, safe, last_day, original, unconfirmed)

    def _nominal(
        self, written: Mapping[str, Any], known: Mapping[str, date], occurrence: date | None
    ) -> tuple[date, str] | None:
        bound, roll = written.get("bound", "inclusive"), written.get("roll")
        moved = written.get("moved_by")
        if moved and f"event:{moved['event']}" in known:
            return known[f"event:{moved['event']}"], moved.get("bound", "exclusive")
        if "within" in written:
            within = dict(written["within"])
            start = known.get(within.get("of") or f"event:{within.get('event')}")
            if start is None:
                return None
            end = self.period(start, **{key: within[key] for key in within if key not in ("of", "event")})
            return self.rolled(end, roll or ("none" if within.get("before") else "next")), bound
        day = occurrence if "every" in written else written["date"] if "date" in written else ends(**written["end_of"])
        return None if day is None else (self.rolled(day, roll or "none"), bound)

    def period(self, start: date, *, before: bool = False, **length: int) -> date:
        """The last day of a period, the first not counted, wherever it falls."""
        ((unit, number),) = length.items()
        if unit == "working_days":
            return self.added(start, -number if before else number)
        if unit in ("months", "years"):
            return months_on(start, number * (12 if unit == "years" else 1), back=before)
        for _ in range(number * (7 if unit == "weeks" else 1)):
            start += -ONE_DAY if before else ONE_DAY
        return start


def months_on(start: date, number: int, *, back: bool) -> date:
    """The same day so many months on, or the last of a month that is too short."""
    year, month = start.year, start.month
    for _ in range(number):
        month += -1 if back else 1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    return day_of(year, month, start.day)


def day_of(year: int, month: int, number: int) -> date:
    """The day of the month with the number, or the last there is."""
    found = date(year, month, 1)
    while found.day < number and not ends_month(found):
        found += ONE_DAY
    return found


def ends_month(day: date) -> bool:
    return (day + ONE_DAY).day == 1


def ends(**period: str) -> date:
    """The last day of `month: 2024-06`, `quarter: 2024-Q2`, `half: 2024-H1`, `year: 2024`, `week: 2024-W05`."""
    ((unit, value),) = period.items()
    year, number = int(value[:4]), int(value[5:].strip("QHW") or 1)
    if unit == "week":
        thursday = date(year, 1, 1)
        while thursday.weekday() != 3:  # the week that has the first Thursday is the first (ISO 8601)
            thursday += ONE_DAY
        return thursday + timedelta(days=7 * (number - 1) + 3)
    return day_of(year, number * {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit], 31)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HANOI)


def since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)


def first_late(nominal: date, bound: str, clock: str | None, *, lenient: bool) -> datetime:
    """The first instant that is too late."""
    if bound == "at":
        return midnight(nominal) + since_midnight(time.fromisoformat(clock or ""))
    return midnight(nominal) if bound == "exclusive" and not lenient else midnight(nominal) + ONE_DAY


def coming(rule: Mapping[str, Any], first: date, last: date) -> Iterator[date]:
    """The days from first to last of which the words of the rule are true."""
    while first <= last:
        if rule.get("starts", first) <= first <= rule.get("until", first) and comes(rule, first):
            yield first
        first += ONE_DAY


def comes(rule: Mapping[str, Any], day: date) -> bool:
    """Whether the rule names the day, asked of the day by itself."""
    if rule["every"] == "week":
        return day.weekday() + 1 in rule["days"]
    if rule["every"] == "year":
        written = [(int(one[:2]), int(one[3:])) for one in rule["dates"]]
        return any(day.month == month and _is(day, number) for month, number in written)
    if day.month % {"day": 1, "month": 1, "quarter": 3, "half": 6}[rule["every"]]:
        return False
    return rule["every"] == "day" or any(_is(day, number) for number in rule["days"])


def _is(day: date, number: int) -> bool:
    """Whether the day is that of its month with the number, or the last of a month without one; -1 is the last."""
    return day.day == number or (ends_month(day) and (number == -1 or number > day.day))


def shipped() -> Fingers:
    """The wall calendar of the office: our lines first, then what the package says of the day."""
    file = YAML(typ="safe").load(CALENDAR_FILE.read_text(encoding="utf-8"))
    lines = {line["day"]: line["works"] for line in file["days"]}
    library = holidays.country_holidays("VN")
    ticked, day = set(), file["first"]
    while day <= file["last"]:
        if lines[day] if day in lines else library.is_working_day(day):
            ticked.add(day)
        day += ONE_DAY
    return Fingers(file["first"], file["last"], frozenset(ticked), file["confirmed_from"], file["confirmed_through"])
