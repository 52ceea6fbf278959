"""From what is written to days of the calendar: the year that is not written, "tháng này", Tết.

A day without its year is the next such day from the day of writing. Where that day has just passed (within 60 days) a
slip of the pen is as likely as next year, and the reading is a question.
"""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta
from typing import NamedTuple

from domain import vietnamese as vn
from domain.phrase.values import Deictic, Doubt, Feast, Point, Stretch
from domain.workdays import Calendar, OutsideCalendarError

JUST_PASSED = timedelta(days=60)
_WHOLE_YEAR = {"year", "months", "part"}
_ASK_ISSUED = "cần biết ngày ban hành văn bản"


class Dated(NamedTuple):
    """The days meant, first and last."""

    first: date
    last: date
    steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def dated(point: Point, issued: date | None, calendar: Calendar) -> Dated | Doubt:
    """The days the point means, for a text written on `issued` (Vietnamese date); or the doubt that remains."""
    if isinstance(point, Doubt):
        return point
    if isinstance(point, Feast):
        return _feast(point, issued, calendar)
    if isinstance(point, Deictic):
        return _deictic(point, issued)
    return _stretch(point, issued)


def _stretch(stretch: Stretch, issued: date | None) -> Dated | Doubt:
    notes = (stretch.note,) if stretch.note else ()
    if stretch.year is not None:
        found = _in_year(stretch, stretch.year)
        return found._replace(notes=notes) if isinstance(found, Dated) else found
    if issued is None:
        return Doubt("thieu-nam", f"văn bản không ghi năm; {_ASK_ISSUED}")
    if stretch.shift is not None:
        found = _in_year(stretch, issued.year + stretch.shift)
        step = f"năm tính từ ngày ban hành {vn.day(issued)}: {issued.year + stretch.shift}"
        note = "hiểu năm kế hoạch là năm ban hành văn bản; đề nghị kiểm tra"
        return found._replace(steps=(step,), notes=(*notes, note)) if isinstance(found, Dated) else found
    return _next(stretch, issued, notes)


def _next(stretch: Stretch, issued: date, notes: tuple[str, ...]) -> Dated | Doubt:
    this = _in_year(stretch, issued.year)
    step = f"không ghi năm, lấy lần tới kể từ ngày ban hành {vn.day(issued)}: năm "
    if isinstance(this, Doubt):  # 29/02 in a common year: of the next one where February is over
        then = _in_year(stretch, issued.year + 1)
        if isinstance(then, Doubt) or issued.month <= stretch.last[0]:
            return this
        return then._replace(steps=(f"{step}{issued.year + 1}",), notes=notes)
    if this.last >= issued:
        near_year_end = issued.month == 1 and this.last.month == 12 and stretch.unit == "day"
        warning = (
            ("văn bản ban hành đầu năm: cần chắc rằng đây không phải ngày của năm trước",) if near_year_end else ()
        )
        return this._replace(steps=(f"{step}{issued.year}",), notes=(*notes, *warning))
    if stretch.unit in _WHOLE_YEAR or issued - this.last <= JUST_PASSED:
        said = vn.day(this.last)
        return Doubt("nam-chua-ro", f"ngày {said} đã qua khi ban hành văn bản ({vn.day(issued)}); cần hỏi năm")
    then = _in_year(stretch, issued.year + 1)
    return then._replace(steps=(f"{step}{issued.year + 1}",), notes=notes) if isinstance(then, Dated) else then


def _in_year(stretch: Stretch, year: int) -> Dated | Doubt:
    (first_month, first_day), (last_month, last_day) = stretch.first, stretch.last
    try:
        first = date(year, first_month, first_day or months.monthrange(year, first_month)[1])
        last = date(year, last_month, last_day or months.monthrange(year, last_month)[1])
    except ValueError:
        return Doubt(
            "ngay-khong-co", f"lịch không có ngày {last_day:02d}/{last_month}/{year}; đề nghị hỏi lại nơi ban hành"
        )
    return Dated(first, last)


