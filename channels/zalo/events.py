"""Zalo's events, each as one kind of happening with the same few facts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from domain.frozen import Frozen, Instant
from domain.vietnamese import nfc


class What(StrEnum):
    """What a user did, or what became of a message."""

    FOLLOWED = "followed"
    UNFOLLOWED = "unfollowed"
    SAID = "said"
    """A text, typed or sent by a button (`#…`)."""
    PRESSED = "pressed"
    """A quick-reply button of a template."""
    SENT_OTHER = "sent_other"
    """A picture, a voice, a place: it opens the seven days, and says nothing we can record."""
    STICKER = "sticker"
    """A thumb or a smile: it opens the seven days, and nobody expects an answer."""
    RECEIVED = "received"
    SEEN = "seen"
    NOTHING = "nothing"
    """Our own messages coming back, groups, and what is of no concern here."""


OPENS_THE_WEEK = frozenset({What.FOLLOWED, What.SAID, What.SENT_OTHER, What.STICKER})
"""After these the user may be written to for seven days."""


class Happening(Frozen):
    """One event."""

    id: str
    """The same for each repetition of it."""
    what: What
    at: Instant
    user: str = ""
    """Their id for this account; of a template message by phone, the number it went to."""
    text: str = ""
    """What was said, composed (NFC); or the data of the button."""
    messages: tuple[str, ...] = ()
    """Zalo's ids of the messages it is about."""
    tracking: str = ""
    """Our own name for the message, where it has one."""


_KINDS = {
    "follow": What.FOLLOWED,
    "unfollow": What.UNFOLLOWED,
    "user_send_text": What.SAID,
    "user_send_sticker": What.STICKER,
    "user_received_message": What.RECEIVED,
    "user_seen_message": What.SEEN,
    "user_click_response_button": What.PRESSED,
}


def happening(event: Mapping[str, object], at: datetime) -> Happening:
    """The event read; of an unknown name, or without a user, NOTHING."""
    name, message = _word(event.get("event_name")), _object(event.get("message"))
    ids = _ids(message)
    what = _kind(name)
    user = _user(event, what)
    return Happening(
        id=_identity(name, ids, user, event),
        what=what if user else What.NOTHING,
        at=at,
        user=user,
        text=nfc(_word(message.get("data" if what is What.PRESSED else "text")))[:2000],
        messages=ids,
        tracking=_word(message.get("tracking_id")),
    )


def _kind(name: str) -> What:
    if "group" in name:
        return What.NOTHING
    return _KINDS.get(name, What.SENT_OTHER if name.startswith("user_send_") else What.NOTHING)


def _user(event: Mapping[str, object], what: What) -> str:
    """Followers stand apart; receipts name the reader as the recipient, seen ones as the sender."""
    if what in {What.FOLLOWED, What.UNFOLLOWED}:
        return _word(_object(event.get("follower")).get("id"))
    place = "recipient" if what is What.RECEIVED else "sender"
    return _word(_object(event.get(place)).get("id"))


def _ids(message: Mapping[str, object]) -> tuple[str, ...]:
    """Seen messages come as a list; others under one of two names."""
    many = message.get("msg_ids")
    found = many if isinstance(many, list) else [message.get("msg_id") or message.get("message_id")]
    return tuple(_word(one) for one in found if _word(one))


def _identity(name: str, ids: tuple[str, ...], user: str, event: Mapping[str, object]) -> str:
    """Event and message; where there is no message, the moment and the user. Hashed: lengths are Zalo's to choose."""
    about = ids or (_word(event.get("timestamp")), user)
    return hashlib.sha256("\n".join((name, *about)).encode()).hexdigest()


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _word(value: object) -> str:
    """Ids and moments come as strings; a number is taken as it is written."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
