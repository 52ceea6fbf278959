"""Cán bộ: who there is, in which posts, how they are reached, and where they are signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response

from domain.access import Part
from domain.searching import finds
from domain.vietnamese import nfc
from reports.sheet import Column, Table
from store import reading, session
from store.web_sessions import end
from web.admin.frame import PATH, admin_page
from web.admin.people_desk import Line, lines
from web.callers import Caller
from web.downloads import FIELD, download, wanted
from web.house import House
from web.paging import address, part

SPOT = "can-bo"
ON_A_PAGE = 50


def people(house: House) -> APIRouter:
    """The routes of the page."""
    routes, path = APIRouter(), f"{PATH}/{SPOT}"
    entering, acting = Depends(house.entering(Part.ADMIN)), Depends(house.acting(Part.ADMIN))

    @routes.api_route(path, methods=["GET", "HEAD"])
    def show(request: Request, caller: Caller = entering) -> Response:
        asked = {name: nfc(request.query_params.get(name, "")).strip()[:200] for name in ("q", "trang")}
        if wanted(kind := request.query_params.get(FIELD, "")):
            return download(_table(_found(house, caller, asked["q"])), kind, SPOT, caller.moment)
        return _page(house, caller, asked)

    @routes.post(f"{path}/ket-thuc-phien")
    def end_sessions(person: Annotated[str, Form(max_length=100)] = "", caller: Caller = acting) -> Response:
        known = caller.configuration.rules.office.person(person)
        if known is None:
            raise HTTPException(404)
        with session(house.office.store) as opened:
            count = end(opened, house.callers.wall(), person=person)
        said = f"Đã kết thúc {count} phiên đăng nhập của {known.name}; phải đăng nhập lại mới vào được."
        return _page(house, caller, {"q": known.code}, done=said)

    return routes


def _found(house: House, caller: Caller, text: str) -> list[Line]:
    with reading(house.office.store) as opened:
        every = lines(opened, caller.configuration, caller.moment, house.callers.wall())
    return [one for one in every if finds(text, one.text)]


def _page(house: House, caller: Caller, asked: dict[str, str], *, done: str = "") -> Response:
    found = _found(house, caller, asked["q"])
    return admin_page(
        house,
        caller,
        SPOT,
        "admin_people.j2",
        part=part(found, asked.get("trang", ""), ON_A_PAGE),
        asked={"q": asked["q"]},
        every=len(caller.configuration.rules.office.people),
        signed_in=sum(one.sessions for one in found),
        path=f"{PATH}/{SPOT}",
        address=address,
        done=done,
    )


def _table(found: list[Line]) -> Table:
    columns = (
        *(Column("Mã", 28), Column("Tên", 44), Column("Vị trí", 50), Column("Thư điện tử", 34)),
        *(Column("Điện thoại", 16), Column("Kênh, theo thứ tự", 24), Column("Zalo", 24)),
        *(Column("Phiên đang mở", 10), Column("Vào lần cuối", 20)),
    )
    rows = (
        (
            one.person.code,
            one.person.name,
            "\n".join(post.said for post in one.posts),
            one.person.email,
            one.person.phone,
            ", ".join(one.channels),
            one.zalo,
            one.sessions,
            one.seen_at,
        )
        for one in found
    )
    return Table("Cán bộ", columns, list(rows))
