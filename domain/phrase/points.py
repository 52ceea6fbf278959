"""Days, months, quarters and years as they are written: `ngày 30/9/2024`, `30 tháng 6`, `quý II/2024`, `năm 2024`."""

from __future__ import annotations

import calendar as months

from domain.phrase import lexicon
from domain.phrase.grammar import Level, Matched, Rule, symbol
from domain.phrase.numerals import CLASH, spoken
from domain.phrase.tokens import Numeric
from domain.phrase.values import Deictic, Doubt, Point, Stretch

_WORD = symbol("word")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def year_of(number: int) -> tuple[int, str | None] | None:
    """A year of four digits, or one with a footnote's mark glued to it; None: no year."""
    if 1900 <= number < 2200:
        return number, None
    if 19000 <= number < 22000:
        return number // 10, f"“{number}”: hiểu là năm {number // 10} và dấu chú thích {number % 10}"
    return None


def day(number: int, month: int, year: int | None, note: str | None = None, said: str = "") -> Point:
    """A day, or the doubt that the calendar has none such. Years of two digits are of this century."""
    if year is not None and year < 100:
        note, year = f"năm viết tắt “{year:02d}”: hiểu là năm {2000 + year}", 2000 + year
    longest = _LONGEST[month - 1] if 1 <= month <= 12 else 0
    if year is not None and month == 2:
        longest = months.monthrange(year, 2)[1]
    if not 1 <= number <= longest:
        written = said or "/".join(str(part) for part in (number, month, year) if part is not None)
        return Doubt("ngay-khong-co", f"lịch không có ngày {written}; đề nghị hỏi lại nơi ban hành")
    return Stretch("day", (month, number), (month, number), year, note=note)


def month(number: int, year: int | None, note: str | None = None) -> Point:
    """A month, or the doubt that there is none such."""
    if not 1 <= number <= 12:
        return Doubt("thang-khong-co", f"không có tháng {number}; đề nghị hỏi lại nơi ban hành")
    return Stretch("month", (number, 1), (number, 0), year, rule="cuoi-thang", note=note)


def _glued(numeric: Numeric) -> str | None:
    if numeric.note is None:
        return None
    return f"“{numeric.parts[-1]}{numeric.note}”: hiểu là năm {numeric.parts[-1]} và dấu chú thích {numeric.note}"


def _numeric(taken: Matched) -> Point | None:
    """A date or a month of a year whose numbers are joined by signs."""
    numeric: Numeric = taken.one("numeric")
    parts, note = numeric.parts, _glued(numeric)
    if len(parts) == 3:
        year, its_month, its_day = parts if parts[0] >= 1000 else parts[::-1]
        if year < 0 or year > 9999:
            return Doubt("ngay-khong-co", f"không đọc được năm của ngày {its_day}/{its_month}; đề nghị hỏi lại")
        return day(its_day, its_month, year, note)
    if parts[1] >= 1000:
        return month(parts[0], parts[1], note) if year_of(parts[1]) else None
    return None


def _garbled(taken: Matched) -> Point:
    """A date in which a scanner read letters for digits."""
    said = taken.one("garbled")
    return Doubt("so-lan-chu", f"“{said}” lẫn chữ với số; đề nghị đối chiếu với bản gốc")


def _day_month_of_year(taken: Matched) -> Point | None:
    """`15/6 năm 2025`, `15/3 năm sau`."""
    numeric: Numeric = taken.one("numeric")
    if len(numeric.parts) != 2 or numeric.parts[1] >= 1000:
        return None
    of: Stretch | Deictic = taken.one("year_point") or taken.one("deictic")
    if of.unit != "year":
        return None
    found = day(*numeric.parts, of.year if isinstance(of, Stretch) else None)
    return found._replace(shift=of.offset) if isinstance(of, Deictic) and isinstance(found, Stretch) else found


def _day_month(taken: Matched) -> Point | None:
    numeric: Numeric = taken.one("numeric")
    if len(numeric.parts) != 2:
        return None
    if numeric.parts[1] >= 1000:
        return month(*numeric.parts, _glued(numeric))
    if not taken.has("day") and not (1 <= numeric.parts[0] <= 31 and 1 <= numeric.parts[1] <= 12):
        return None
    return day(numeric.parts[0], numeric.parts[1], None)


