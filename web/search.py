"""Tìm: directives, units and people by words, whatever the diacritics; only what the caller may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from domain import vietnamese as vn
from domain.access import Access, Part
from domain.clocktime import local_date
from domain.office import Office, Person, Unit
from domain.searching import finds, folded
from web.callers import Caller
from web.house import House
from web.lines import Line, Lines
from web.paging import address
from web.units import sees_unit

PATH = "/tim"
MOST = 20
"""Of each kind; the list of directives shows the rest."""
LONGEST = 200


def search_routes(house: House, lines: Lines) -> APIRouter:
    """The routes of the search."""
    routes, entering = APIRouter(), Depends(house.entering(Part.LOOK))

    @routes.api_route(PATH, methods=["GET", "HEAD"])
    def search(
        request: Request,
        q: Annotated[str, Query()] = "",
        caller: Caller = entering,
    ) -> Response:
        asked, (book, seen) = vn.nfc(q).strip()[:LONGEST], house.seen(caller)
        office = caller.configuration.rules.office
        found = _directives(asked, lines.of(book, seen)) if folded(asked) else []
        return house.page(
            caller,
            request.url.path,
            "search.j2",
            q=asked,
            directives=found[:MOST],
            more=len(found),
            units=_units(asked, office, caller.access)[:MOST] if folded(asked) else [],
            people=_people(asked, caller, office)[:MOST] if folded(asked) else [],
            address=address,
            words=vn.OFFICIAL,
        )

    return routes


def _directives(asked: str, lines: tuple[Line, ...]) -> list[Line]:
    """Those whose title has every word first."""
    words = folded(asked).split()
    found = [line for line in lines if all(word in line.text for word in words)]
    return sorted(found, key=lambda line: not finds(asked, line.directive.title))


def _units(asked: str, office: Office, access: Access) -> list[Unit]:
    return [
        one for one in office.units if finds(asked, f"{one.name} {one.code}") and sees_unit(office, access, one.code)
    ]


def _people(asked: str, caller: Caller, office: Office) -> list[tuple[Person, list[Unit]]]:
    """Who holds a post today in a unit the caller sees."""
    day, found = local_date(caller.moment), []
    for one in office.people:
        codes = dict.fromkeys(post.unit for post in one.posts if post.valid.holds(day))
        units = [office.unit(code) for code in codes if sees_unit(office, caller.access, code)]
        if units and finds(asked, one.name):
            found.append((one, units))
    return found
