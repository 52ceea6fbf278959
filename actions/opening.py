"""When a recipient may be written to: the office's window, the channel's hours, and what they were sent already."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.courier import Round
from config.channel import Channel
from domain.clocktime import at, local_date
from domain.office import Person
from domain.outbox import Key
from store import Session
from store.messages import count_on, count_since, room_again
from store.stops import open_stops

_MINUTE = timedelta(minutes=1)


def opening(opened: Session, round_: Round, channel: Channel, key: Key) -> datetime | None:
    """When the recipient may be written to, if not now: the window is closed, or the day's messages are sent."""
    rules, now = round_.configuration.rules, round_.moment()
    first = _first(round_, channel, now)
    if first > now:
        return first
    sent = count_since(opened, key.person, key.channel, at(local_date(now)))
    return tomorrow(round_) if sent >= rules.policy.cap_per_person else None


def held_back(opened: Session, round_: Round, channel: Channel, person: Person) -> bool:
    """Whether nothing may go to the person there for now, and what waits has to go on waiting.

    Somebody may have switched it off since the round last looked; and who has no other channel is not tried again at
    an address that is refused, or where Zalo is known to take nothing. Where their messages were merely put off they
    are tried again: nothing else carries them. A preview needs no address.
    """
    if open_stops(opened) != round_.reach.stops:
        round_.look_around(opened)
    return channel.sending and not round_.reach.carries(channel.code, person, though_silent=True)


def tomorrow(round_: Round) -> datetime:
    """The opening of the window on the next working day."""
    rules = round_.configuration.rules
    return at(rules.calendar.add(local_date(round_.moment()), 1), rules.policy.window.opens)


def day_is_spent(opened: Session, round_: Round, channel: Channel) -> bool:
    """Whether the channel has carried all the messages it may in a day."""
    since = at(local_date(round_.moment()))
    return channel.per_day is not None and count_on(opened, channel.code, since) >= channel.per_day


def minute_is_full(opened: Session, round_: Round, channel: Channel) -> datetime | None:
    """When the channel takes the next message, if it has had those of this minute."""
    if channel.per_minute is None:
        return None
    again = room_again(opened, channel.code, channel.per_minute, round_.moment() - _MINUTE)
    return again + _MINUTE if again else None


def _first(round_: Round, channel: Channel, now: datetime) -> datetime:
    """The first instant from now on within the office's window and the channel's hours."""
    rules = round_.configuration.rules
    window = rules.policy.window
    first = window.opening(now, rules.calendar)
    for _ in range(2):  # hours that open after the window has closed send it to the next day's window, once
        later = channel.hours.opening(first) if channel.hours else first
        first = window.opening(later, rules.calendar)
    return first
