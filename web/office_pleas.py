"""Requests of a person's page for a later day, by the rules of the office (actions/extend.py)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from actions.evaluate import NoSuchDirectiveError, situation
from actions.extend import request
from actions.office import Office
from actions.record import RefusedError
from actions.stating import Said
from domain.clocktime import local_date
from domain.compose import answered_for
from domain.digest import Item
from domain.directive import Directive
from domain.extending import why_not_any_day
from domain.findings import Finding
from domain.laterday import Wish, named
from domain.requests import KINDS, Place, Request, open_requests
from domain.situation import Situation
from domain.state import WHOLE
from store import reading, session
from store.ledger import EntryConflictError, entries, head
from web.book import About, Asked, Choice, Movable, Noted
from web.gone import why_gone
from web.office_noted import GONE, SOURCE, capital, noted, refused


def movable(office: Office, person: str, about: About, as_of: datetime) -> Movable | Finding:
    """As web.book.Book.movable."""
    configuration = office.configuration()
    if about.directive not in configuration.directives:
        return refused(GONE)
    with reading(office.store) as opened:
        found = situation(opened, configuration, about.directive, as_of)
        item = _item(found, person, about)
        if item is None or item.due is None:
            return refused(why_gone(found, about.milestone, None, about.occurrence))
        waiting = open_requests(entries(opened, about.directive, as_of, KINDS), as_of)
    why = {one: _why_not(found, person, about, one.code, waiting) for one in _candidates(found, item)}
    choices = tuple(one for one, refusal in why.items() if refusal is None)
    if not choices:
        return refused(next(refusal for refusal in why.values() if refusal))
    return Movable(
        directive=found.directive,
        milestone=about.milestone,
        name=item.name,
        due=item.due,
        choices=choices,
        monitor=found.rules.office.name_of(found.directive.monitor),
    )


def ask(office: Office, asked: Asked, now: datetime) -> Noted | tuple[Finding, ...]:
    """As web.book.Book.ask."""
    configuration = office.configuration()
    wish = Wish(asked.milestone, asked.subject or WHOLE, asked.day, asked.occurrence)
    said = Said(asked.entry, asked.person, SOURCE, asked.reason, asked.evidence)
    try:
        with session(office.store) as opened:
            before = head(opened).count
            done = request(opened, configuration, asked.directive, wish, said, now)
            about = named(situation(opened, configuration, asked.directive, now), wish)
    except NoSuchDirectiveError:
        return (refused(GONE),)
    except (RefusedError, EntryConflictError) as error:
        return (refused(str(error)),)
    title = configuration.directives[asked.directive].title
    return noted(done.sealed, f"{capital(about)} — {title}", before, done.findings)


def _item(found: Situation, person: str, about: About) -> Item | None:
    """What the person has to carry out of the milestone; of one that comes again, the occurrence."""
    known = found.rules.office.person(person)
    sections = answered_for(known, (found,)) if known else ()
    items = [item for section in sections for item in section.items if item.milestone == about.milestone]
    return next((one for one in items if one.due is None or about.occurrence in (None, one.due.occurrence)), None)


def _candidates(found: Situation, item: Item) -> tuple[Choice, ...]:
    """Each subject of the item, and all of them."""
    singly = tuple(Choice(line.code, line.name) for line in item.subjects if line.code != found.directive.code)
    return (*singly, Choice("", _all(found.directive) if singly else item.name))


def _all(directive: Directive) -> str:
    return f"Toàn bộ {directive.subject_word} của mốc này"


def _why_not(found: Situation, person: str, about: About, subject: str, waiting: Mapping[Place, Request]) -> str | None:
    """Why they may not ask for the subject, whichever day they would name."""
    wish = Wish(about.milestone, subject or WHOLE, local_date(found.as_of), about.occurrence)
    same = waiting.get((about.directive, wish.milestone, wish.subject, wish.occurrence))
    return why_not_any_day(found, wish, person, same)
