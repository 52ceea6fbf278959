"""The page that tells a person how to be reminded on Zalo: which account, and the code that says who they are."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from channels.zalo.linking import link_code
from domain.clocktime import local_date
from web.visit import Opening
from web.zalo_desk import ZaloDesk


def linking_routes(visit: Opening, base: str, secret: str, desk: ZaloDesk) -> APIRouter:
    """The route below a person's page at `base`. It raises as `visit` does."""
    routes = APIRouter()

    @routes.api_route(f"{base}/zalo", methods=["GET", "HEAD"])
    def linking(request: Request) -> Response:
        here = visit(request)
        return here.page(
            "zalo.j2",
            person=here.person,
            chat=desk.chat,
            code=link_code(secret, desk.oa_id, here.person.code, local_date(here.moment)),
            linked=desk.linked(here.person.code),
        )

    return routes
