"""Receipts of a person's page, by the rules of the office (actions/acknowledge.py)."""

from __future__ import annotations

from datetime import datetime

from actions.acknowledge import acknowledge
from actions.evaluate import NoSuchDirectiveError, situation
from actions.office import Office
from actions.record import RefusedError
from actions.stating import Said
from domain.authority import not_told, nothing_open
from domain.findings import Finding
from store import reading, session
from store.ledger import EntryConflictError, head
from web.book import Noted, Read, Told
from web.office_noted import GONE, SOURCE, noted, refused


def told(office: Office, person: str, directive: str, as_of: datetime) -> Told | Finding:
    """As web.book.Book.told."""
    configuration = office.configuration()
    if directive not in configuration.directives:
        return refused(GONE)
    with reading(office.store) as opened:
        found = situation(opened, configuration, directive, as_of)
    why = not_told(found, person) or nothing_open(found)
    return refused(why) if why else Told(directive=found.directive, days=found.rules.policy.acknowledged_days)


def note_read(office: Office, read: Read, now: datetime) -> Noted | tuple[Finding, ...]:
    """As web.book.Book.acknowledge."""
    configuration = office.configuration()
    try:
        with session(office.store) as opened:
            before = head(opened).count
            said = Said(read.entry, read.person, SOURCE)
            sealed = acknowledge(opened, configuration, read.directive, said, now)
    except NoSuchDirectiveError:
        return (refused(GONE),)
    except (RefusedError, EntryConflictError) as error:
        return (refused(str(error)),)
    return noted(sealed, configuration.directives[read.directive].title, before)