def _month_named(taken: Matched) -> Point | None:
    """`tháng 6`, `tháng sáu năm 2024`, `tháng 6/2024`, `tháng 01 năm sau`."""
    numeric: Numeric | None = taken.one("numeric")
    if numeric:
        return month(*numeric.parts, _glued(numeric)) if len(numeric.parts) == 2 and numeric.parts[1] > 1000 else None
    numbers = taken.all("number")
    words = taken.all("numeral")
    named = spoken(words) if words else numbers.pop(0)
    if named >= 1000:
        return None
    return _of_year(month(named, None), taken, numbers[-1:])


def _of_year(point: Point, taken: Matched, number: list[int]) -> Point | None:
    """The point in the year that is written behind it, if any."""
    if not isinstance(point, Stretch):
        return point
    deictic: Deictic | None = taken.one("deictic")
    if deictic:
        return point._replace(shift=deictic.offset) if deictic.unit == "year" else None
    if not number:
        return point
    year = year_of(number[0])
    return point._replace(year=year[0], note=year[1]) if year else None


def quarter(number: int, year: int | None, note: str | None = None) -> Point:
    """A quarter, or the doubt that there is none such."""
    if not 1 <= number <= 4:
        return Doubt("quy-khong-co", f"không có quý {number}; đề nghị hỏi lại nơi ban hành")
    return Stretch("quarter", (3 * number - 2, 1), (3 * number, 0), year, rule="cuoi-quy", note=note)


def _quarter_named(taken: Matched) -> Point | None:
    numeric: Numeric | None = taken.one("numeric")
    if numeric:
        return quarter(*numeric.parts, _glued(numeric)) if len(numeric.parts) == 2 and numeric.parts[1] > 1000 else None
    numbers = taken.all("number")
    roman = taken.one("word")
    if roman:
        if roman not in lexicon.ROMAN:
            return None
        named = lexicon.ROMAN[roman]
    else:
        named = spoken(taken.all("numeral")) if taken.has("numeral") else numbers.pop(0)
    return _of_year(quarter(named, None), taken, numbers[-1:])


def _months_paired(taken: Matched) -> Point | None:
    """`tháng 5-6/2024`, `tháng 5-6 năm 2024`."""
    parts = taken.one("numeric").parts
    if len(parts) != 2 or parts[1] >= 1000:
        return None
    return _spanned([month(number, None) for number in parts], taken, taken.all("number"))


def _months_listed(taken: Matched) -> Point | None:
    """`tháng 5, 6 năm 2024`: the stretch from the first to the last."""
    numbers = taken.all("number")
    years = [number for number in numbers if number >= 1000]
    listed = [month(number, None) for number in numbers if number < 1000]
    return _spanned(listed, taken, years)


def _quarters_listed(taken: Matched) -> Point | None:
    """`quý I, II/2024`."""
    words = [lexicon.ROMAN.get(token.value) for token in taken.tokens if token.symbol == _WORD]
    numbers = taken.all("number")
    years = [number for number in numbers if number >= 1000]
    named = [*words, *taken.all("numeral"), *(number for number in numbers if number < 1000)]
    return None if None in named else _spanned([quarter(number, None) for number in named if number], taken, years)


def _spanned(listed: list[Point], taken: Matched, years: list[int]) -> Point | None:
    doubt = next((one for one in listed if isinstance(one, Doubt)), None)
    stretches = [one for one in listed if isinstance(one, Stretch)]
    if doubt or not stretches:
        return doubt
    last = max(stretches, key=lambda one: one.last)
    first = min(stretches, key=lambda one: one.first)
    return _of_year(last._replace(first=first.first), taken, years)


def _this(taken: Matched) -> Deictic:
    """`trong ngày`, `trong tháng`, `trong năm`: those of writing."""
    return Deictic(next(unit for unit in ("day", "week", "month", "quarter", "year") if taken.has(unit)), 0)


