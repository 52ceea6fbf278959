"""Lịch làm việc: a year of the working calendar, what stands apart in it and by which document."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from domain.access import Part
from domain.clocktime import local_date
from domain.workdays import Calendar
from domain.workyear import Kind, kind, months, runs, span
from reports.sheet import Column, Table
from web.admin.frame import PATH, admin_page
from web.callers import Caller
from web.downloads import FIELD, download, wanted
from web.house import House

SPOT = "lich"


def calendar(house: House) -> APIRouter:
    """The route of the page."""
    routes, entering = APIRouter(), Depends(house.entering(Part.ADMIN))

    @routes.api_route(f"{PATH}/{SPOT}", methods=["GET", "HEAD"])
    def show(
        asked: Annotated[str, Query(alias="nam")] = "",
        file: Annotated[str, Query(alias=FIELD)] = "",
        caller: Caller = entering,
    ) -> Response:
        held = caller.configuration.rules.calendar
        year = _year(held, asked, local_date(caller.moment))
        if wanted(file):
            return download(_table(held, year), file, f"lich-{year}", caller.moment)
        return admin_page(
            house,
            caller,
            SPOT,
            "admin_calendar.j2",
            calendar=held,
            year=year,
            months=months(held, year),
            runs=runs(held, year),
            span=span,
            kind=lambda day: kind(held, day),
            Kind=Kind,
            name=lambda day: special.name if (special := held.special(day)) else "",
            path=f"{PATH}/{SPOT}",
        )

    return routes


def _year(held: Calendar, asked: str, today: date) -> int:
    """The year asked for, as far as the calendar goes; this one where none can be read."""
    wanted_year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    return min(max(wanted_year, held.first.year), held.last.year)


def _table(held: Calendar, year: int) -> Table:
    columns = (
        *(Column("Từ ngày", 14), Column("Đến ngày", 14), Column("Là ngày", 14), Column("Tên", 44)),
        *(Column("Văn bản", 44), Column("Đã xác nhận", 14)),
    )
    rows = [
        (
            run.first,
            run.last,
            "làm việc" if run.works else "nghỉ",
            run.name,
            run.source,
            "đã xác nhận" if run.confirmed else "chưa xác nhận",
        )
        for run in runs(held, year)
    ]
    return Table(f"Lịch {year}", columns, rows)
