"""A person at their page or at one form of it: who they are, by which link, at which moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request, Response

from config.link import LinkForgedError
from config.link import read as read_link
from config.pages import LINKED, OWN, form
from domain.office import Person
from web.book import Book
from web.paper import page
from web.shell import Shell


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
    """What their forms are signed for: the link they came by, or their session."""
    path: str
    """Of the page with all that is theirs, for who is signed in."""
    person: Person
    moment: datetime
    illustrative: bool
    linked: bool = False
    """They came by a signed link: one form is theirs, and nothing else of the page."""
    shell: Shell | None = None
    """Of somebody who is signed in: the way to the other pages."""

    def page(self, template: str, status: int = 200, **facts: object) -> Response:
        """A page for them."""
        ours = {"illustrative": self.illustrative, "shell": self.shell, "path": self.path, "by_link": self.linked}
        return page(template, status, **ours, **facts)


Opening = Callable[[Request], Visit]
"""From a request to a visit; raises LinkForgedError and LinkExpiredError, or SignInNeededError and NotTheirsError."""


def by_link(book: Book, keys: Keys, *, illustrative: bool) -> Opening:
    """How a form behind a signed link is opened: `link` is part of its address, and good for that address alone."""

    def visit(request: Request) -> Visit:
        now, link = book.clock(), request.path_params["link"]
        below = request.url.path.removeprefix(f"{LINKED}/{link}")
        person = book.person(read_link(keys.secret, link, form(below, request.query_params), keys.link_age, now))
        if person is None:
            raise LinkForgedError("người giữ đường dẫn không còn trong danh sách")
        return Visit(book, keys.secret, link, OWN, person, now, illustrative, linked=True)

    return visit
