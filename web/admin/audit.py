"""Nhật ký: who did what and when, newest first; and whether the ledger is still what was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fastapi import APIRouter, Depends, Request, Response

from actions.verifying import last_verification, verify_now
from config.reading import Configuration
from domain.access import Part
from reports.sheet import Column, Table, Value
from store import reading
from store.audit import Event, events
from store.ledger import head
from web.admin.audit_query import cursor_text, read_cursor, read_query
from web.admin.audit_words import FAMILIES, KINDS, Said, said
from web.admin.frame import PATH, admin_page
from web.callers import Caller
from web.downloads import FIELD, download, wanted
from web.house import House
from web.paging import address

SPOT = "nhat-ky"
ON_A_PAGE = 50
EXPORTED = 20_000
"""Events in one file; whoever needs more asks for fewer days."""


def audit(house: House) -> APIRouter:
    """The routes of the page."""
    routes, path = APIRouter(), f"{PATH}/{SPOT}"
    entering, acting = Depends(house.entering(Part.ADMIN)), Depends(house.acting(Part.ADMIN))

    @routes.api_route(path, methods=["GET", "HEAD"])
    def show(request: Request, caller: Caller = entering) -> Response:
        if wanted(kind := request.query_params.get(FIELD, "")):
            query = read_query(request.query_params, caller.configuration)
            with reading(house.office.store) as opened:
                found = events(opened, query.wanted, EXPORTED)
            return download(_table(found, caller.configuration), kind, SPOT, caller.moment)
        return _page(house, caller, request)

    @routes.post(f"{path}/kiem-chung")
    def verify(request: Request, caller: Caller = acting) -> Response:
        verify_now(house.office, caller.person.code, house.callers.wall())
        return _page(house, caller, request, done="Đã đọc lại cả sổ từ đầu.")

    return routes


def _page(house: House, caller: Caller, request: Request, *, done: str = "") -> Response:
    query = read_query(request.query_params, caller.configuration)
    after = read_cursor(request.query_params.get("sau", ""))
    with reading(house.office.store) as opened:
        found = events(opened, query.wanted, ON_A_PAGE + 1, after)
        verified, end = last_verification(opened), head(opened)
    shown = found[:ON_A_PAGE]
    return admin_page(
        house,
        caller,
        SPOT,
        "admin_audit.j2",
        lines=[said(one, caller.configuration) for one in shown],
        next=cursor_text(shown[-1].cursor) if len(found) > ON_A_PAGE else "",
        later=bool(after),
        query=query,
        families=FAMILIES,
        kinds=KINDS,
        verified=verified,
        head=end,
        path=f"{PATH}/{SPOT}",
        address=address,
        done=done,
    )


def _table(found: Iterable[Event], configuration: Configuration) -> Table:
    columns = (
        *(Column("Lúc", 20), Column("Ai", 44), Column("Mã", 28), Column("Việc", 34), Column("Về", 50)),
        *(Column("Chi tiết", 60), Column("Tính đến ngày", 14), Column("Bút toán số", 12)),
    )
    return Table("Nhật ký", columns, [_row(said(one, configuration)) for one in found])


def _row(one: Said) -> Sequence[Value]:
    event = one.event
    number = event.number if event.what.startswith("ledger.") else None
    return (event.at, one.who, event.who, one.what, one.about, one.detail, event.as_of, number)