def _deictic(point: Deictic, issued: date | None) -> Dated | Doubt:
    if issued is None:
        return Doubt("thieu-ngay-ban-hanh", f"ngày tính từ lúc viết văn bản; {_ASK_ISSUED}")
    first, last = _period(point, issued)
    if point.day and point.unit == "month" and point.day > last.day:
        return Doubt("ngay-khong-co", f"tháng {last.month}/{last.year} không có ngày {point.day}")
    if point.day:
        first = last = first + timedelta(days=point.day - 1)
    elif point.part == "tail":
        first = last
    elif point.part == "middle":
        first = last = date(first.year, 6, 30) if point.unit == "year" else first.replace(day=15)
    if last < issued:
        return Doubt("nam-chua-ro", f"ngày {vn.day(last)} đã qua khi ban hành văn bản ({vn.day(issued)}); cần hỏi lại")
    return Dated(first, last, (f"tính từ ngày ban hành {vn.day(issued)}: ngày {vn.day(last)}",))


def _period(point: Deictic, issued: date) -> tuple[date, date]:
    if point.unit in ("day", "days", "workdays"):
        day = issued + timedelta(days=point.offset)
        return day, day
    if point.unit == "week":
        monday = issued - timedelta(days=issued.weekday()) + timedelta(weeks=point.offset)
        return monday, monday + timedelta(days=6)
    length = {"month": 1, "quarter": 3, "year": 12}[point.unit]
    index = (issued.year * 12 + issued.month - 1) // length + point.offset
    first_year, first_month = divmod(index * length, 12)
    last_year, last_month = divmod(index * length + length - 1, 12)
    return (
        date(first_year, first_month + 1, 1),
        date(last_year, last_month + 1, months.monthrange(last_year, last_month + 1)[1]),
    )


def _feast(feast: Feast, issued: date | None, calendar: Calendar) -> Dated | Doubt:
    try:
        if feast.name == "back_to_work":
            return _back_to_work(issued, calendar)
        if feast.year is None and issued is None:
            return Doubt("thieu-nam", f"không ghi Tết năm nào; {_ASK_ISSUED}")
        first = _new_year(feast.year, issued, calendar)
        if first is None:
            return Doubt("ngoai-lich", f"lịch làm việc chưa có Tết Nguyên đán năm {feast.year or issued}")
        if feast.name == "tet":
            day = first + timedelta(days=(feast.day or 1) - 1)
            return Dated(day, day, (f"mùng {feast.day or 1} Tết Nguyên đán: ngày {vn.day(day)}",))
        _, off = calendar.break_around(first)
        back = off + timedelta(days=1)
        return Dated(back, back, (f"nghỉ Tết đến hết ngày {vn.day(off)}; ngày làm việc đầu tiên {vn.day(back)}",))
    except OutsideCalendarError as error:
        return Doubt("ngoai-lich", str(error))


def _new_year(year: int | None, issued: date | None, calendar: Calendar) -> date | None:
    if year is not None:
        return calendar.lunar_new_year(year)
    assert issued is not None  # asked before
    this = calendar.lunar_new_year(issued.year)
    return this if this and this >= issued else calendar.lunar_new_year(issued.year + 1)


def _back_to_work(issued: date | None, calendar: Calendar) -> Dated | Doubt:
    """The first working day from `issued` on that follows a break longer than a weekend."""
    if issued is None:
        return Doubt("thieu-ngay-ban-hanh", f"không rõ kỳ nghỉ nào; {_ASK_ISSUED}")
    day = issued
    while True:
        before = day - timedelta(days=1)
        if calendar.is_working(day) and not calendar.is_working(before):
            first, last = calendar.break_around(before)
            if (last - first).days >= 2:
                return Dated(
                    day, day, (f"nghỉ từ {vn.day(first)} đến hết {vn.day(last)}; đi làm lại ngày {vn.day(day)}",)
                )
        day += timedelta(days=1)
