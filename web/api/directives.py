"""Directives and their standings: `GET /directives`, `GET /directives/{code}`, `GET /standings`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from actions.check import working
from actions.evaluate import situation
from actions.plan import plan_rows
from actions.status import status_rows
from domain.clocktime import iso, local_date
from domain.situation import Situation
from store import reading
from web.api.caching import tagged
from web.api.door import Client, Door
from web.api.filters import Wanted, line, passes
from web.api.kinds import Code, Moment
from web.api.problem import Problem, ProblemError
from web.api.shapes import DirectivePage, DirectiveWhole, StandingPage
from web.api.telling import READS, answers

_RUNGS = timedelta(days=31)
"""How far ahead reminders after a due are told."""


class When(BaseModel):
    """Standings as of a moment, by what was known at a moment."""

    model_config = ConfigDict(extra="forbid")

    as_of: Annotated[Moment | None, Field(description="Tính đến thời điểm này. Mặc định: bây giờ.")] = None
    known_at: Annotated[Moment | None, Field(description="Theo những gì đã ghi sổ đến lúc này.")] = None
    directive: Annotated[Code | None, Field(description="Của một nhiệm vụ.")] = None
    after: Annotated[Code | None, Field(description="Trang sau: giá trị next của trang trước.")] = None
    limit: Annotated[int, Field(ge=1, le=500, description="Số nhiệm vụ một trang.")] = 100


def directive_routes(door: Door) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["Nhiệm vụ"])

    @routes.get("/directives", summary="Danh sách nhiệm vụ", responses=answers(DirectivePage, READS))
    def directives(
        request: Request, wanted: Annotated[Wanted, Query()], client: Client = Depends(door.reading)
    ) -> Response:
        def page() -> dict[str, Any]:
            found = {code: one for code, one in client.seen().items() if passes(wanted, one)}
            here, after = _page(found, wanted.after, wanted.limit)
            return {"directives": [line(found[code]) for code in here], "next": after}

        return tagged(door, client, request, page)

    @routes.get("/directives/{code}", summary="Một nhiệm vụ", responses=answers(DirectiveWhole, READS))
    def directive(request: Request, code: Annotated[Code, Path()], client: Client = Depends(door.reading)) -> Response:
        found = client.situation(code)
        return tagged(door, client, request, lambda: _whole(client, found))

    @routes.get("/standings", summary="Tình trạng các mốc", responses=answers(StandingPage, READS))
    def standings(request: Request, when: Annotated[When, Query()], client: Client = Depends(door.reading)) -> Response:
        if when.directive is not None:
            client.situation(when.directive)
        as_of = _within(client, when.as_of or client.moment)
        known_at = _within(client, when.known_at or as_of)
        codes = (when.directive,) if when.directive else client.seen()

        def page() -> dict[str, Any]:
            here, after = _page(codes, when.after, when.limit)
            rows = status_rows(_situations(door, client, here, when))
            return {"as_of": iso(as_of), "known_at": iso(known_at), "standings": rows, "next": after}

        return tagged(door, client, request, page)

    return routes


def _page(codes: Collection[str], after: str | None, limit: int) -> tuple[list[str], str | None]:
    """The codes of a page, by alphabet: a directive that comes or goes meanwhile moves no other."""
    rest = sorted(code for code in codes if after is None or code > after)
    here = rest[:limit]
    return here, here[-1] if len(rest) > limit else None


def _whole(client: Client, found: Situation) -> dict[str, Any]:
    (plan,) = plan_rows([found], found.as_of + _RUNGS, working(client.configuration.channels))
    own = [finding for standing in found.standings for finding in standing.findings]
    told = [*plan["findings"], *(one.model_dump(mode="json") for one in own)]
    return {**plan, "findings": told, "standings": status_rows([found])}


def _situations(door: Door, client: Client, codes: Iterable[str], when: When) -> list[Situation]:
    """As the book has them, or, for another moment, looked at anew."""
    if when.as_of is None and when.known_at is None:
        return [client.book.situations[code] for code in codes]
    as_of = when.as_of or client.moment
    with reading(door.office.store) as opened:
        return [situation(opened, client.configuration, code, as_of, when.known_at) for code in codes]


def _within(client: Client, moment: datetime) -> datetime:
    """Raises ProblemError for a moment the working calendar does not cover."""
    first, last = client.configuration.rules.calendar.first, client.configuration.rules.calendar.last
    if not first <= local_date(moment) <= last:
        raise ProblemError(Problem.INVALID, f"Lịch làm việc chỉ có từ {first.isoformat()} đến {last.isoformat()}.")
    return moment
