"""Nhiệm vụ: every directive the caller may see, worst first, filtered by the address, to read and to take home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fastapi import APIRouter, Depends, Request, Response

from config.pages import DIRECTIVES
from domain import vietnamese as vn
from domain.access import Part
from domain.office import Office
from reports.sheet import Column, Table, Value
from web.callers import Caller
from web.downloads import FIELD, download, wanted
from web.filters import read_filters
from web.house import House
from web.lines import Line, Lines
from web.paging import address, part

ON_A_PAGE = 50


def list_routes(house: House, lines: Lines) -> APIRouter:
    """The routes of the list."""
    routes, entering = APIRouter(), Depends(house.entering(Part.LOOK))

    @routes.api_route(DIRECTIVES, methods=["GET", "HEAD"])
    def show(request: Request, caller: Caller = entering) -> Response:
        book, seen = house.seen(caller)
        filters, every = read_filters(request.query_params), lines.of(book, seen)
        kept = filters.keep(every)
        if wanted(kind := request.query_params.get(FIELD, "")):
            return download(table(kept), kind, "nhiem-vu", caller.moment)
        office = caller.configuration.rules.office
        return house.page(
            caller,
            DIRECTIVES,
            "list.j2",
            filters=filters,
            part=part(kept, request.query_params.get("trang", ""), ON_A_PAGE),
            every=len(every),
            counts=filters.counts(every),
            units=_units(office, every),
            notices=tuple({line.directive.notice.code: line.directive.notice for line in every}.values()),
            path=DIRECTIVES,
            address=address,
            words=vn.OFFICIAL,
        )

    return routes


def table(lines: Iterable[Line]) -> Table:
    """The lines as a table: one definition for both kinds of file."""
    return Table("Nhiệm vụ", _COLUMNS, [_row(line) for line in lines])


_COLUMNS = (
    Column("Mã", 28),
    Column("Nhiệm vụ", 44),
    Column("Văn bản", 34),
    Column("Mục", 16),
    Column("Chủ trì", 30),
    Column("Tình trạng", 24),
    Column("Hạn gần nhất chưa xong", 14),
    Column("Hạn gốc", 14),
    Column("Số mốc đã đạt", 10),
    Column("Tổng số mốc", 10),
    Column("Số liệu", 22),
    Column("Nhịp độ", 22),
)


def _row(line: Line) -> Sequence[Value]:
    directive, due = line.directive, line.due
    return (
        directive.code,
        directive.title,
        directive.notice.reference(),
        directive.section,
        line.lead,
        vn.OFFICIAL[line.official.value],
        due.nominal if due else None,
        due.original if due else None,
        line.done,
        line.steps,
        "cũ hoặc chưa có" if line.stale else "mới",
        "chậm nhịp độ" if line.behind else "",
    )


def _units(office: Office, lines: Iterable[Line]) -> tuple[tuple[str, str], ...]:
    """Code and name of each unit that has a part in something, by name."""
    codes = {unit for line in lines for unit in line.units}
    return tuple(sorted(((code, office.name_of(code)) for code in codes), key=lambda unit: vn.nfc(unit[1])))
