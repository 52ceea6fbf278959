"""Where a message's buttons and links lead: to exactly one form, or to what only who is signed in may see."""

from __future__ import annotations

from config import pages
from config.link import Links
from domain.digest import Digest, Item
from domain.directive import Directive, Restriction


def hidden(directive: Directive) -> bool:
    """Whether its code may not stand in an address: codes are made of titles."""
    return directive.notice.restriction is not Restriction.NONE


def page_of(links: Links, directive: Directive) -> str:
    """Where all of it is shown to who is signed in; of a restricted document nothing in particular."""
    return links.front if hidden(directive) else links.opened(f"{pages.DIRECTIVES}/{directive.code}")


def sheet(links: Links, directive: Directive, item: Item | None = None) -> str:
    """Where its results are recorded; of a restricted document what is behind the entrance."""
    if hidden(directive):
        return links.front
    day = item.due.occurrence if item and item.due else None
    return links.form(pages.sheet("", directive.code, item.milestone if item else "", day))


def recording(links: Links, digest: Digest) -> str:
    """The one form where there is one thing to record; what is behind the entrance where there are several."""
    theirs = [(section.directive, item) for section in digest.urged for item in section.items if item.theirs]
    directives = {directive.code: directive for directive, _ in theirs}
    if len(directives) != 1:
        return links.front
    (directive,) = directives.values()
    return sheet(links, directive, theirs[0][1] if len(theirs) == 1 else None)


def acknowledging(links: Links, directive: Directive) -> str:
    """Where its urging is acknowledged; nowhere of a restricted document."""
    return "" if hidden(directive) else links.form(pages.acknowledging("", directive.code))


def extending(links: Links, directive: Directive, item: Item) -> str:
    """Where a later day is asked for; nowhere of a restricted document, or where none may be asked for."""
    if hidden(directive) or not item.extendable:
        return ""
    day = item.due.occurrence if item.due else None
    return links.form(pages.extending("", directive.code, item.milestone, day))
