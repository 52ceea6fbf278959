"""A year of the working calendar as a picture (SVG) to print: twelve months, a row per quarter, and the letters behind.

Colours repeat what shapes already say, so that a black-and-white printer loses nothing: a filled cell is off, a framed
one is a weekend day worked, a hatched one is not confirmed by any letter entered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import vietnamese as vn
from domain.lunar import year_name
from domain.workdays import Calendar
from domain.workyear import Kind, Month, Run, kind, months, runs, span
from reports.svg import document, group, shape, text

WIDTH, MARGIN, TOP = 840, 40, 124
CELL, ROW = 32.0, 20.0
MONTH_WIDTH, MONTH_HEIGHT = 7 * CELL, 172
PITCH, QUARTER_STRIP = MONTH_WIDTH + 24, 26
LIST_ROW = 32
WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
QUARTERS = ("Quý I", "Quý II", "Quý III", "Quý IV")

STYLE = """<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<path d="M0 0V5" stroke="#a9b2bd" stroke-width="1"/></pattern></defs>
<style>
text { font-family: "Be Vietnam Pro", "Noto Sans", "Segoe UI", "DejaVu Sans", Arial, sans-serif; fill: #1f2933; }
.title { font-size: 30px; font-weight: 700; } .year { font-size: 15px; fill: #52606d; }
.total { font-size: 30px; font-weight: 700; fill: #9b1c1c; text-anchor: end; }
.unit { font-size: 12px; fill: #52606d; text-anchor: end; }
.month { font-size: 14px; font-weight: 700; } .count { font-size: 11px; fill: #52606d; text-anchor: end; }
.weekday { font-size: 10px; fill: #7b8794; text-anchor: middle; }
.quarter { font-size: 12px; font-weight: 600; fill: #52606d; text-anchor: middle; }
.day { font-size: 12px; text-anchor: middle; } .weekend { fill: #9aa5b1; }
.off { fill: #9b1c1c; font-weight: 700; } .made_up { fill: #0b5d43; font-weight: 700; }
.tet { fill: #ffffff; font-weight: 700; }
.off-cell { fill: #fbdcd8; } .made_up-cell { fill: #ffffff; stroke: #0b5d43; stroke-width: 1.6; }
.tet-cell { fill: #b3261e; } .hatch { fill: url(#hatch); }
.rule { stroke: #cbd2d9; stroke-width: 1; } .band { fill: #b3261e; }
.when { font-size: 11.5px; font-weight: 700; } .name { font-size: 11.5px; }
.source { font-size: 10px; fill: #616e7c; } .legend { font-size: 11px; fill: #3e4c59; }
@media print { svg { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
</style>"""


def draw_year(calendar: Calendar, year: int) -> str:
    """The picture, as the text of an SVG file. Raises OutsideCalendarError."""
    shown, listed = months(calendar, year), runs(calendar, year)
    total = sum(month.working_days for month in shown)
    below = TOP + 4 * MONTH_HEIGHT + 14
    height = below + 52 + LIST_ROW * ((len(listed) + 1) // 2) + 44
    parts = [
        shape("rect", width=WIDTH, height=height, fill="#ffffff"),
        *_heading(calendar, year, total),
        *(part for month in shown for part in _month(calendar, month)),
        *_quarters(shown),
        *_legend(below),
        *_listed(listed, below + 52),
        text(f"{_confirmation(calendar)} Phiên bản lịch: {calendar.version}.", MARGIN, height - 22, "source"),
    ]
    described = ". ".join([f"{total} ngày làm việc", *(_told(run) for run in listed), _confirmation(calendar)])
    return document(parts, (WIDTH, height), f"Lịch làm việc năm {year}", described, STYLE)


def _heading(calendar: Calendar, year: int, total: int) -> Iterator[str]:
    tet = calendar.lunar_new_year(year)
    lunar = f"Năm {year_name(year)}" + (f" · mùng 1 Tết: {vn.day(tet)}" if tet else "")
    yield shape("rect", width=WIDTH, height=8, class_="band")
    yield text(f"Lịch làm việc năm {year}", MARGIN, 56, "title")
    yield text(lunar, MARGIN, 80, "year")
    yield text(str(total), WIDTH - MARGIN, 56, "total")
    yield text("ngày làm việc", WIDTH - MARGIN, 78, "unit")
    yield shape("line", x1=MARGIN, y1=96, x2=WIDTH - MARGIN, y2=96, class_="rule")


def _month(calendar: Calendar, month: Month) -> Iterator[str]:
    left = MARGIN + QUARTER_STRIP + PITCH * ((month.number - 1) % 3)
    top = TOP + MONTH_HEIGHT * ((month.number - 1) // 3)
    yield text(f"Tháng {month.number}", left + 8, top, "month")
    yield text(vn.working_days(month.working_days), left + MONTH_WIDTH - 4, top, "count")
    yield from (text(name, left + CELL * (n + 0.5), top + 18, "weekday") for n, name in enumerate(WEEKDAYS))
    for row, week in enumerate(month.weeks):
        for column, day in enumerate(week):
            if day is not None:
                yield _day(calendar, day, left + CELL * column, top + 24 + ROW * row)


def _day(calendar: Calendar, day: date, x: float, y: float) -> str:
    what, special = kind(calendar, day), calendar.special(day)
    class_ = "tet" if day == calendar.lunar_new_year(day.year) else what.value
    parts = []
    if not calendar.confirms(day):
        parts.append(shape("rect", x=x, y=y, width=CELL, height=ROW, class_="hatch"))
    if class_ in ("tet", Kind.OFF, Kind.MADE_UP):
        parts.append(shape("rect", x=x + 3, y=y + 2, width=CELL - 6, height=ROW - 4, rx=4, class_=f"{class_}-cell"))
    parts.append(text(str(day.day), x + CELL / 2, y + 14.5, f"day {class_}"))
    return group(parts, title=f"{vn.day(day)}: {special.name}" if special else None)


def _quarters(shown: tuple[Month, ...]) -> Iterator[str]:
    for index, name in enumerate(QUARTERS):
        worked = sum(month.working_days for month in shown[3 * index : 3 * index + 3])
        x, y = MARGIN + 10, TOP + MONTH_HEIGHT * index + 68
        label = text(f"{name} · {worked} ngày", 0, 0, "quarter")
        yield group([label], transform=f"translate({x} {y}) rotate(-90)")


def _legend(y: float) -> Iterator[str]:
    yield shape("line", x1=MARGIN, y1=y - 8, x2=WIDTH - MARGIN, y2=y - 8, class_="rule")
    x = MARGIN
    signs = (("tet-cell", "mùng 1 Tết"), ("off-cell", "ngày nghỉ"), ("made_up-cell", "ngày cuối tuần làm bù"))
    for class_, words in (*signs, ("hatch", "chưa có văn bản xác nhận")):
        yield shape("rect", x=x, y=y + 6, width=22, height=15, rx=3, class_=class_)
        yield text(words, x + 28, y + 18, "legend")
        x += 28 + 6 * len(words) + 16
    yield text("chữ nhạt: nghỉ hằng tuần", x, y + 18, "legend")


def _listed(listed: tuple[Run, ...], top: float) -> Iterator[str]:
    """Two columns, read downwards."""
    rows = (len(listed) + 1) // 2
    for index, run in enumerate(listed):
        x = MARGIN + (WIDTH - 2 * MARGIN) / 2 * (index // rows)
        y = top + LIST_ROW * (index % rows)
        class_ = "hatch" if not run.confirmed else "made_up-cell" if run.works else "off-cell"
        yield shape("rect", x=x, y=y - 9, width=12, height=11, rx=2, class_=class_)
        yield text(span(run), x + 20, y, "when")
        yield text(run.name, x + 86, y, "name")
        yield text(run.source or "chưa nhập văn bản", x + 86, y + 13, "source")


def _told(run: Run) -> str:
    return f"{span(run)}: {run.name}, {'làm việc' if run.works else 'nghỉ'}"


def _confirmation(calendar: Calendar) -> str:
    first, last = max(calendar.first, calendar.confirmed_from), calendar.confirmed_through
    return f"Đã đối chiếu văn bản từ {vn.day(first)} đến {vn.day(last)}."
