"""Đơn vị: all beside each other, with what comes due week by week; and one by itself, with its work and its people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice

from fastapi import APIRouter, Depends, Request, Response

from domain import vietnamese as vn
from domain.access import Part
from domain.clocktime import local_date
from domain.comparison import OF_ALL, OF_DUE, Tally, added, own, tally, together, weeks
from domain.office import Office, Person
from domain.standing import Official
from web import unit_table
from web.callers import Caller
from web.charts import Drawn, charts
from web.downloads import FIELD, download, wanted
from web.house import House
from web.lines import Line, Lines
from web.lists import table as list_of
from web.paging import address, part
from web.tallies import Tallies
from web.units import sees_unit, unit_of

PATH = "/don-vi"
BEFORE, AFTER = 3, 8
"""Weeks of the picture of loads, around this one."""
ON_A_PAGE, PICTURES = 50, 6


def unit_routes(house: House, lines: Lines) -> APIRouter:
    """The routes of both pages."""
    routes, entering, tallies = APIRouter(), Depends(house.entering(Part.LOOK)), Tallies()

    @routes.api_route(PATH, methods=["GET", "HEAD"])
    def every(request: Request, caller: Caller = entering) -> Response:
        return _every(house, tallies, caller, request.query_params)

    @routes.api_route(PATH + "/{code}", methods=["GET", "HEAD"])
    def one(request: Request, code: str, caller: Caller = entering) -> Response:
        return _one(house, lines, caller, code, request.query_params)

    return routes


def _every(house: House, tallies: Tallies, caller: Caller, params: Mapping[str, str]) -> Response:
    office, (book, seen) = caller.configuration.rules.office, house.seen(caller)
    today = local_date(caller.moment)
    mondays = weeks(today, BEFORE, AFTER)
    beside = tallies.of(book, seen, mondays)
    theirs = {unit: one for unit, one in beside.tallies.items() if sees_unit(office, caller.access, unit)}
    by = params.get("xep", "") if params.get("xep", "") in unit_table.ORDERS else unit_table.WORST
    reverse = params.get("chieu", "") == "nguoc"
    found = unit_table.in_order(unit_table.compared(theirs, office), by, reverse=reverse)
    if wanted(kind := params.get(FIELD, "")):
        return download(unit_table.table(found), kind, "don-vi", caller.moment)
    shown = part(found, params.get("trang", ""), ON_A_PAGE)
    return house.page(
        caller,
        PATH,
        "units.j2",
        part=shown,
        sum=added(one.tally for one in found),
        directives=len(seen),
        by=by,
        reverse=reverse,
        orders=unit_table.ORDERS,
        asked={"xep": by if by != unit_table.WORST else "", "chieu": "nguoc" if reverse else ""},
        mondays=mondays,
        today=today,
        loads=[(one, map(unit_table.heat, beside.loads[one.code])) for one in shown.rows if one.code in beside.loads],
        path=PATH,
        address=address,
        cells=unit_table.cells,
        of_all=OF_ALL,
        of_due=OF_DUE,
    )


def _one(house: House, lines: Lines, caller: Caller, code: str, params: Mapping[str, str]) -> Response:
    office = caller.configuration.rules.office
    unit, (book, seen) = unit_of(office, caller.access, code), house.seen(caller)
    doing = [line for line in lines.of(book, seen) if own(line.situation, code)]
    if wanted(kind := params.get(FIELD, "")):
        return download(list_of(doing), kind, code, caller.moment)
    day = local_date(caller.moment)
    return house.page(
        caller,
        PATH,
        "unit.j2",
        unit=unit,
        above=office.unit(unit.within) if unit.within and sees_unit(office, caller.access, unit.within) else None,
        below=[one for one in office.units if one.within == code and one.valid.holds(day)],
        successors=[(one, office.name_of(one)) for one in unit.successors],
        tally=_tally(doing, code),
        part=part(doing, params.get("trang", ""), ON_A_PAGE),
        charts=_charts(doing, code),
        people=_people(office, code, day),
        roles_said=vn.ROLES,
        path=f"{PATH}/{code}",
        address=address,
        share=unit_table.share,
        words=vn.OFFICIAL,
        of_all=OF_ALL,
        of_due=OF_DUE,
        Official=Official,
    )


def _tally(doing: Iterable[Line], code: str) -> Tally:
    classes = (together(own(line.situation, code)) for line in doing)
    return tally(one for one in classes if one)


def _charts(doing: Iterable[Line], code: str) -> list[tuple[Line, Drawn]]:
    """Figures that add up: over all subjects where the unit leads, else over its own."""
    found = (
        (line, drawn)
        for line in doing
        for drawn in charts(line.situation, {}, "" if code in line.situation.leads else code)
    )
    return list(islice(found, PICTURES))


def _people(office: Office, code: str, day: date) -> list[tuple[Person, list[str]]]:
    """Who holds a post there that day, with the roles."""
    held = (
        (person, [post.role.value for post in person.posts if post.unit == code and post.valid.holds(day)])
        for person in office.people
    )
    return [(person, roles) for person, roles in held if roles]
