"""A person at their page: who they are, by which link, at which moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request, Response

from config.link import LinkForgedError
from config.link import read as read_link
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
    """Of their page."""
    person: Person
    moment: datetime
    illustrative: bool
    shell: Shell | None = None
    """Of somebody who is signed in: the way to the other pages."""

    def page(self, template: str, status: int = 200, **facts: object) -> Response:
        """A page for them."""
        return page(template, status, illustrative=self.illustrative, shell=self.shell, path=self.path, **facts)


Opening = Callable[[Request], Visit]
"""From a request to a visit; raises LinkForgedError and LinkExpiredError, or SignInNeededError and NotTheirsError."""


def by_link(book: Book, keys: Keys, *, illustrative: bool) -> Opening:
    """How the pages behind a signed link are opened: `link` is part of their address."""

    def visit(request: Request) -> Visit:
        now, link = book.clock(), request.path_params["link"]
        person = book.person(read_link(keys.secret, link, keys.link_age, now))
        if person is None:
            raise LinkForgedError("người giữ đường dẫn không còn trong danh sách")
        return Visit(book, keys.secret, link, f"/p/{link}", person, now, illustrative)

    return visit
