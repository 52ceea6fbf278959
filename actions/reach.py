"""By which channels each person can be told something now: not over one that is stopped, or where they have no address.

The rules ask a person for their channels, in order; here they are given those that can carry a word at this instant.
So the next channel takes over when one is stopped, its allowance is used up, or a reader has been silent for too long,
and the first one again as soon as it works: one mechanism for all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.addresses import address_of
from config.channel import ZALO, Channel, ChannelKind
from config.reading import Configuration
from domain.office import Person
from store import Session
from store.notices import count_untold
from store.stops import Stop, StopKind, open_stops
from store.zalo_contacts import ZaloContact
from store.zalo_reach import by_person

WEEK = timedelta(days=7) - timedelta(minutes=10)
"""How long after they were heard a user may be written to: Zalo's seven days, less what a round may take."""


@dataclass(frozen=True)
class Reach:
    """Channels, who is who on Zalo, and what is stopped, at one instant."""

    channels: Mapping[str, Channel]
    contacts: Mapping[str, ZaloContact]
    stops: tuple[Stop, ...]
    notices: int
    """How many notices wait to be told to an admin."""
    at: datetime

    @classmethod
    def of(cls, opened: Session, configuration: Configuration, at: datetime) -> Reach:
        """As the store knows it at that instant."""
        channels = {channel.code: channel for channel in configuration.channels}
        zalo = any(channel.kind in ZALO for channel in configuration.channels)
        return cls(channels, by_person(opened) if zalo else {}, open_stops(opened), count_untold(opened), at)

    def address(self, channel: Channel, person: Person) -> str | None:
        """Where the person is written to on that channel."""
        contact = self.contacts.get(person.code)
        return address_of(channel, person, contact.user_id if contact and contact.follows else None)

    def shut(self, channel: str) -> Stop | None:
        """What keeps everybody from being written to on the channel."""
        whole = (stop for stop in self.stops if not stop.person and stop.channel in ("", channel))
        return next((stop for stop in whole if stop.holds(self.at)), None)

    def carries(self, code: str, person: Person, *, though_silent: bool = False) -> bool:
        """Whether a word to that person can go over that channel.

        `though_silent`: also where it has merely put their messages off again and again.
        """
        channel = self.channels.get(code)
        if channel is None:
            return False
        address = self.address(channel, person)
        heard = channel.kind is not ChannelKind.ZALOOA or self._heard(person)
        stopped = (stop for stop in self.stops if stop.holds(self.at) and stop.concerns(code, person.code, address))
        if though_silent:
            stopped = (stop for stop in stopped if not stop.person or stop.kind is not StopKind.SILENT)
        return address is not None and heard and next(stopped, None) is None

    def narrowed(self, configuration: Configuration, *, strictly: bool = False) -> Configuration:
        """The configuration, with each person's channels that can carry a word.

        Where none can, all of them, so that what has to be said waits there; `strictly`: none.
        """
        office = configuration.rules.office
        people = tuple(self._narrowed(person, strictly=strictly) for person in office.people)
        if all(new is old for new, old in zip(people, office.people, strict=True)):
            return configuration
        changed = office.model_copy(update={"people": people})
        return replace(configuration, rules=replace(configuration.rules, office=changed))

    def _narrowed(self, person: Person, *, strictly: bool) -> Person:
        usable = tuple(code for code in person.channels if self.carries(code, person))
        keep = usable == person.channels or (not usable and not strictly)
        return person if keep else person.model_copy(update={"channels": usable})

    def _heard(self, person: Person) -> bool:
        contact = self.contacts.get(person.code)
        return contact is not None and contact.heard_at is not None and self.at < contact.heard_at + WEEK


def within_reach(opened: Session, configuration: Configuration, at: datetime) -> Configuration:
    """The configuration by which it is decided at that instant who is told something, and how."""
    return Reach.of(opened, configuration, at).narrowed(configuration)
