"""Files that prove what was reported on a directive, for who may see it: handed out to be kept, never opened here."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Response

from config.pages import DIRECTIVES
from domain.access import Part
from store import reading
from store.evidence import get
from store.ledger import entries
from web.callers import Caller
from web.house import House


def evidence_routes(house: House) -> APIRouter:
    """The route below a directive's page."""
    routes, entering = APIRouter(), Depends(house.entering(Part.LOOK))

    @routes.api_route(DIRECTIVES + "/{code}/tep/{digest}", methods=["GET", "HEAD"])
    def file(code: str, digest: str, caller: Caller = entering) -> Response:
        house.situation(caller, code)
        with reading(house.office.store) as opened:
            of_it = {one for entry in entries(opened, code) for one in entry.attachments or ()}
            found = get(opened, digest) if digest in of_it else None
        if found is None:
            raise HTTPException(404)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
            "Content-Security-Policy": "default-src 'none'; sandbox",  # whatever a reader makes of it, it runs nothing
        }
        return Response(found.content, media_type=found.kind.value, headers=headers)

    return routes
