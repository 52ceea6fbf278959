"""Việc của tôi: everything that waits for somebody who is signed in, with its forms."""

from __future__ import annotations

from fastapi import APIRouter, Request

from config.pages import OWN
from domain.access import Part
from web.book import Book
from web.house import House
from web.person import person_routes
from web.shell import shell_of
from web.visit import Opening, Visit


def own_work(visit: Opening, *, zalo: bool) -> APIRouter:
    """The routes of the room."""
    return person_routes(visit, OWN, zalo=zalo)


def by_session(house: House, book: Book) -> Opening:
    """How the page is opened by who is signed in. Raises SignInNeededError, NotTheirsError."""

    def visit(request: Request) -> Visit:
        caller = house.callers.admitted(request, Part.OWN)
        shell = shell_of(caller, house.secret, OWN)
        illustrative = house.office.settings.demo
        return Visit(book, house.secret, caller.binding, OWN, caller.person, caller.moment, illustrative, shell=shell)

    return visit
