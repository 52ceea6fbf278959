"""Parts of periods: `6 tháng đầu năm`, `9 tháng năm 2024`, `giữa tháng 6`, `cuối năm`, `nửa đầu tháng`, `đầu quý III`.

Bộ luật Dân sự 2015, điều 146: giữa tháng is day 15, cuối tháng the last day, giữa năm 30/6, cuối năm 31/12. It also
says that đầu tháng is day 1 and đầu năm 1/1, which as the end of a period nobody means: those are a question. No law
speaks of parts of quarters and weeks.
"""

from __future__ import annotations

from domain.phrase.grammar import Level, Matched, Rule
from domain.phrase.values import Deictic, Doubt, Point, Stretch

_YEAR = Stretch("year", (1, 1), (12, 0))


def _year(taken: Matched) -> Stretch | None:
    """The year that is written, or the year of writing, or the one "năm sau" means."""
    written: Stretch | None = taken.one("year_point")
    deictic: Deictic | None = taken.one("deictic")
    if written:
        return written
    if deictic:
        return _YEAR._replace(shift=deictic.offset) if deictic.unit == "year" else None
    return _YEAR


def _months(first: int, last: int, year: Stretch, rule: str) -> Stretch:
    return year._replace(unit="months", first=(first, 1), last=(last, 0), rule=rule)


def _some_months(taken: Matched) -> Point | None:
    """`6 tháng đầu năm 2024`, `3 tháng cuối năm`, `9 tháng năm 2024`."""
    count, year = taken.one("number"), _year(taken)
    if year is None:
        return None
    if not 1 <= count <= 12:
        return Doubt("thang-khong-co", f"một năm không có {count} tháng; đề nghị hỏi lại nơi ban hành")
    if taken.has("tail"):
        return _months(13 - count, 12, year, "cac-thang-cuoi-nam")
    return _months(1, count, year, "cac-thang-dau-nam")


def _quarters(taken: Matched) -> Point | None:
    count, year = taken.one("number"), _year(taken)
    if year is None:
        return None
    if not 1 <= count <= 4:
        return Doubt("quy-khong-co", f"một năm không có {count} quý; đề nghị hỏi lại nơi ban hành")
    if taken.has("tail"):
        return _months(13 - 3 * count, 12, year, "cac-thang-cuoi-nam")
    return _months(1, 3 * count, year, "cac-thang-dau-nam")


def _rest_of_year(taken: Matched) -> Point | None:
    year = _year(taken)
    return year._replace(rule="cuoi-nam") if year else None


def _half(taken: Matched) -> Point | None:
    """Half a month is 15 days, half a year six months (điều 146)."""
    first = taken.has("first_half")
    of_month: Point | None = taken.one("month_point")
    if isinstance(of_month, Doubt):
        return of_month
    if isinstance(of_month, Stretch):
        number = of_month.first[0]
        return of_month._replace(unit="part", last=(number, 15 if first else 0), rule="nua-thang")
    if taken.has("quarter_point"):
        return Doubt("phan-cua-quy", "luật không quy định nửa quý là ngày nào; cần hỏi ngày cụ thể")
    year = _year(taken)
    if year is None:
        return None
    return _months(1, 6, year, "nua-nam") if first else _months(7, 12, year, "nua-nam")


def _decade(taken: Matched) -> Point | None:
    """Thượng, trung, hạ tuần: the ten days of a month by the dictionary's meaning."""
    of_month = taken.one("month_point")
    if not isinstance(of_month, Stretch):
        return of_month if isinstance(of_month, Doubt) else None
    number = of_month.first[0]
    note = "thượng tuần đến ngày 10, trung tuần đến ngày 20, hạ tuần đến hết tháng (nghĩa từ điển, luật không quy định)"
    return of_month._replace(unit="part", last=(number, taken.one("decade")), rule="tuan-muoi-ngay", note=note)


def _part(taken: Matched) -> Point | None:
    which = next(name for name in ("head", "middle", "tail") if taken.has(name))
    of = taken.one("month_point") or taken.one("quarter_point") or taken.one("year_point") or taken.one("deictic")
    if of is None:
        unit = next(name for name in ("month", "quarter", "year", "week") if taken.has(name))
        of = _YEAR if unit == "year" else Deictic(unit, 0)
    if isinstance(of, Doubt):
        return of
    if isinstance(of, Deictic):
        if of.unit in ("day", "days", "workdays"):
            return None
        return _vague(which, of.unit, of) or of._replace(part=which)
    return _vague(which, of.unit, of) or _settled(which, of)


def _settled(which: str, of: Stretch) -> Stretch:
    number = of.last[0]
    if which == "tail":
        return of._replace(first=of.last, rule={"month": "cuoi-thang", "quarter": "cuoi-quy"}.get(of.unit, "cuoi-nam"))
    if of.unit == "month":
        return of._replace(unit="part", first=(number, 15), last=(number, 15), rule="giua-thang")
    return of._replace(unit="part", first=(6, 30), last=(6, 30), rule="giua-nam")


