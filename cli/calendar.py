"""`dondoc calendar`: a year of the working calendar in the terminal, as JSON, or as a picture to print."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from actions.draw import draw_year
from cli.asking import Format, FormatOption
from cli.showing import err, out, show_json, show_table
from config.areas import Area, CalendarFile, read_area
from config.reading import IncompleteError
from config.settings import load
from domain import vietnamese as vn
from domain.lunar import year_name
from domain.workdays import Calendar, OutsideCalendarError
from domain.workyear import Kind, Month, kind, months, runs, span, specials

_MARKS = {Kind.OFF: "N", Kind.MADE_UP: "B", Kind.WEEKEND: " ", Kind.WORKED: " "}
_STYLES = {Kind.OFF: "bold red", Kind.MADE_UP: "bold green", Kind.WEEKEND: "dim", Kind.WORKED: ""}
_LEGEND = "N ngày nghỉ · B ngày cuối tuần làm bù · ? chưa có văn bản xác nhận · thứ Bảy, Chủ nhật: nghỉ hằng tuần"
_BLOCK = 32
"""Columns of the terminal that a month takes with the space beside it."""


def year(text: str) -> int:
    """`2026`. Raises typer.BadParameter."""
    if not (text.isascii() and text.isdigit() and len(text) == 4 and text != "0000"):
        raise typer.BadParameter(f"không đọc được năm “{text}”; cần bốn chữ số, ví dụ 2026")
    return int(text)


def calendar_command(
    of: Annotated[int, typer.Argument(parser=year, metavar="NĂM", help="Năm dương lịch, ví dụ 2026.")],
    svg: Annotated[Path | None, typer.Option(metavar="TỆP", help="Vẽ lịch ra tệp SVG này để xem, in.")] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Lịch làm việc của một năm: ngày nghỉ, ngày làm bù kèm số văn bản, số ngày làm việc."""
    calendar = _written_calendar()
    if not calendar.first <= date(of, 1, 1) <= date(of, 12, 31) <= calendar.last:
        raise OutsideCalendarError(date(of, 1, 1), calendar)
    if svg is not None:
        _draw(calendar, of, svg)
    if format_ is Format.JSON:
        show_json(year_row(calendar, of))
    elif svg is None:
        _show(calendar, of)


def year_row(calendar: Calendar, of: int) -> dict[str, Any]:
    """The year as plain data: keys as in docs/how-to/enter-swapped-days.md. Raises OutsideCalendarError."""
    shown = months(calendar, of)
    return {
        "year": of,
        "version": calendar.version,
        "confirmed_from": max(calendar.confirmed_from, calendar.first).isoformat(),
        "confirmed_through": calendar.confirmed_through.isoformat(),
        "lunar_new_year": tet.isoformat() if (tet := calendar.lunar_new_year(of)) else None,
        "working_days": sum(month.working_days for month in shown),
        "months": [{"month": month.number, "working_days": month.working_days} for month in shown],
        "specials": [
            {
                "day": special.day.isoformat(),
                "works": special.works,
                "name": special.name,
                "source": special.source,
                "confirmed": calendar.confirms(special.day),
            }
            for special in specials(calendar, of)
        ],
    }


def _written_calendar() -> Calendar:
    """The calendar of the files; the others need not be sound. Raises IncompleteError."""
    found = read_area(load().config_dir, Area.CALENDAR)
    if not isinstance(found.model, CalendarFile):
        raise IncompleteError([Area.CALENDAR], found.findings)
    return found.model.calendar()


def _draw(calendar: Calendar, of: int, path: Path) -> None:
    try:
        path.write_text(draw_year(calendar, of), encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"không ghi được tệp {path}: thư mục phải có sẵn và cho phép ghi") from error
    err.print(f"Đã vẽ lịch năm {of} vào {path}; mở bằng trình duyệt để xem hoặc in.", soft_wrap=True)


def _show(calendar: Calendar, of: int) -> None:
    shown = months(calendar, of)
    total = sum(month.working_days for month in shown)
    tet = calendar.lunar_new_year(of)
    lunar = f"năm {year_name(of)}" + (f", mùng 1 Tết {vn.day(tet)}" if tet else "")
    out.print(Text(f"LỊCH LÀM VIỆC NĂM {of} ({lunar}): {vn.working_days(total)}\n", style="bold"))
    across = max(n for n in (1, 2, 3, 4) if n == 1 or n * _BLOCK <= out.width)
    grid = Table.grid(padding=(0, 4, 0, 0))
    for start in range(0, 12, across):
        grid.add_row(*(_month(calendar, month) for month in shown[start : start + across]))
    out.print(grid)
    out.print(Text(_LEGEND))
    quarters = [sum(month.working_days for month in shown[start : start + 3]) for start in range(0, 12, 3)]
    named = zip(("I", "II", "III", "IV"), quarters, strict=True)
    out.print(Text("Số ngày làm việc: " + " · ".join(f"quý {name} {count}" for name, count in named) + "\n"))
    lines = [
        [span(run), run.name, "làm việc" if run.works else "nghỉ", run.source, "" if run.confirmed else "chưa xác nhận"]
        for run in runs(calendar, of)
    ]
    show_table("Ngày nghỉ, ngày làm bù", ["Ngày", "Tên", "", "Văn bản", ""], lines)
    through = f"Văn bản đã nhập đến {vn.day(calendar.confirmed_through)}"
    err.print(f"{through}; phiên bản lịch {calendar.version}.", soft_wrap=True)


def _month(calendar: Calendar, month: Month) -> Text:
    title = f"Tháng {month.number}"
    text = Text(f"{title}{vn.working_days(month.working_days):>{28 - len(title)}}\n", style="")
    text.stylize("bold", 0, len(title))
    text.append("".join(f"{name:>3} " for name in ("T2", "T3", "T4", "T5", "T6", "T7", "CN")), style="dim")
    for week in month.weeks:
        text.append("\n")
        for day in week:
            what = kind(calendar, day) if day else Kind.WORKED
            mark = "?" if day and not calendar.confirms(day) and _MARKS[what] == " " else _MARKS[what]
            text.append(f"{day.day if day else '':>3}{mark}", style=_STYLES[what])
    return text.append("\n ")  # a row of space below
