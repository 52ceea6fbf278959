"""Coming in and going out: a form that asks for a link, the link's page with its one button, and the way out.

Opening a link uses nothing up, for mail scanners open links; the button does. Moments here are the machine's.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.background import BackgroundTask

from actions.sign_in import GOOD_FOR, Invitation, TooManyError, admit, ask, hashed, send
from config.pages import ENTRANCE
from store import session
from store.web_sessions import begin, end
from web.callers import LASTS, Callers, SignInNeededError
from web.paper import page

EXIT = "/ra"


def entrance(callers: Callers) -> APIRouter:
    """The routes of the entrance."""
    routes, door = APIRouter(), Door(callers)

    @routes.api_route(ENTRANCE, methods=["GET", "HEAD"])
    def closed(request: Request, to: Annotated[str, Query(alias="den")] = "") -> Response:
        if door.known(request):
            return RedirectResponse(inside(to) or "/", 303)
        return door.page("entrance.j2", to=inside(to), wrong="")

    @routes.post(ENTRANCE)
    def knock(
        request: Request,
        address: Annotated[str, Form(alias="dia-chi", max_length=200)] = "",
        to: Annotated[str, Form(alias="den", max_length=2000)] = "",
    ) -> Response:
        return door.knock(address.strip(), request.client.host if request.client else "-", inside(to))

    @routes.api_route(ENTRANCE + "/{token}", methods=["GET", "HEAD"])
    def offered(token: str, to: Annotated[str, Query(alias="den")] = "") -> Response:
        return door.page("come_in.j2", token=token, to=inside(to))

    @routes.post(ENTRANCE + "/{token}")
    def come_in(token: str, to: Annotated[str, Form(alias="den", max_length=2000)] = "") -> Response:
        return door.open(token, inside(to))

    @routes.post(EXIT)
    def leave(request: Request) -> Response:
        return door.shut(request.cookies.get(callers.cookie, ""))

    return routes


@dataclass(frozen=True)
class Door:
    """What is done at the entrance."""

    callers: Callers

    def page(self, template: str, status: int = 200, **facts: object) -> Response:
        """A page for somebody who is not known yet."""
        minutes = int(GOOD_FOR.total_seconds() // 60)
        return page(template, status, illustrative=self.callers.office.settings.demo, minutes=minutes, **facts)

    def known(self, request: Request) -> bool:
        """Whether the caller is in already."""
        try:
            self.callers.caller(request)
        except SignInNeededError:
            return False
        return True

    def knock(self, address: str, origin: str, to: str) -> Response:
        """Send a link to the address where it is somebody's; the answer is the same where it is nobody's."""
        if not address:
            return self.page("entrance.j2", 422, to=to, wrong="Đề nghị nhập thư điện tử hoặc số điện thoại.")
        try:
            invitation = ask(self.callers.office, address, origin, self.callers.wall())
        except TooManyError as error:
            return self.page("entrance.j2", 429, to=to, wrong=f"Địa chỉ mạng này {error}.")
        answer = self.page("asked.j2", address=address)
        if invitation is not None:  # after the answer, so that its speed does not tell whose address it is
            answer.background = BackgroundTask(send, self.callers.office, invitation, self._link(invitation, to))
        return answer

    def open(self, token: str, to: str) -> Response:
        """Use the link up, and let its owner in."""
        now, key = self.callers.wall(), secrets.token_urlsafe(32)
        person = admit(self.callers.office, token, now)
        if person is None:
            return self.page("entrance.j2", 410, to=to, wrong=_STALE)
        with session(self.callers.office.store) as opened:
            begin(opened, hashed(key), person, "đường dẫn đăng nhập", now, now + LASTS)
        answer = RedirectResponse(to or "/", 303)
        age = int(LASTS.total_seconds())
        answer.set_cookie(self.callers.cookie, key, age, secure=self.callers.secure, httponly=True, samesite="lax")
        return answer

    def shut(self, token: str) -> Response:
        """End the session behind the cookie."""
        if token:
            with session(self.callers.office.store) as opened:
                end(opened, self.callers.wall(), digest=hashed(token))
        answer = RedirectResponse(ENTRANCE, 303)
        answer.delete_cookie(self.callers.cookie, secure=self.callers.secure, httponly=True, samesite="lax")
        return answer

    def _link(self, invitation: Invitation, to: str) -> str:
        base = f"{self.callers.office.settings.address}{ENTRANCE}/{invitation.token}"
        return f"{base}?{urlencode({'den': to})}" if to else base


def inside(to: str) -> str:
    """Where to go on to afterwards: a path of ours, else nowhere in particular."""
    plain = to.startswith("/") and not to.startswith("//") and "\\" not in to and to.isprintable()
    return to if plain and not to.startswith((ENTRANCE, EXIT)) else ""


_STALE = "Đường dẫn đăng nhập đã dùng hoặc đã hết hạn. Đề nghị yêu cầu đường dẫn mới."
