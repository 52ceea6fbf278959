"""Where a person is written to on a channel: an address of people.yaml, or what the Official Account knows them by."""

from __future__ import annotations

from channels.zalo.phone import normalised
from config.channel import Channel, ChannelKind
from domain.office import Person


def address_of(channel: Channel, person: Person, user: str | None = None) -> str | None:
    """The address; None where the person has none there. `user`: their id for the Official Account, if linked.

    A template message prefers the user id: it is cheaper than one by phone, and reaches who changed their number.
    """
    match channel.kind:
        case ChannelKind.EMAIL:
            return person.email
        case ChannelKind.ZALOOA:
            return user
        case ChannelKind.ZBS:
            return user or (normalised(person.phone) if person.phone else None)
        case ChannelKind.ZALOBOT:
            return person.zalo_chat
        case ChannelKind.PREVIEW:
            return person.email or person.phone or person.code
