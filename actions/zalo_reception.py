"""What follows an event of Zalo's, all in the transaction in which it is taken: nothing is lost, nothing done twice.

Killed before the commit, nothing has happened and Zalo tells it again; killed after, the event is known when it is told
again. Only the word that answers it may be lost then: the ledger has what was recorded, and the person asks again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.zalo_answering import Talk, reports
from actions.zalo_asked import Wanted, wanted_of
from actions.zalo_events import Doorbell, Taken, take
from actions.zalo_receipts import RECEIPTS, settle_receipt
from actions.zalo_words import HELLO_AGAIN, HOW_TO_LINK, TEXT_ONLY, Word, linked, not_linked
from channels.zalo.events import OPENS_THE_WEEK, Happening, What
from config.channel import ChannelKind
from config.reading import Configuration
from domain.office import Person
from store import Session
from store.stops import lift
from store.zalo_contacts import find_user


@dataclass(frozen=True)
class Heard:
    """What is left to do once the event is kept."""

    word: Word | None = None
    """To be said back."""
    unmatched: bool = False
    """A receipt of a message nobody knows yet: it may have come before its sender wrote down its name."""


def foresee(
    session: Session, configuration: Configuration, happening: Happening, bell: Doorbell, now: datetime
) -> tuple[Wanted, ...] | None:
    """What a reply may be about, read before the event is taken: no writer has to wait for it. None: not a reply."""
    if happening.what not in {What.SAID, What.PRESSED} or not reports(happening.text) or not _speaks(configuration):
        return None
    known = find_user(session, bell.oa_id, happening.user)
    person = _person(configuration, known.person) if known else None
    return wanted_of(session, configuration, person, now) if person else None


def hear(
    session: Session,
    configuration: Configuration,
    happening: Happening,
    bell: Doorbell,
    now: datetime,
    foreseen: tuple[Wanted, ...] | None = None,
) -> Heard:
    """Take the event, and do what it asks for. An event taken before asks for nothing. `foreseen`: see foresee."""
    taken = take(session, happening, bell)
    if taken is None:
        return Heard()
    if happening.what in RECEIPTS:
        return Heard(unmatched=not settle_receipt(session, configuration, happening))
    if happening.what in OPENS_THE_WEEK and taken.person:
        for code in _codes(configuration):
            lift(session, code, taken.person, now, by="zalo")
    if not _speaks(configuration):
        return Heard()
    person = _person(configuration, taken.person)
    if person and not taken.linked and not taken.refused and happening.what in {What.SAID, What.PRESSED}:
        return Heard(Talk(session, configuration, bell.oa_id, person, happening, now, foreseen).answered())
    return Heard(_answer(configuration, taken, person))


def _answer(configuration: Configuration, taken: Taken, person: Person | None) -> Word | None:
    """What is said back to who is not in a conversation, if anything."""
    user, what = taken.happening.user, taken.happening.what
    if what in {What.UNFOLLOWED, What.STICKER}:
        return None
    if taken.refused:
        return Word(user, not_linked(_name(configuration, taken.refused)))
    if person is None:
        return Word(user, HOW_TO_LINK)
    if taken.linked:
        return Word(user, linked(person.name))
    return Word(user, HELLO_AGAIN if what is What.FOLLOWED else TEXT_ONLY)


def _person(configuration: Configuration, code: str | None) -> Person | None:
    return configuration.rules.office.person(code) if code else None


def _name(configuration: Configuration, code: str) -> str:
    found = _person(configuration, code)
    return found.name if found else code


def _codes(configuration: Configuration) -> list[str]:
    return [channel.code for channel in configuration.channels if channel.kind is ChannelKind.ZALOOA]


def _speaks(configuration: Configuration) -> bool:
    """Whether an admin has let anything out on this channel."""
    return any(channel.sending for channel in configuration.channels if channel.kind is ChannelKind.ZALOOA)
