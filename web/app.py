"""The web application: one page per person behind a signed link, a page that says what this is, and a sign of life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import PlainTextResponse
from fastapi.staticfiles import StaticFiles

from web.book import Book
from web.guard import guard
from web.paper import page
from web.person import Keys, person_routes
from web.sorry import install
from web.zalo_desk import ZaloDesk
from web.zalo_linking import linking_routes
from web.zalo_webhook import zalo_routes

_STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Places:
    """Addresses the home page points to; None: not there."""

    mailbox: str | None = None
    prefect: str | None = None
    phones: str | None = None


def create_app(
    book: Book,
    secret: str,
    link_age: timedelta,
    places: Places = Places(),
    *,
    zalo: ZaloDesk | None = None,
    illustrative: bool = False,
) -> FastAPI:
    """The application. `secret` signs links and forms; links die `link_age` after they were signed.

    `zalo`: of an office with an Official Account. `illustrative` marks every page MINH HOẠ.
    Raises ValueError for a secret under 32 characters when a link is read.
    """
    app = FastAPI(title="Đôn Đốc", openapi_url=None)
    app.middleware("http")(guard)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    install(app, illustrative=illustrative)
    keys = Keys(secret, link_age)
    app.include_router(person_routes(book, keys, illustrative=illustrative, zalo=zalo is not None))
    if zalo is not None:
        app.include_router(linking_routes(book, keys, zalo, illustrative=illustrative))
        app.include_router(zalo_routes(zalo))

    @app.api_route("/", methods=["GET", "HEAD"])
    def home() -> Response:
        return page("home.j2", illustrative=illustrative, places=places)

    @app.api_route("/song", methods=["GET", "HEAD"])
    def alive() -> Response:
        return PlainTextResponse("sống\n")

    return app
