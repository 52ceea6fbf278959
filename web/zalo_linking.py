"""The page that tells a person how to be reminded on Zalo: which account, and the code that says who they are."""

from __future__ import annotations

from fastapi import APIRouter, Response

from channels.zalo.linking import link_code
from config.link import LinkForgedError
from config.link import read as read_link
from domain.clocktime import local_date
from web.book import Book
from web.paper import page
from web.person import Keys
from web.zalo_desk import ZaloDesk


def linking_routes(book: Book, keys: Keys, desk: ZaloDesk, *, illustrative: bool) -> APIRouter:
    """The route under /p. It raises LinkForgedError and LinkExpiredError."""
    routes = APIRouter()

    @routes.api_route("/p/{link}/zalo", methods=["GET", "HEAD"])
    def linking(link: str) -> Response:
        now = book.clock()
        person = book.person(read_link(keys.secret, link, keys.link_age, now))
        if person is None:
            raise LinkForgedError("người giữ đường dẫn không còn trong danh sách")
        return page(
            "zalo.j2",
            illustrative=illustrative,
            person=person,
            path=f"/p/{link}",
            chat=desk.chat,
            code=link_code(keys.secret, desk.oa_id, person.code, local_date(now)),
            linked=desk.linked(person.code),
        )

    return routes
