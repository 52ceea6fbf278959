"""Days together: with a clock time or a weekday, in a list, either … or …, from … to …; and feasts of the moon."""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise

from domain.phrase.grammar import Level, Matched, Rule
from domain.phrase.points import day, year_of
from domain.phrase.values import Days, Deictic, Doubt, Feast, Point, Range, Stretch


def _timed(taken: Matched) -> Point | None:
    """A day at a clock time; a weekday beside it has to be that day's."""
    point = _weekday(taken) if taken.has("weekday") else taken.one("point")
    clock: time | None = taken.one("clock").time
    if isinstance(point, Stretch) and point.unit == "day":
        return point._replace(clock=clock, through=clock is None)
    if isinstance(point, Deictic) and (point.unit == "day" or point.day):
        return point._replace(clock=clock, through=clock is None)
    return point if isinstance(point, Doubt) else None


def _mistimed(_: Matched) -> Point:
    return Doubt("gio-khong-co", "giờ ghi trong câu không có thật; đề nghị hỏi lại nơi ban hành")


def _lunar(_: Matched) -> Point:
    return Doubt("ngay-am-lich", "ngày ghi theo âm lịch; cần ghi ngày dương lịch (Bộ luật Dân sự 2015, điều 145)")


def _is_day(point: Point) -> bool:
    return isinstance(point, Stretch | Deictic) and point.unit == "day"


def _part_of_day(taken: Matched) -> Point | None:
    if not (_is_day(taken.one("point")) or taken.has("weekday")):
        return None
    word = taken.one("daypart")
    return Doubt("buoi-trong-ngay", f"“{word}” chưa nói giờ nào; cần hỏi giờ cụ thể của ngày đó")


def _weekday(taken: Matched) -> Point | None:
    """A weekday beside a date has to be that date's."""
    weekday, point = taken.one("weekday"), taken.one("point")
    if isinstance(point, Deictic):
        return point._replace(day=weekday) if point.unit == "week" else None
    if not isinstance(point, Stretch) or point.unit != "day" or point.year is None:
        return point if isinstance(point, Doubt) else None
    if date(point.year, *point.last).isoweekday() != weekday:
        said = f"{point.last[1]:02d}/{point.last[0]}/{point.year}"
        return Doubt("thu-khong-khop", f"ngày {said} không phải thứ ghi trong văn bản; đề nghị hỏi lại nơi ban hành")
    return point


def _tet(taken: Matched) -> Point:
    number = next((found[0] for value in taken.all("number") if (found := year_of(value))), None)
    written = next((point.year for point in taken.all("point") if isinstance(point, Stretch)), None)
    return Feast("after_tet" if taken.has("after") else "tet", number or written)


def _lunar_day(taken: Matched) -> Point | None:
    """`mùng 6 Tết`: a day of the first lunar month."""
    numbers = taken.all("number")
    year = next((found[0] for value in numbers[1:] if (found := year_of(value))), None)
    return Feast("tet", year, numbers[0]) if 1 <= numbers[0] <= 10 else None


_BOUND = "[before upto within latest not_over on]"
MOON = Level(
    Rule("aside", "(?<=point) open lunar_day? number? tet number? close", lambda _: True),
    Rule("point", "lunar_month+ point? lunar? | point lunar", _lunar),
    Rule("point", "lunar_day number tet (year? number)?", _lunar_day),
    Rule("point", "after holiday_break? around? tet (number | point)?", _tet),
    Rule("point", "holiday_break? tet (number | point)?", _tet),
    Rule("point", "(on | within | since | [urgent])? return_to_work", lambda _: Feast("back_to_work")),
)
"""Level 5."""


def _days(taken: Matched) -> Days | None:
    numbers = [number for number in taken.all("number") if number > 0]
    days = tuple(dict.fromkeys([*numbers, *([-1] if taken.has("tail") or taken.has("last") else [])]))
    return Days(days) if days and all(-1 <= number <= 31 for number in days) else None


def _no_such_day(taken: Matched) -> Point | None:
    """What `_days` has refused."""
    number = taken.one("number")
    said = f"không có ngày {number}" if number > 31 else "số ghi ngày không đọc được"
    return Doubt("ngay-khong-co", f"{said}; đề nghị hỏi lại nơi ban hành")


