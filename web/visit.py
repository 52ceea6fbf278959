"""A person at their page: who they are, by which link, at which moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Response

from config.link import LinkForgedError
from config.link import read as read_link
from domain.office import Person
from web.book import Book
from web.paper import page


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

    @property
    def path(self) -> str:
        """Of their page."""
        return f"/p/{self.link}"

    def page(self, template: str, status: int = 200, **facts: object) -> Response:
        """A page for them."""
        return page(template, status, illustrative=self.illustrative, path=self.path, **facts)


Opening = Callable[[str], Visit]
"""From a link to a visit; raises LinkForgedError and LinkExpiredError."""


def opening(book: Book, keys: Keys, *, illustrative: bool) -> Opening:
    """How links are opened."""

    def visit(link: str) -> Visit:
        now = book.clock()
        person = book.person(read_link(keys.secret, link, keys.link_age, now))
        if person is None:
            raise LinkForgedError("người giữ đường dẫn không còn trong danh sách")
        return Visit(book, keys.secret, link, person, now, illustrative)

    return visit
