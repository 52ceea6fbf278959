"""Đơn vị: which units there are and were, what they belong to, and who took over from them."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter, Depends, Request, Response

from config.reading import Configuration
from domain.access import Part
from domain.clocktime import local_date
from domain.office import Group, Unit
from domain.searching import finds
from domain.vietnamese import nfc
from reports.sheet import Column, Table
from web.admin.frame import PATH, admin_page
from web.admin.people_desk import span
from web.callers import Caller
from web.downloads import FIELD, download, wanted
from web.house import House
from web.paging import address, part

SPOT = "don-vi"
ON_A_PAGE = 50


class Line(NamedTuple):
    """A unit."""

    unit: Unit
    valid: str
    here: bool
    """Whether it exists today."""
    within: str
    successors: tuple[str, ...]
    people: int
    """Who hold a post in it today."""


def units(house: House) -> APIRouter:
    """The routes of the page."""
    routes, entering = APIRouter(), Depends(house.entering(Part.ADMIN))
    path = f"{PATH}/{SPOT}"

    @routes.api_route(path, methods=["GET", "HEAD"])
    def show(request: Request, caller: Caller = entering) -> Response:
        text = nfc(request.query_params.get("q", "")).strip()[:200]
        every = _lines(caller)
        found = [one for one in every if finds(text, _text(one))]
        if wanted(kind := request.query_params.get(FIELD, "")):
            return download(_table(found), kind, f"quan-tri-{SPOT}", caller.moment)
        groups = tuple(_group(caller.configuration, group) for group in caller.configuration.rules.office.groups)
        return admin_page(
            house,
            caller,
            SPOT,
            "admin_units.j2",
            part=part(found, request.query_params.get("trang", ""), ON_A_PAGE),
            every=len(every),
            asked={"q": text},
            groups=groups,
            path=path,
            address=address,
        )

    return routes


def _lines(caller: Caller) -> list[Line]:
    office, day = caller.configuration.rules.office, local_date(caller.moment)
    posts = [post.unit for person in office.people for post in person.posts if post.valid.holds(day)]
    return [
        Line(
            unit=unit,
            valid=span(unit.valid) or "không giới hạn",
            here=unit.valid.holds(day),
            within=office.name_of(unit.within) if unit.within else "",
            successors=tuple(map(office.name_of, unit.successors)),
            people=posts.count(unit.code),
        )
        for unit in office.units
    ]


def _group(configuration: Configuration, group: Group) -> tuple[Group, str]:
    return group, ", ".join(map(configuration.rules.office.name_of, group.members))


def _text(one: Line) -> str:
    return " ".join((one.unit.code, one.unit.name, one.within, *one.successors, one.unit.legal_basis or ""))


def _table(found: list[Line]) -> Table:
    columns = (
        *(Column("Mã", 30), Column("Tên", 44), Column("Thời gian tồn tại", 26), Column("Thuộc", 40)),
        *(Column("Đơn vị kế nhiệm", 40), Column("Căn cứ", 44), Column("Số vị trí đang có người", 12)),
    )
    rows = [
        (
            one.unit.code,
            one.unit.name,
            one.valid,
            one.within,
            "\n".join(one.successors),
            one.unit.legal_basis,
            one.people,
        )
        for one in found
    ]
    return Table("Đơn vị", columns, rows)
