"""One person's page: reading it changes nothing, a form on it records one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile

from config.pages import DIRECTIVE, MILESTONE, OCCURRENCE
from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.digest import Item, Section
from domain.findings import Finding
from web.answers import answer_routes
from web.book import Questioned, Recorded, Statement
from web.brought import brought
from web.desk import Again, dated, form_again, lay_out, under_headings
from web.form import Typed, about, hint, understood
from web.ticket import Ticket
from web.ticket import read as read_ticket
from web.visit import Opening, Visit

SHOWN = 6
"""Subjects of one milestone that are named on a page without their forms."""


@dataclass(frozen=True)
class Chosen:
    """What the address of the page is about: everything, a directive, one of its milestones."""

    directive: str = ""
    milestone: str = ""
    occurrence: str = ""
    """Its written day (ISO)."""

    def of(self, sections: Iterable[Section]) -> list[Section]:
        """The section of what was chosen with the items chosen; none where it is not there, or nothing was chosen."""
        own = [section for section in sections if section.directive.code == self.directive]
        kept = [(section, tuple(filter(self._means, section.items))) for section in own]
        return [section.model_copy(update={"items": items}) for section, items in kept if items]

    def _means(self, item: Item) -> bool:
        day = item.due.occurrence.isoformat() if item.due and item.due.occurrence else ""
        return self.milestone in ("", item.milestone) and self.occurrence in ("", day)


def _show(visit: Visit, chosen: Chosen, *, zalo: bool) -> Response:
    """What has a due, with fresh forms, and the titles of the rest; or what was chosen alone.

    Behind a link nothing but what was chosen is shown, also when it is gone.
    """
    sections = visit.book.items(visit.person.code)
    one = chosen.of(sections)
    if visit.linked:
        sections = ()
    return visit.page(
        "person.j2",
        person=visit.person,
        as_of=visit.moment,
        today=local_date(visit.moment),
        one=bool(one),
        missed=bool(chosen.directive) and not one,
        zalo=zalo,
        sheets=lay_out(one or [*filter(dated, sections)], visit.secret, visit.link, whole=bool(one)),
        shown=SHOWN,
        headings=() if one else under_headings(s.directive for s in sections if not dated(s)),
        late=sum(any(item.late for item in section.items) for section in sections),
        blank=Typed(as_of=vn.day(local_date(visit.moment))),
        hint=hint,
    )


def _take(visit: Visit, text: str, typed: Typed) -> Response:
    """Record what was typed into the form of that ticket, or show it again with what is wrong.

    A form from an older view of the page counts only while what it is about is still this person's to do.
    """
    ticket = read_ticket(visit.secret, visit.link, text, Ticket)
    again = form_again(visit.book.items_of(visit.person.code, ticket.directive, visit.moment), ticket, text)
    if again is None and not visit.book.has(ticket.entry):
        said = visit.book.why_gone(about(ticket), visit.moment)
        return _refuse(visit, 409, (said,), None, typed)
    read = understood(typed, ticket, visit.person.code)
    result = visit.book.record(read, visit.moment) if isinstance(read, Statement) else read
    if isinstance(result, Recorded):
        return visit.page("recorded.j2", recorded=result)
    if isinstance(result, Questioned):
        return _refuse(visit, 422, result.findings, again, replace(typed, sure=typed.mark))
    return _refuse(visit, 422, result, again, replace(typed, sure=""))


def _refuse(visit: Visit, status: int, findings: Sequence[Finding], again: Again | None, typed: Typed) -> Response:
    return visit.page("refused.j2", status, findings=findings, again=again, typed=typed, hint=hint)


def _typed(
    value: Annotated[str, Form()] = "",
    as_of: Annotated[str, Form()] = "",
    as_of_time: Annotated[str, Form()] = "",
    evidence: Annotated[str, Form()] = "",
    estimate: Annotated[str, Form()] = "",
    sure: Annotated[str, Form()] = "",
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006 - read once, by FastAPI
) -> Typed:
    """The fields of a form that records a result."""
    return Typed(value, as_of, as_of_time, evidence, estimate, sure, brought(files))


def person_routes(visit: Opening, base: str, *, zalo: bool = False) -> APIRouter:
    """The routes of a person's page at `base`. They raise as `visit` does, and TicketForgedError.

    `zalo`: the page points to the one that tells how to be reminded on Zalo.
    """
    routes = APIRouter()
    routes.include_router(answer_routes(visit, base))

    @routes.api_route(base, methods=["GET", "HEAD"])
    def show(
        request: Request,
        directive: Annotated[str, Query(alias=DIRECTIVE)] = "",
        milestone: Annotated[str, Query(alias=MILESTONE)] = "",
        occurrence: Annotated[str, Query(alias=OCCURRENCE)] = "",
    ) -> Response:
        return _show(visit(request), Chosen(directive, milestone, occurrence), zalo=zalo)

    @routes.post(base)
    def take(
        request: Request, typed: Annotated[Typed, Depends(_typed)], ticket: Annotated[str, Form()] = ""
    ) -> Response:
        return _take(visit(request), ticket, typed)

    return routes