def _vague(which: str, unit: str, of: Stretch | Deictic) -> Doubt | None:
    """The parts that leave open which day is meant."""
    year = of.year if isinstance(of, Stretch) else None
    ending = f"/{year}" if year else ""
    number = f"/{of.first[0]}" if isinstance(of, Stretch) else " của tháng"
    if (which, unit) == ("head", "month"):
        return Doubt(
            "dau-thang",
            f"“đầu tháng” là ngày 01{number}{ending} (Bộ luật Dân sự 2015, điều 146) hay ngày 10{number}{ending} "
            "(cách hiểu thường gặp)? Cần chọn ngày",
        )
    if (which, unit) == ("head", "year"):
        return Doubt("dau-nam", f"“đầu năm” là ngày 01/01{ending} (điều 146) hay hết quý I? Cần chọn ngày")
    if unit == "quarter" and which != "tail":
        word = "đầu" if which == "head" else "giữa"
        return Doubt("phan-cua-quy", f"luật không quy định “{word} quý” là ngày nào; cần hỏi ngày cụ thể")
    if unit == "week":
        return Doubt("phan-cua-tuan", "luật không quy định đầu, giữa, cuối tuần là ngày nào; cần hỏi ngày cụ thể")
    return None


def _some_days(taken: Matched) -> Point | None:
    """`10 ngày đầu tháng 6`: its day 10; `10 ngày cuối tháng 6`: its last."""
    of_month, count = taken.one("month_point"), taken.one("number")
    if not isinstance(of_month, Stretch) or not taken.has("day") or not 1 <= count <= 28:
        said = "những ngày đầu, cuối của kỳ này chưa rõ đến ngày nào; cần ghi ngày cụ thể"
        return of_month if isinstance(of_month, Doubt) else Doubt("cac-ngay-cua-ky", said)
    if taken.has("tail"):
        return of_month
    return of_month._replace(unit="part", last=(of_month.last[0], count), rule="cac-ngay-dau-thang")


def _workday_of_month(_: Matched) -> Point:
    said = "hạn theo ngày làm việc đầu, cuối của kỳ thay đổi từng kỳ; cần ghi ngày cụ thể"
    return Doubt("ngay-lam-viec-cua-ky", said)


def _undecided(_: Matched) -> Point:
    return Doubt("thieu-dau", "“thang sau” không dấu: tháng sáu hay tháng sau? Cần hỏi")


def _this_workday(_: Matched) -> Point:
    said = "“trong ngày làm việc” là ngày ban hành hay ngày nhận được văn bản? Cần hỏi"
    return Doubt("ngay-lam-viec-nao", said)


def _week_of_month(_: Matched) -> Point:
    return Doubt("tuan-cua-thang", "luật không quy định tuần của tháng tính từ ngày nào; cần hỏi ngày cụ thể")


_YEAR_OF = "(of? (year_point | deictic | year))"
_PERIOD = "[month_point quarter_point year_point deictic month quarter year]"
PARTS = Level(
    Rule("point", f"number [day workday week] (head | tail) of? {_PERIOD}", _some_days),
    Rule(
        "point",
        "workday (head | tail | first | last | weekday | ordinal number) of? [month_point month quarter year week]",
        _workday_of_month,
    ),
    Rule(
        "point",
        "week (head | tail | number | first | last | weekday) of? (month_point | month | deictic)"
        " | week number of? year_point",
        _week_of_month,
    ),
    Rule("point", f"number month (head | tail) {_YEAR_OF} | number month year_point", _some_months),
    Rule("point", f"number quarter (head | tail) {_YEAR_OF}", _quarters),
    Rule(
        "point",
        f"(number | all_of)? [month quarter] remaining {_YEAR_OF}? | all_of month tail {_YEAR_OF}",
        _rest_of_year,
    ),
    Rule("point", "(first_half | second_half) of? (month_point | quarter_point | year_point | deictic | year)", _half),
    Rule("point", "decade of? month_point", _decade),
    Rule("point", "(?<=within) workday", _this_workday),
    Rule("point", "[day number head middle tail]* undecided year_point?", _undecided),
    Rule("point", "number year_point", lambda taken: taken.one("year_point")),
    Rule(
        "point",
        "(?<! month) (head | middle | tail) of? ([month_point quarter_point year_point deictic year week]"
        " | quarter (?! every) | month (?! reporting | every))",
        _part,
    ),
    Rule("point", "whole? (month_point | quarter_point | year_point)", lambda t: t.tokens[-1].value),
    Rule("point", "deictic", lambda taken: taken.one("deictic")),
)
"""Level 4."""
