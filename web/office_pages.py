"""The web pages of an office, served."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI

from actions.office import Office
from config import clock
from config.link import DEMO_LASTS, LASTS
from web.api.application import api_app
from web.api.problem import PREFIX
from web.app import create_app
from web.office_book import OfficeBook
from web.places import Places
from web.rooms import rooms
from web.serve import Served
from web.zalo_desk import ZaloDesk

_NOWHERE = Places()


def office_app(
    office: Office, places: Places = _NOWHERE, zalo: ZaloDesk | None = None, wall: Callable[[], datetime] = clock.wall
) -> FastAPI:
    """The application of an office. `wall`: the clock that sessions and links to sign in by go by."""
    ours = office.settings
    age = DEMO_LASTS if ours.demo else LASTS
    book, secret = OfficeBook(office), ours.signing_secret()
    inside = rooms(office, book, places, zalo, wall)
    app = create_app(book, secret, age, zalo=zalo, rooms=inside, illustrative=ours.demo)
    app.mount(PREFIX, api_app(office, wall))
    return app


def serve_pages(office: Office, places: Places, zalo: ZaloDesk | None = None) -> Served:
    """The pages on the office's port. Raises web.serve.PortBusyError."""
    return Served(office_app(office, places, zalo), office.settings.web_port, "DONDOC_WEB_PORT")
