"""Telling an admin what needs a person, by a way that does not use the channel it is about."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from itertools import groupby

from actions.courier import Round
from channels.alarm import Alarm, alarm
from channels.letter import Accepted, Letter
from config.channel import Channel, ChannelKind
from domain.clocktime import local_date
from domain.office import Person, Role
from store import reading, session
from store.notices import Notice, tell, untold

SPEAKING = frozenset({ChannelKind.EMAIL, ChannelKind.ZALOOA, ChannelKind.ZALOBOT})
"""Kinds of channel that carry words of our own: a template of Zalo's has no place for an alarm."""

_log = logging.getLogger(__name__)


def tell_admins(round_: Round) -> None:
    """Say every notice that waits; one that cannot be said now stays, for the next round and for `doctor`.

    An alarm knows no sending window. It never keeps a round from ending well.
    """
    try:
        with reading(round_.courier.store) as opened:
            waiting = untold(opened)
        for about, notices in groupby(sorted(waiting, key=lambda one: one.about), key=lambda one: one.about):
            _tell(round_, about, list(notices))
    except Exception:  # noqa: BLE001 - the reminders are out; the notices wait
        _log.warning("chưa báo được sự cố cho quản trị viên; sẽ báo lại", exc_info=True)


def _tell(round_: Round, about: str, notices: Sequence[Notice]) -> None:
    how = next(_said(round_, about, notices), None) or _called(round_, notices)
    _log.warning("sự cố: %s (%s)", " ".join(one.text for one in notices), how or "chưa báo được cho quản trị viên")
    if how:
        with session(round_.courier.store) as opened:
            tell(opened, [one.id for one in notices], how, round_.moment())


def _said(round_: Round, about: str, notices: Sequence[Notice]) -> Iterator[str]:
    """How the first admin who could be reached was told."""
    for person in _admins(round_):
        words = alarm(person.name, [one.text for one in notices], illustrative=round_.courier.desk.illustrative)
        for channel in _ways(round_, about, person):
            letter = _letter(round_, channel, person, notices, words)
            if isinstance(round_.courier.post(channel, person, letter), Accepted):
                yield f"{channel.name}: {person.name}"


def _called(round_: Round, notices: Sequence[Notice]) -> str | None:
    """By the office's own ways for alarms (DONDOC_ALARM_URLS), which have nothing to do with its channels."""
    words = alarm("Quản trị viên", [one.text for one in notices], illustrative=round_.courier.desk.illustrative)
    return "địa chỉ báo động" if round_.courier.call(words.subject, words.text) else None


def _admins(round_: Round) -> tuple[Person, ...]:
    day = local_date(round_.as_of)
    return tuple(
        person
        for person in round_.configuration.rules.office.people
        if any(post.role is Role.ADMIN and post.valid.holds(day) for post in person.posts)
    )


def _ways(round_: Round, about: str, person: Person) -> Iterator[Channel]:
    """The admin's channels that work, in order, without the one in question."""
    ways = (round_.channel(code) for code in person.channels if code != about and round_.reach.carries(code, person))
    return (way for way in ways if way and way.sending and way.kind in SPEAKING)


def _letter(round_: Round, channel: Channel, person: Person, notices: Sequence[Notice], words: Alarm) -> Letter:
    said = hashlib.sha256(repr((person.code, channel.code, [one.id for one in notices])).encode()).hexdigest()
    return Letter(
        to=round_.reach.address(channel, person) or "",
        subject=words.subject,
        text=words.text[:2000],
        html=words.html if channel.kind is ChannelKind.EMAIL else "{}",
        message_id=f"<{said[:40]}@{round_.courier.desk.domain}>",
        written=round_.moment(),
    )
