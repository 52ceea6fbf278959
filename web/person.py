"""One person's page: reading it changes nothing, a form on it records one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Response

from config.link import LinkForgedError
from config.link import read as read_link
from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.findings import Finding
from domain.office import Person
from web.book import Book, Recorded, Statement
from web.desk import Again, dated, form_again, lay_out, under_headings
from web.form import Typed, about, hint, understood
from web.paper import page
from web.ticket import read as read_ticket


@dataclass(frozen=True)
class Keys:
    """What links and forms are signed with, and how long a link lives."""

    secret: str
    link_age: timedelta


@dataclass(frozen=True)
class Visit:
    """A person at their page, at one moment."""

    book: Book
    secret: str
    link: str
    person: Person
    moment: datetime
    illustrative: bool

    def show(self, chosen: str) -> Response:
        """What has a due, with fresh forms, and the titles of the rest; or the one directive `chosen`."""
        sections = self.book.items(self.person.code, self.moment)
        one = [section for section in sections if section.directive.code == chosen]
        return page(
            "person.j2",
            illustrative=self.illustrative,
            person=self.person,
            as_of=self.moment,
            today=local_date(self.moment),
            path=f"/p/{self.link}",
            one=bool(one),
            sheets=lay_out(one or filter(dated, sections), self.secret, self.link),
            headings=() if one else under_headings(s.directive for s in sections if not dated(s)),
            late=sum(any(item.late for item in section.items) for section in sections),
            blank=Typed(as_of=vn.day(local_date(self.moment))),
            hint=hint,
        )

    def take(self, text: str, typed: Typed) -> Response:
        """Record what was typed into the form of that ticket, or show it again with what is wrong.

        A form from an older view of the page counts only while what it is about is still this person's to do.
        """
        ticket = read_ticket(self.secret, self.link, text)
        again = form_again(self.book.items(self.person.code, self.moment), ticket, text)
        if again is None and not self.book.has(ticket.entry):
            said = self.book.why_gone(about(ticket), self.moment)
            return self._refuse(409, (said,), None, typed)
        read = understood(typed, ticket, self.person.code)
        result = self.book.record(read, self.moment) if isinstance(read, Statement) else read
        if isinstance(result, Recorded):
            path = f"/p/{self.link}"
            return page("recorded.j2", illustrative=self.illustrative, recorded=result, path=path)
        return self._refuse(422, result, again, typed)

    def _refuse(self, status: int, findings: Sequence[Finding], again: Again | None, typed: Typed) -> Response:
        return page(
            "refused.j2",
            status,
            illustrative=self.illustrative,
            findings=findings,
            again=again,
            typed=typed,
            hint=hint,
            path=f"/p/{self.link}",
        )


def person_routes(book: Book, keys: Keys, *, illustrative: bool) -> APIRouter:
    """The routes under /p/. They raise LinkForgedError, LinkExpiredError and TicketForgedError."""
    routes = APIRouter()

    def visit(link: str) -> Visit:
        now = book.clock()
        person = book.person(read_link(keys.secret, link, keys.link_age, now))
        if person is None:
            raise LinkForgedError("người giữ đường dẫn không còn trong danh sách")
        return Visit(book, keys.secret, link, person, now, illustrative)

    @routes.api_route("/p/{link}", methods=["GET", "HEAD"])
    def show(link: str, chosen: Annotated[str, Query(alias="nhiem-vu")] = "") -> Response:
        return visit(link).show(chosen)

    @routes.post("/p/{link}")
    def take(
        link: str,
        ticket: Annotated[str, Form()] = "",
        value: Annotated[str, Form()] = "",
        as_of: Annotated[str, Form()] = "",
        as_of_time: Annotated[str, Form()] = "",
        evidence: Annotated[str, Form()] = "",
    ) -> Response:
        return visit(link).take(ticket, Typed(value, as_of, as_of_time, evidence))

    return routes
