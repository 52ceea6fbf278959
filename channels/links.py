"""Where a message's buttons and links lead: to exactly one form of the reader's page (config/pages.py)."""

from __future__ import annotations

from config import pages
from domain.digest import Item
from domain.directive import Directive, Restriction


def hidden(directive: Directive) -> bool:
    """Whether its code may not stand in an address: codes are made of titles."""
    return directive.notice.restriction is not Restriction.NONE


def sheet(link: str, directive: Directive, item: Item | None = None) -> str:
    """Where its results are recorded; of a restricted document the reader's page as a whole."""
    if hidden(directive):
        return link
    day = item.due.occurrence if item and item.due else None
    return pages.sheet(link, directive.code, item.milestone if item else "", day)


def acknowledging(link: str, directive: Directive) -> str:
    """Where its urging is acknowledged; nowhere of a restricted document."""
    return "" if hidden(directive) else pages.acknowledging(link, directive.code)


def extending(link: str, directive: Directive, item: Item) -> str:
    """Where a later day is asked for; nowhere of a restricted document, or where none may be asked for."""
    if hidden(directive) or not item.extendable:
        return ""
    return pages.extending(link, directive.code, item.milestone, item.due.occurrence if item.due else None)
