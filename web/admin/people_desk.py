"""People as the admin's page shows them: posts with their times, channels in order, Zalo, sessions."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from config.channel import ZALO
from config.reading import Configuration
from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.office import Interval, Person
from store import Session
from store.web_sessions import WebSession, sessions_of
from store.zalo_contacts import ZaloContact
from store.zalo_reach import by_person


class Held(NamedTuple):
    """A post in words."""

    said: str
    held: bool
    """Whether it is held today."""


class Line(NamedTuple):
    """A person."""

    person: Person
    posts: tuple[Held, ...]
    channels: tuple[str, ...]
    """Their names, in the person's order."""
    zalo: str
    sessions: int
    """Browsers they are signed in on."""
    seen_at: datetime | None
    text: str
    """What they are found by."""

    @property
    def here(self) -> bool:
        """Whether they hold any post today."""
        return any(post.held for post in self.posts)


def lines(opened: Session, configuration: Configuration, at: datetime, wall: datetime) -> tuple[Line, ...]:
    """Everybody, in the order of the file. `wall`: the clock that sessions go by."""
    open_: defaultdict[str, list[WebSession]] = defaultdict(list)
    for one in sessions_of(opened, wall):
        open_[one.person].append(one)
    contacts = by_person(opened)
    return tuple(
        _line(configuration, person, at, open_[person.code], contacts.get(person.code))
        for person in configuration.rules.office.people
    )


def span(valid: Interval) -> str:
    """`từ 01/7/2025`, `01/3/2024–28/02/2025`; empty where nothing bounds it."""
    if valid.from_ and valid.to:
        return f"{vn.day(valid.from_)}–{vn.day(valid.to)}"
    if valid.from_:
        return f"từ {vn.day(valid.from_)}"
    return f"đến hết {vn.day(valid.to)}" if valid.to else ""


def _in_brackets(said: str) -> str:
    return f" ({said})" if said else ""


def _line(
    configuration: Configuration, person: Person, at: datetime, open_: list[WebSession], contact: ZaloContact | None
) -> Line:
    office, day = configuration.rules.office, local_date(at)
    names = {channel.code: channel.name for channel in configuration.channels}
    posts = tuple(
        Held(
            f"{vn.ROLES[post.role]}, {office.name_of(post.unit)}{_in_brackets(span(post.valid))}",
            post.valid.holds(day),
        )
        for post in person.posts
    )
    known = (person.code, person.name, person.email or "", person.phone or "", *(post.said for post in posts))
    return Line(
        person=person,
        posts=posts,
        channels=tuple(names.get(code, code) for code in person.channels),
        zalo=_zalo(configuration, person, contact),
        sessions=len(open_),
        seen_at=max((one.seen_at for one in open_), default=None),
        text=" ".join((*known, *(post.unit for post in person.posts))),
    )


def _zalo(configuration: Configuration, person: Person, contact: ZaloContact | None) -> str:
    """Empty where the person is not reached by Zalo at all."""
    kinds = {channel.code: channel.kind for channel in configuration.channels}
    if contact is None:
        return "chưa liên kết" if any(kinds.get(code) in ZALO for code in person.channels) else ""
    if not contact.follows:
        return "đã liên kết, đã bỏ quan tâm"
    return f"đã liên kết, tương tác cuối {vn.moment(contact.heard_at)}" if contact.heard_at else "đã liên kết"