def _year_named(taken: Matched) -> Point | None:
    """`năm 2024`; of `năm 2024-2025` the last."""
    years = [year_of(number) for number in taken.all("number")]
    last = years[-1]
    if last is None or years[0] is None or last[0] < years[0][0]:
        return None
    return Stretch("year", (1, 1), (12, 0), last[0], rule="cuoi-nam", note=last[1])


def _day_of_month(taken: Matched) -> Point | None:
    """`30 tháng 6 năm 2024` from the day and the month behind it; also `ngày 15 tháng này`."""
    number, of = taken.one("number"), taken.one("month_point") or taken.one("deictic")
    if isinstance(of, Deictic):
        return of._replace(day=number) if of.unit == "month" and 1 <= number <= 31 else None
    if number == CLASH:
        return Doubt("so-khong-khop", "số và chữ ghi trong ngoặc không khớp; đề nghị hỏi lại nơi ban hành")
    if not isinstance(of, Stretch):
        return of if isinstance(of, Doubt) else None
    if of.first[0] != of.last[0]:
        return Doubt("nhieu-thang", "câu nêu một ngày của nhiều tháng; cần ghi từng ngày")
    found = day(number, of.first[0], of.year, of.note)
    return found._replace(shift=of.shift) if isinstance(found, Stretch) else found


def _feast(taken: Matched) -> Point:
    name, its_day, its_month = taken.one("feast")
    years = [found[0] for number in taken.all("number") if (found := year_of(number))]
    note = f"ngày {name} là ngày {its_day:02d}/{its_month}"
    return day(its_day, its_month, years[0] if years else None, note)


_OF_YEAR = "(comma? of? year number | comma? of? deictic)"
_LED = "(?<=[before upto latest not_over on around since within clock all_of daypart after asof weekday])"
_QUARTER = "[word number numeral]"
_ONE = "(?<! every)"
_NAMES_PERIOD = (
    "[since number numeral numeric garbled weekday word noise head tail remaining lunar month] | reporting period"
)
"""What may stand behind "trong tháng", "trong ngày" … and tell which one: without it those are of writing."""
_NOT_COUNTED = "(?! [counted percent workday day week month hour minute])"
NAMED = Level(
    Rule("deictic", f"(?<=within) [day week month quarter year] (?! {_NAMES_PERIOD})", _this),
    Rule("month_point", f"{_ONE} month numeric ([slash dash] number | {_OF_YEAR})", _months_paired),
    Rule("month_point", f"{_ONE} month number ((comma | and) number (?! month))+ {_OF_YEAR}?", _months_listed),
    Rule("month_point", f"{_ONE} month (number | numeral+ | numeric) {_OF_YEAR}? (?! times)", _month_named),
    Rule(
        "quarter_point",
        f"{_ONE} quarter {_QUARTER} ((comma | and | dash) {_QUARTER})+ ([slash dash] number | {_OF_YEAR})",
        _quarters_listed,
    ),
    Rule(
        "quarter_point",
        f"{_ONE} quarter (numeric | {_QUARTER} (([slash dash stop] | comma? of? year)? number | {_OF_YEAR})?)"
        " (?! times)",
        _quarter_named,
    ),
    Rule("quarter_point", "quarter_letter numeric", _quarter_named),
    Rule("year_point", "year number ((dash | comma | and) number (?! [month day counted percent]))?", _year_named),
)
"""Level 2: months, quarters and years."""

DAYS = Level(
    Rule("point", "^ numeric $", _day_month),
    Rule("point", "[day month quarter year]* garbled (of? [month_point year_point])*", _garbled),
    Rule("point", "[day lunar_day]? number comma? month_point | [day lunar_day] number of? deictic", _day_of_month),
    Rule("point", "day? numeric comma? of? (year_point | deictic)", _day_month_of_year),
    Rule("point", "(?<= before) numeric (?! [percent workday day week month hour minute]) | day numeric", _day_month),
    Rule("point", "day? numeric", _numeric),
    Rule("point", f"{_LED} numeric {_NOT_COUNTED}", _day_month),
    Rule("point", f"(?<=numeric [and comma either dash]) numeric {_NOT_COUNTED}", _day_month),
    Rule("point", "day? feast (open? year? number close?)?", _feast),
)
"""Level 3: days."""
