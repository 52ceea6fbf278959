"""Quy chế nhắc việc: what the office decided about urging, in words; it is changed in its file."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from config.areas import Area
from domain.access import Part
from store import reading
from store.configuration import current
from web.admin.frame import PATH, admin_page
from web.admin.policy_words import rules
from web.callers import Caller
from web.house import House

SPOT = "chinh-sach"


def policy(house: House) -> APIRouter:
    """The route of the page."""
    routes, entering = APIRouter(), Depends(house.entering(Part.ADMIN))

    @routes.api_route(f"{PATH}/{SPOT}", methods=["GET", "HEAD"])
    def show(caller: Caller = entering) -> Response:
        held = caller.configuration.rules
        with reading(house.office.store) as opened:
            version = next(iter(current(opened, Area.POLICY)), None)
        found = rules(held.policy, held.office)
        return admin_page(house, caller, SPOT, "admin_policy.j2", parts_of=found, version=version)

    return routes