COMPOSED = Level(
    Rule("point", "clock comma? [day daypart all_of]* day? (weekday (comma | open)? day?)? point close?", _timed),
    Rule("point", f"point [comma open]? {_BOUND}* clock (?! comma? [day point weekday deictic]) close?", _timed),
    Rule("point", "point open weekday close", _weekday),
    Rule("point", "misclock comma? [day weekday comma]* point", _mistimed),
    Rule("point", "day? weekday (comma | open)? day? point close?", _weekday),
    Rule("point", "daypart [day weekday comma]* point", _part_of_day),
    Rule("point", "(?<=upto) tail point", lambda taken: taken.one("point")),
    Rule(
        "days",
        "(day lunar_day? | lunar_day) number ((comma | and) day? number)* ((comma | and) day (tail | last) (of? month)?"
        " | (?! [percent day week year counted] | month (?! [tail last head first])))",
        _days,
    ),
    Rule("point", "day number ((comma | and) number)* (?! [percent day week month year counted])", _no_such_day),
    Rule("days", "(?<=[before upto latest not_over]) number (?= of? every)", _days),
    Rule("days", "day (tail | last) (?= of? month | of? quarter | every | each)", _days),
    Rule("aside", "(?<=point) open [word lunar_day number tet numeral weekday on]+ close", lambda _: True),
)
"""Level 6."""


def _in_last_month(taken: Matched) -> tuple[Point, ...] | None:
    """`ngày 15 và 20/5/2024`: all the days are of the month of the last one."""
    last, days = taken.one("point"), taken.one("days").days
    if isinstance(last, Doubt):
        return (last,)
    if not isinstance(last, Stretch) or last.unit != "day":
        return None
    others = [day(number, last.last[0], last.year) for number in days]
    return (*(one._replace(shift=last.shift) if isinstance(one, Stretch) else one for one in others), last)


def _listed(taken: Matched) -> tuple[Point, ...] | None:
    points: list[Point] = taken.all("point")
    if taken.has("either"):
        return _either(taken)
    stretches = [point for point in points if isinstance(point, Stretch)]
    if len(stretches) < len(points):
        return tuple(points)
    last = stretches[-1]
    dated = [s._replace(year=last.year, shift=last.shift) if s.year is None else s for s in stretches]
    clock = dated[0].clock  # one clock time before several days is each day's
    dated = [s._replace(clock=clock) if s.unit == "day" and s.clock is None else s for s in dated]
    if all(s.unit in ("month", "quarter", "months", "year") for s in dated):
        return (last._replace(first=dated[0].first),) if _consecutive(dated) else tuple(dated)
    return tuple(dated)


def _either(_: Matched) -> tuple[Point, ...]:
    return (Doubt("hai-han-lua-chon", "văn bản nêu hai hạn để chọn; cần hỏi hạn nào áp dụng"),)


def _consecutive(stretches: list[Stretch]) -> bool:
    """Months or quarters that follow on one another are one stretch of time."""
    return all(one.year == then.year and then.first[0] == one.last[0] + 1 for one, then in pairwise(stretches))


def _range(taken: Matched) -> Range:
    points: list[Point] = taken.all("point")
    return _same_year(points[0], points[-1])


def _same_year(first: Point, last: Point) -> Range:
    if isinstance(first, Stretch) and isinstance(last, Stretch) and first.year is None and last.year is not None:
        later = first.first > last.last
        first = first._replace(year=last.year - 1 if later else last.year)
    return Range(first, last)


def _day_range(taken: Matched) -> Range | None:
    """`1-5/6/2025`: both days are of the month behind."""
    last = taken.one("point")
    if not isinstance(last, Stretch) or last.unit != "day":
        return None
    first = last._replace(first=(last.first[0], taken.one("ranged")), last=(last.last[0], taken.one("ranged")))
    return Range(first, last)


LISTS = Level(
    Rule("range", "since (clock? day)? point aside? (comma | dash)? upto day? point", _range),
    Rule("range", "from_now since? upto day? point", lambda taken: Range(None, taken.one("point"))),
    Rule("range", "since? day? ranged point", _day_range),
    Rule("range", "since? point dash day? point", _range),
    Rule(
        "points",
        "point aside? ((comma | and | comma and | either) (before | upto | within)? (day | all_of)* point aside?)+",
        _listed,
    ),
    Rule("points", f"point aside? comma? (either {_BOUND}* | comma latest within?) day? point", _either),
    Rule("points", "number? days ((comma | and)+ day? | day) point", _in_last_month),
    Rule("point", "point aside", lambda taken: taken.one("point")),
)
"""Level 7."""
