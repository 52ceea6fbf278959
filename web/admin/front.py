"""Quản trị: what needs the admin now, and the way to every page of the room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from fastapi import APIRouter, Depends, Response

from actions.needs import needs
from actions.patrol import patrol
from actions.verifying import last_verification
from config.reading import Configuration
from domain.access import Part
from domain.findings import Finding
from store import reading
from store.notices import newest
from store.stops import open_stops
from web.admin.frame import PATH, admin_page
from web.callers import Caller
from web.house import House

LATEST = 10
"""Notices shown."""


def front(house: House) -> APIRouter:
    """The routes of the front page."""
    routes, entering = APIRouter(), Depends(house.entering(Part.ADMIN))

    @routes.api_route(PATH, methods=["GET", "HEAD"])
    def show(caller: Caller = entering) -> Response:
        book, _ = house.seen(caller)
        found = needs(house.office, book, caller.moment)
        with reading(house.office.store) as opened:
            told, stops, verified = newest(opened, LATEST), open_stops(opened), last_verification(opened)
        return admin_page(
            house,
            caller,
            "",
            "admin_front.j2",
            groups=grouped(caller.configuration, found),
            count=len(found),
            told=told,
            off=next((one for one in stops if not one.channel and not one.person), None),
            verified=verified,
        )

    @routes.api_route(f"{PATH}/tuan-tra", methods=["GET", "HEAD"])
    def walk(caller: Caller = entering) -> Response:
        """The whole patrol, as its flow makes it: it reads the ledger from end to end."""
        found = patrol(house.office, caller.moment)
        groups = grouped(caller.configuration, found)
        return admin_page(house, caller, "tuan-tra", "admin_patrol.j2", groups=groups, count=len(found))

    return routes


def grouped(configuration: Configuration, found: Iterable[Finding]) -> Mapping[tuple[str, str], list[Finding]]:
    """Findings by what they are about: a link and a name; those of the office as a whole under empty ones."""
    channels = {one.code: one.name for one in configuration.channels}
    groups: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in found:
        field = finding.field or ""
        code = field.removeprefix("channels.")
        if field in configuration.directives:
            about = (f"/nhiem-vu/{field}", configuration.directives[field].title)
        elif field != code:
            about = (f"{PATH}/kenh", f"Kênh {channels.get(code, code)}")
        else:
            about = ("", "Cả cơ quan")
        groups[about].append(finding)
    return groups
