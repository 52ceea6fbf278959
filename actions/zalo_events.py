"""An event of Zalo's webhook, taken once: who may be written to, who links themselves, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from channels.zalo.events import OPENS_THE_WEEK, Happening, What
from channels.zalo.linking import who_links
from store import Session
from store.zalo_contacts import find_user, first_time, forget_events, heard, left, link

REMEMBERED = timedelta(days=2)
"""Zalo repeats nothing after two hours."""


@dataclass(frozen=True)
class Taken:
    """An event that was new."""

    happening: Happening
    person: str | None
    """Who it is of; None where the user never linked themselves."""
    linked: bool = False
    """The text was the person's own code: it says nothing else."""
    refused: str | None = None
    """Whose code it was, where that person or that user is linked otherwise."""


@dataclass(frozen=True)
class Doorbell:
    """What an event is judged by."""

    oa_id: str
    secret: str
    """Of the office's links: it makes the codes."""
    people: tuple[str, ...]


def take(session: Session, happening: Happening, bell: Doorbell) -> Taken | None:
    """Note the event, in the caller's transaction; None when it was taken before or is of no concern."""
    if happening.what is What.NOTHING or not first_time(session, happening.id, happening.at):
        return None
    forget_events(session, happening.at - REMEMBERED)
    if happening.what in OPENS_THE_WEEK:
        heard(session, bell.oa_id, happening.user, happening.at)
    if happening.what is What.UNFOLLOWED:
        left(session, bell.oa_id, happening.user)
    meant = _meant(happening, bell)
    linked = meant is not None and link(session, bell.oa_id, happening.user, meant)
    known = find_user(session, bell.oa_id, happening.user)
    return Taken(happening, known.person if known else None, linked, None if linked else meant)


def _meant(happening: Happening, bell: Doorbell) -> str | None:
    """Whose code the text is."""
    if happening.what is not What.SAID:
        return None
    return who_links(happening.text, bell.secret, bell.oa_id, bell.people, happening.at)
