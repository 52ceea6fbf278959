"""Two answers besides a result: that an urging was read, and that a later day is asked for.

Opening the page of either shows a form and changes nothing; the form carries a ticket (web/ticket.py), works without a
script, and sent twice is one entry.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from config.pages import ACKNOWLEDGE, DIRECTIVE, EXTEND, MILESTONE, OCCURRENCE
from domain.findings import Finding
from web.book import About, Asked, Movable, Noted, Read, Told
from web.form import Wished, asked, read_day
from web.ticket import Plea, Receipt, issue, read
from web.visit import Opening, Visit


def answer_routes(visit: Opening, base: str) -> APIRouter:
    """The routes below a person's page at `base`. They raise as `visit` does, and TicketForgedError."""
    routes = APIRouter()

    @routes.api_route(f"{base}/{ACKNOWLEDGE}", methods=["GET", "HEAD"])
    def receipt(request: Request, directive: Annotated[str, Query(alias=DIRECTIVE)] = "") -> Response:
        return _show_receipt(visit(request), directive)

    @routes.post(f"{base}/{ACKNOWLEDGE}")
    def acknowledge(request: Request, ticket: Annotated[str, Form()] = "") -> Response:
        return _acknowledge(visit(request), ticket)

    @routes.api_route(f"{base}/{EXTEND}", methods=["GET", "HEAD"])
    def plea(
        request: Request,
        directive: Annotated[str, Query(alias=DIRECTIVE)] = "",
        milestone: Annotated[str, Query(alias=MILESTONE)] = "",
        occurrence: Annotated[str, Query(alias=OCCURRENCE)] = "",
    ) -> Response:
        return _show_plea(visit(request), Plea(_entry(), directive, milestone, occurrence))

    @routes.post(f"{base}/{EXTEND}")
    def extend(
        request: Request,
        ticket: Annotated[str, Form()] = "",
        subject: Annotated[str, Form()] = "",
        day: Annotated[str, Form()] = "",
        reason: Annotated[str, Form()] = "",
        evidence: Annotated[str, Form()] = "",
    ) -> Response:
        return _extend(visit(request), ticket, Wished(subject, day, reason, evidence))

    return routes


def _entry() -> str:
    return f"web-{secrets.token_hex(8)}"


def _show_receipt(visit: Visit, directive: str) -> Response:
    told = visit.book.told(visit.person.code, directive, visit.moment)
    if not isinstance(told, Told):
        return _refused(visit, 409, (told,), "Chưa báo tiếp nhận được")
    ticket = issue(visit.secret, visit.link, Receipt(_entry(), directive))
    return visit.page("receipt.j2", told=told, ticket=ticket)


def _acknowledge(visit: Visit, text: str) -> Response:
    ticket = read(visit.secret, visit.link, text, Receipt)
    noted = visit.book.acknowledge(Read(person=visit.person.code, **ticket._asdict()), visit.moment)
    if not isinstance(noted, Noted):
        return _refused(visit, 409, noted, "Chưa báo tiếp nhận được")
    return visit.page("noted.j2", noted=noted, heading="Đã ghi nhận việc tiếp nhận", asked=False)


def _show_plea(visit: Visit, plea: Plea) -> Response:
    movable = visit.book.movable(visit.person.code, _about(plea), visit.moment)
    if not isinstance(movable, Movable):
        return _refused(visit, 409, (movable,), "Không gửi được đề nghị gia hạn")
    ticket = issue(visit.secret, visit.link, plea)
    return visit.page("plea.j2", movable=movable, ticket=ticket, typed=Wished(), findings=())


def _extend(visit: Visit, text: str, typed: Wished) -> Response:
    """What cannot be read, or may not be, is shown again with what was typed, as long as the form itself stands."""
    plea = read(visit.secret, visit.link, text, Plea)
    wish = asked(typed, plea, visit.person.code)
    noted = visit.book.ask(wish, visit.moment) if isinstance(wish, Asked) else wish
    if isinstance(noted, Noted):
        return visit.page("noted.j2", noted=noted, heading="Đã ghi đề nghị gia hạn", asked=True)
    movable = visit.book.movable(visit.person.code, _about(plea), visit.moment)
    if not isinstance(movable, Movable):
        return _refused(visit, 409, noted, "Không gửi được đề nghị gia hạn")
    return visit.page("plea.j2", 422, movable=movable, ticket=text, typed=typed, findings=noted)


def _about(plea: Plea) -> About:
    return About(plea.directive, plea.milestone, None, read_day(plea.occurrence))


def _refused(visit: Visit, status: int, findings: Sequence[Finding], heading: str) -> Response:
    return visit.page("not_now.j2", status, findings=findings, heading=heading)
