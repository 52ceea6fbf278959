"""Units, open requests, and a sign of life: `GET /units`, `GET /requests`, `GET /health`."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from actions.requests import request_rows
from domain.office import Unit
from store import reading
from web.api.caching import tagged, text
from web.api.door import Client, Door
from web.api.ledger_shapes import Requests
from web.api.problem import Problem
from web.api.shapes import Health, Units
from web.api.telling import READS, answers


def lookup_routes(door: Door) -> APIRouter:
    """The routes."""
    routes = APIRouter()

    @routes.get("/units", tags=["Đơn vị"], summary="Đơn vị và nhóm đơn vị", responses=answers(Units, READS))
    def units(request: Request, client: Client = Depends(door.reading)) -> Response:
        office = client.configuration.rules.office
        groups = [{"code": group.code, "name": group.name, "members": list(group.members)} for group in office.groups]
        told = {"units": [_unit(unit) for unit in office.units], "groups": groups}
        return tagged(door, client, request, lambda: told)

    @routes.get("/requests", tags=["Sổ"], summary="Đề nghị gia hạn đang chờ", responses=answers(Requests, READS))
    def requests(request: Request, client: Client = Depends(door.reading)) -> Response:
        def waiting() -> dict[str, Any]:
            with reading(door.office.store) as opened:
                rows = request_rows(opened, client.configuration, client.moment)
            seen = client.seen()
            return {"requests": [row for row in rows if row["directive"] in seen]}

        return tagged(door, client, request, waiting)

    @routes.get(
        "/health",
        tags=["Hệ thống"],
        summary="Hệ thống có phục vụ không; không cần khoá",
        responses=answers(Health, (Problem.NOT_NOW,)),
    )
    def health() -> Response:
        with reading(door.office.store) as opened:
            door.office.memory.configuration(opened)
        return Response(text({"status": "ok", "version": version("dondoc")}), media_type="application/json")

    return routes


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "valid_from": _iso(unit.valid.from_),
        "valid_to": _iso(unit.valid.to),
        "within": unit.within,
        "successors": list(unit.successors),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
