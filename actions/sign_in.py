"""Signing in: a link that works once and for a short while, sent to the person's own address and to no other.

Whoever asks is answered the same whether or not the address is somebody's, so that nobody can try out who works here.
All moments are the machine's (config.clock.wall): a demonstration's clock stands still, and a door must not.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.alarm import SPEAKING
from actions.office import Office
from actions.reach import Reach
from channels.letter import Accepted, Letter
from channels.signing_in import sign_in_words
from channels.zalo.phone import normalised
from config.channel import Channel, ChannelKind
from config.reading import Configuration
from domain.clocktime import local_date
from domain.office import Person
from domain.vietnamese import nfc
from store import reading, session
from store.sign_ins import asked_since, forget_before, note_asked, use

GOOD_FOR = timedelta(minutes=15)
"""How long a link to sign in by works."""
PER_PERSON, PER_ORIGIN = 3, 30
"""Links asked for within GOOD_FOR: for one person, and from one network address (an office may share one)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Invitation:
    """A link that is to be sent."""

    person: Person
    token: str


class TooManyError(RuntimeError):
    """Somebody asks again and again."""

    def __init__(self) -> None:
        minutes = int(GOOD_FOR.total_seconds() // 60)
        super().__init__(f"đã yêu cầu quá nhiều lần; đề nghị thử lại sau {minutes} phút")


def ask(office: Office, address: str, origin: str, at: datetime) -> Invitation | None:
    """Note that a link was asked for; None where the address is nobody's who may come in. Raises TooManyError.

    `address`: an e-mail address, a phone number, or the code of a person, as typed.
    """
    person = _owner(office.configuration(), address, office.moment())
    token = secrets.token_urlsafe(32)
    with session(office.store) as opened:
        forget_before(opened, at - timedelta(days=30))
        since = at - GOOD_FOR
        if asked_since(opened, since, origin=origin) >= PER_ORIGIN:
            raise TooManyError
        if person and asked_since(opened, since, person=person.code) >= PER_PERSON:
            return None  # three letters are out already; saying so would tell whose address it is
        note_asked(opened, hashed(token), person.code if person else "", origin, at, at + GOOD_FOR)
    return Invitation(person, token) if person else None


def send(office: Office, invitation: Invitation, link: str) -> bool:
    """Send the link by the first of the person's channels that carries it now; whether one did.

    It is asked for by its reader, so it knows neither the sending window nor the switch that stops reminders.
    """
    courier, configuration = office.courier(), office.configuration()
    try:
        with reading(office.store) as opened:
            reach = Reach.of(opened, configuration, office.moment())
        for channel in _ways(configuration, reach, invitation.person):
            letter = _letter(office, reach, channel, invitation, link)
            if isinstance(courier.post(channel, invitation.person, letter), Accepted):
                return True
    finally:
        courier.hang_up()
    _log.warning("không gửi được đường dẫn đăng nhập cho %s: không kênh nào nhận", invitation.person.code)
    return False


def admit(office: Office, token: str, at: datetime) -> str | None:
    """Use the link up: whose it was, where it was still good."""
    with session(office.store) as opened:
        return use(opened, hashed(token), at)


def hashed(token: str) -> str:
    """As tokens are kept: whoever reads the database cannot come in with what stands there."""
    return hashlib.sha256(token.encode()).hexdigest()


def _owner(configuration: Configuration, address: str, moment: datetime) -> Person | None:
    """The one person of that address who holds a post on that day; an address of two belongs to nobody."""
    written = nfc(address).strip().casefold()
    wanted, day = {written, written.removeprefix("+"), normalised(written)} - {"", None}, local_date(moment)
    found = [
        person
        for person in configuration.rules.office.people
        if not wanted.isdisjoint(_addresses(person)) and any(post.valid.holds(day) for post in person.posts)
    ]
    return found[0] if len(found) == 1 else None


def _addresses(person: Person) -> set[str | None]:
    return {person.code, (person.email or "").casefold(), person.phone, normalised(person.phone or "")}


def _ways(configuration: Configuration, reach: Reach, person: Person) -> list[Channel]:
    """Their channels in order, e-mail at last in any case: also where reminders are not sent yet one has to come in."""
    own = [channel for code in person.channels for channel in configuration.channels if channel.code == code]
    mail = [channel for channel in configuration.channels if channel.kind is ChannelKind.EMAIL]
    ways = (one for one in dict.fromkeys((*own, *mail)) if one.kind in SPEAKING)
    return [one.model_copy(update={"sending": True}) for one in ways if reach.carries(one.code, person)]


def _letter(office: Office, reach: Reach, channel: Channel, invitation: Invitation, link: str) -> Letter:
    ours, minutes = office.settings, int(GOOD_FOR.total_seconds() // 60)
    words = sign_in_words(invitation.person.name, link, minutes, illustrative=ours.demo)
    return Letter(
        to=reach.address(channel, invitation.person) or "",
        subject=words.subject,
        text=words.text,
        html=words.html if channel.kind is ChannelKind.EMAIL else "{}",
        message_id=f"<vao-{hashed(invitation.token)[:40]}@{ours.sender.rsplit('@', 1)[-1]}>",
        written=office.moment(),
    )
