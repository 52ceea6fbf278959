"""The rooms of an office's pages, put together: what is behind which door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from actions.office import Office
from config.pages import OWN
from web.admin.rooms import admin
from web.book import Book
from web.callers import Callers, SignInNeededError
from web.charts import chart_routes
from web.directive_page import directive_routes
from web.evidence import evidence_routes
from web.house import House
from web.leader import leader
from web.lines import Lines
from web.lists import list_routes
from web.monitor import monitor
from web.own_work import by_session, own_work
from web.paper import page
from web.places import Places
from web.recording import table_routes
from web.search import search_routes
from web.sheets import sheets
from web.shell import ROOMS
from web.signing_in import entrance
from web.unit_pages import unit_routes
from web.zalo_desk import ZaloDesk
from web.zalo_linking import linking_routes


def rooms(
    office: Office, book: Book, places: Places, zalo: ZaloDesk | None, wall: Callable[[], datetime]
) -> tuple[APIRouter, ...]:
    """Every router that needs an office."""
    house = House(Callers(office, wall), office.settings.signing_secret())
    visit = by_session(house, book)
    lines = Lines()
    return (
        entrance(house.callers),
        _home(house, places),
        own_work(visit, zalo=zalo is not None),
        list_routes(house, lines),
        table_routes(house),
        chart_routes(house),
        evidence_routes(house),
        directive_routes(house),
        unit_routes(house, lines),
        search_routes(house, lines),
        leader(house),
        monitor(house),
        sheets(house),
        admin(house),
        *([linking_routes(visit, OWN, house.secret, zalo)] if zalo else []),
    )


def _home(house: House, places: Places) -> APIRouter:
    routes = APIRouter()

    @routes.api_route("/", methods=["GET", "HEAD"])
    def home(request: Request) -> Response:
        """For who is signed in the first room that is theirs; for others what this is, and the way in."""
        try:
            caller = house.callers.caller(request)
        except SignInNeededError:
            return page("home.j2", illustrative=house.office.settings.demo, places=places)
        first = next(room for room in ROOMS if caller.access.may(room.part))
        return RedirectResponse(first.path, 303)

    return routes
