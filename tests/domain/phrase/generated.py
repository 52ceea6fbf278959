"""Phrases in the words offices use, each with the mapping that means the same: what the fingers can count on.

A day without its year lies less than 300 days ahead, so that no other year can be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

Mapping = dict[str, Any]


class Generated(NamedTuple):
    """A phrase of a document, and the deadline it means in the form of the fingers."""

    phrase: str
    issued: date
    received: date
    written: Mapping
    known: dict[str, date]


BOUNDS = {
    "trước": "exclusive",
    "xong trước": "exclusive",
    "đến hết": "inclusive",
    "đến": "inclusive",
    "chậm nhất": "inclusive",
    "chậm nhất là": "inclusive",
    "không quá": "inclusive",
    "muộn nhất vào": "inclusive",
    "thời hạn hoàn thành:": "inclusive",
}
WHAT = ["", "báo cáo UBND tỉnh ", "hoàn thành hồ sơ ", "khẩn trương rà soát, tổng hợp ", "Sở Nội vụ trình UBND tỉnh "]
ROMAN = ["I", "II", "III", "IV"]
UNITS = {"days": "ngày", "working_days": "ngày làm việc", "weeks": "tuần", "months": "tháng", "years": "năm"}
LONGEST = {"days": 90, "working_days": 60, "weeks": 12, "months": 18, "years": 3}
SPELLED = {3: "ba", 5: "năm", 7: "bảy", 10: "mười", 15: "mười lăm", 20: "hai mươi", 21: "hai mươi mốt", 30: "ba mươi"}
FROM = {
    "issued": ["ngày ký", "ngày ban hành", "ngày ký ban hành", "ngày ban hành văn bản này"],
    "received": ["ngày nhận được văn bản", "ngày nhận Công văn này", "khi nhận được văn bản"],
}
WEEKDAYS = ["Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy"]


def generated(count: int, seed: int) -> Iterator[Generated]:
    """So many phrases, the same in every run."""
    chance = Random(seed)
    for _ in range(count):
        issued = date(2023, 1, 2) + timedelta(days=chance.randrange(3 * 365))
        received = issued + timedelta(days=chance.randint(0, 9))
        known = {"issued": issued, "received": received}
        phrase, written = chance.choice(FORMS)(chance, issued, known)
        yield Generated(chance.choice(WHAT) + phrase, issued, received, written, known)


Form = Callable[[Random, date, dict[str, date]], tuple[str, Mapping]]


def _ahead(chance: Random, issued: date) -> date:
    return issued + timedelta(days=chance.randint(1, 299))


def _spelled(chance: Random, day: date) -> str:
    """With or without its year, in any usual form."""
    forms = ["{d}/{m}/{y}", "{d:02d}/{m:02d}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "{d} tháng {m} năm {y}"]
    forms += ["{d}/{m}", "{d:02d}/{m:02d}", "{d} tháng {m}", "{d:02d} tháng {m:02d} năm {y}", "{d}/{m} năm {y}"]
    return chance.choice(forms).format(d=day.day, m=day.month, y=day.year)


def on_a_day(chance: Random, issued: date, _: dict[str, date]) -> tuple[str, Mapping]:
    day, word = _ahead(chance, issued), chance.choice(list(BOUNDS))
    return f"{word} ngày {_spelled(chance, day)}", {"date": day, "bound": BOUNDS[word]}


def on_a_weekday(chance: Random, issued: date, _: dict[str, date]) -> tuple[str, Mapping]:
    day, word = _ahead(chance, issued), chance.choice(list(BOUNDS))
    name = "Chủ nhật" if day.weekday() == 6 else f"thứ {WEEKDAYS[day.weekday()]}"
    phrase = f"{word} {name}, ngày {day.day}/{day.month}/{day.year}"
    return phrase, {"date": day, "bound": BOUNDS[word]}


def at_an_hour(chance: Random, issued: date, _: dict[str, date]) -> tuple[str, Mapping]:
    day, hour, minute = _ahead(chance, issued), chance.randint(7, 17), chance.choice([0, 15, 30])
    forms = ["{h}h{mi:02d}", "{h} giờ {mi:02d}", "{h} giờ {mi:02d} phút,", "{h}g{mi:02d}", "{h}:{mi:02d}"]
    clock = chance.choice(forms).format(h=hour, mi=minute)
    phrase = f"{chance.choice(['trước', 'chậm nhất', 'đến'])} {clock} ngày {_spelled(chance, day)}"
    return phrase, {"date": day, "bound": "at", "time": f"{hour:02d}:{minute:02d}"}


def by_the_end(chance: Random, issued: date, _: dict[str, date]) -> tuple[str, Mapping]:
    year, month, quarter = issued.year + chance.randint(1, 3), chance.randint(1, 12), chance.randint(1, 4)
    word = chance.choice(["trong", "đến hết", "chậm nhất trong", "hết"])
    said, end_of = chance.choice(
        [
            (f"tháng {month}/{year}", {"month": f"{year}-{month:02d}"}),
            (f"tháng {month:02d} năm {year}", {"month": f"{year}-{month:02d}"}),
            (f"quý {ROMAN[quarter - 1]}/{year}", {"quarter": f"{year}-Q{quarter}"}),
            (f"quý {quarter} năm {year}", {"quarter": f"{year}-Q{quarter}"}),
            (f"6 tháng đầu năm {year}", {"half": f"{year}-H1"}),
            (f"6 tháng cuối năm {year}", {"half": f"{year}-H2"}),
            (f"năm {year}", {"year": f"{year}"}),
        ]
    )
    return f"{word} {said}", {"end_of": end_of}


def within_a_period(chance: Random, _: date, __: dict[str, date]) -> tuple[str, Mapping]:
    unit, of = chance.choice(list(UNITS)), chance.choice(list(FROM))
    number = chance.randint(1, LONGEST[unit])
    word = chance.choice(["trong vòng", "trong thời hạn", "chậm nhất", "không quá", "trong"])
    phrase = (
        f"{word} {_numbered(chance, number)} {UNITS[unit]}{chance.choice(['', ','])} kể từ {chance.choice(FROM[of])}"
    )
    return phrase, {"within": {unit: number, "of": of}}


def _numbered(chance: Random, number: int) -> str:
    words = SPELLED.get(number)
    forms = [f"{number}", f"{number:02d}"]
    return chance.choice([*forms, f"{number:02d} ({words})", words, f"{words} ({number:02d})"] if words else forms)


def from_a_day(chance: Random, issued: date, known: dict[str, date]) -> tuple[str, Mapping]:
    unit, day = chance.choice(list(UNITS)), _ahead(chance, issued)
    number, before = chance.randint(1, LONGEST[unit]), chance.random() < 0.3 and unit in ("days", "working_days")
    known["event:day"] = day
    joint = "trước" if before else chance.choice(["kể từ", "từ", "tính từ"])
    phrase = f"chậm nhất {number} {UNITS[unit]} {joint} ngày {day.day}/{day.month}/{day.year}"
    return phrase, {"within": {unit: number, "event": "day", "before": before}}


def each_month(chance: Random, _: date, __: dict[str, date]) -> tuple[str, Mapping]:
    days, word = sorted(chance.sample(range(1, 32), chance.randint(1, 2))), chance.choice(["trước", "chậm nhất", "vào"])
    named = " và ".join(f"ngày {day:02d}" for day in days)
    bound = "exclusive" if word == "trước" else "inclusive"
    return f"{word} {named} {chance.choice(['hằng', 'hàng', 'mỗi'])} tháng", {
        "every": {"every": "month", "days": days},
        "bound": bound,
    }


def each_quarter(chance: Random, _: date, __: dict[str, date]) -> tuple[str, Mapping]:
    day, word = chance.randint(1, 30), chance.choice(["trước", "chậm nhất"])
    bound = "exclusive" if word == "trước" else "inclusive"
    return f"{word} ngày {day} của tháng cuối quý", {"every": {"every": "quarter", "days": [day]}, "bound": bound}


def each_week(chance: Random, _: date, __: dict[str, date]) -> tuple[str, Mapping]:
    day = chance.randrange(6)
    return f"thứ {WEEKDAYS[day]} hằng tuần", {"every": {"every": "week", "days": [day + 1]}}


def each_year(chance: Random, issued: date, _: dict[str, date]) -> tuple[str, Mapping]:
    day = _ahead(chance, issued)
    number = min(day.day, 28)
    every = {"every": "year", "dates": [f"{day.month:02d}-{number:02d}"]}
    return f"trước ngày {number}/{day.month} hằng năm", {"every": every, "bound": "exclusive"}


FORMS: list[Form] = [
    on_a_day,
    on_a_day,
    on_a_weekday,
    at_an_hour,
    by_the_end,
    within_a_period,
    from_a_day,
    each_month,
    each_quarter,
    each_week,
    each_year,
]
