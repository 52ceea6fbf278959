"""The web application: forms behind signed links, the rooms of who is signed in, and a sign of life."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import PlainTextResponse
from fastapi.staticfiles import StaticFiles

from config.pages import LINKED
from web.book import Book
from web.guard import guard
from web.person import person_routes
from web.sorry import install
from web.visit import Keys, by_link
from web.zalo_desk import ZaloDesk
from web.zalo_webhook import zalo_routes

_STATIC = Path(__file__).parent / "static"
LINK = f"{LINKED}/{{link}}"
"""A form behind a signed link."""


def create_app(
    book: Book,
    secret: str,
    link_age: timedelta,
    *,
    zalo: ZaloDesk | None = None,
    rooms: Iterable[APIRouter] = (),
    illustrative: bool = False,
) -> FastAPI:
    """The application. `secret` signs links and forms; links die `link_age` after they were signed.

    `zalo`: of an office with an Official Account. `rooms`: what only who is signed in may open. `illustrative` marks
    every page MINH HOẠ. Raises ValueError for a secret under 32 characters when a link is read.
    """
    app = FastAPI(title="Đôn Đốc", openapi_url=None)
    app.middleware("http")(guard)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    install(app, illustrative=illustrative)
    visit = by_link(book, Keys(secret, link_age), illustrative=illustrative)
    app.include_router(person_routes(visit, LINK))
    if zalo is not None:
        app.include_router(zalo_routes(zalo))
    for room in rooms:
        app.include_router(room)

    @app.api_route("/song", methods=["GET", "HEAD"])
    def alive() -> Response:
        return PlainTextResponse("sống\n")

    return app
