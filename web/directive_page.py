"""One directive: what was ordered and of whom, its milestones over time, where it stands, and what the ledger says."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Depends, Request, Response

from config.pages import DIRECTIVES
from domain import vietnamese as vn
from domain.access import Part
from domain.clocktime import local_date
from domain.comparison import as_a_whole
from domain.directive import Directive
from domain.ledger import SealedEntry
from domain.situation import Situation
from domain.standing import Freshness
from reports.sheet import Table
from reports.timeline import axis, gantt
from store import Session, reading
from store.directive_book import count, newest, sealed_entries
from web import entries, paging, standings
from web.allowed import offers
from web.callers import Caller
from web.charts import charts
from web.downloads import FIELD, download, wanted
from web.house import House
from web.marking import marked
from web.moments import at_moment
from web.paging import address, part
from web.steps import steps
from web.then import Then, then

ROWS, ENTRIES = 30, 20
"""Rows of each table on one page."""
TABLE = "bang"
"""Of an address: which table is taken home."""


def directive_routes(house: House) -> APIRouter:
    """The routes of a directive's page."""
    routes, entering = APIRouter(), Depends(house.entering(Part.LOOK))

    @routes.api_route(DIRECTIVES + "/{code}", methods=["GET", "HEAD"])
    def show(request: Request, code: str, caller: Caller = entering) -> Response:
        when = then(request.query_params, caller.moment)
        found = at_moment(house, caller, code, when)
        params = request.query_params
        with reading(house.office.store) as opened:
            if wanted(kind := params.get(FIELD, "")):
                return download(_table(opened, found, when, params.get(TABLE, "")), kind, code, when.as_of)
            places = part(range(count(opened, code, when.known_at)), params.get("so", ""), ENTRIES)
            shown = newest(opened, code, when.known_at, ENTRIES, skip=ENTRIES * (places.number - 1))
        book = places.told(shown)
        return _page(house, caller, request, found, when, book)

    return routes


def _page(
    house: House, caller: Caller, request: Request, found: Situation, when: Then, book: paging.Part[SealedEntry]
) -> Response:
    directive, params, today = found.directive, request.query_params, local_date(when.as_of)
    rows, shown = standings.rows(found), steps(found)
    return house.page(
        caller,
        DIRECTIVES,
        "directive.j2",
        directive=directive,
        situation=found,
        when=when,
        official=as_a_whole(found),
        behind=sum(row.behind for row in rows),
        stale=_stale(found),
        quote=_marked(directive, directive.quote),
        notes=[(note.mark, _marked(directive, note.text)) for note in directive.footnotes],
        named=_named(found),
        steps=shown,
        left_out=sum(track.due is not None for track in found.tracks) - len(shown),
        axis=axis(shown, today, now=not when.past) if shown else "",
        gantt=gantt(shown, today, now=not when.past) if shown else "",
        charts=charts(found, when.asked if when.past else {}),
        rows=part(rows, params.get("dong", ""), ROWS),
        entries=book.told(entries.in_words(book.rows, found)),
        offers=() if when.past else offers(found, caller),
        path=f"{DIRECTIVES}/{directive.code}",
        address=address,
        words=vn.OFFICIAL,
    )


def _table(opened: Session, found: Situation, when: Then, which: str) -> Table:
    if which == "so":
        return entries.table(entries.in_words(sealed_entries(opened, found.directive.code, when.known_at), found))
    return standings.table(standings.rows(found), found.directive.subject_word)


def _marked(directive: Directive, text: str) -> object:
    return marked(text, (one.due.phrase for one in directive.milestones if one.due))


def _stale(found: Situation) -> tuple[int, int, int]:
    """Of what is still to be done: how many have old figures, how many none, and of how many."""
    undone = [one for one in found.standings if one.open and (one.subject or not found.singles(one.track))]
    ages = Counter(one.freshness for one in undone)
    return ages[Freshness.STALE], ages[Freshness.NEVER], len(undone)


def _named(found: Situation) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Part → code and name of each unit or group that has it."""
    directive, office = found.directive, found.rules.office
    roles = (("Chủ trì", found.lead), ("Phối hợp", directive.coordinating), ("Theo dõi", (directive.monitor,)))
    return tuple((role, tuple((code, office.name_of(code)) for code in codes)) for role, codes in roles if codes)
