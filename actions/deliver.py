"""Deliver what is planned: group by person and channel, write, claim, transmit, note the end.

Three short transactions around every transmission and none open across it: a crash leaves a row that says how far it
came. Exactly once is never promised; a message whose end nobody knows is sent once more under the same Message-ID.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from actions.compose import compose
from actions.courier import Courier, Delivered, Post, Round
from actions.transmit import LEASE, RETRIES, settle_crashes, transmit
from actions.wanted import check, drop
from config.reading import Configuration
from domain.clocktime import at, local_date
from domain.outbox import Key
from domain.situation import Situation
from store import Session, reading, session
from store.messages import count_since
from store.outbox import Waiting, postpone, sendable
from store.sending import claim

__all__ = ["LEASE", "RETRIES", "Courier", "Delivered", "Post", "deliver"]

AT_ONCE = 500
"""Recipients per look into the outbox."""

Recipient = tuple[str, str]
"""A person on a channel."""

_log = logging.getLogger(__name__)


def deliver(courier: Courier, configuration: Configuration, as_of: datetime) -> Delivered:
    """One round over everything whose hour has come by `as_of`; outside the sending window it is put off to the next.

    Raises OutsideCalendarError.
    """
    round_ = Round(courier, configuration, as_of)
    try:
        settle_crashes(round_)
        stuck: set[Recipient] = set()
        while batch := _waiting(round_, stuck):
            stuck |= {recipient for recipient, rows in batch.items() if not _send_or_log(round_, rows)}
    finally:
        courier.hang_up()
    return round_.done


def _waiting(round_: Round, stuck: set[Recipient]) -> dict[Recipient, list[Waiting]]:
    """The next recipients, each with all that waits; without those who are `stuck`, tried in vain in this round."""
    found: defaultdict[Recipient, list[Waiting]] = defaultdict(list)
    with reading(round_.courier.store) as opened:
        for row in sendable(opened, round_.as_of, round_.channels, AT_ONCE + len(stuck)):
            found[row.delivery.key.person, row.delivery.key.channel].append(row)
    return {recipient: rows for recipient, rows in found.items() if recipient not in stuck}


def _send_or_log(round_: Round, rows: list[Waiting]) -> bool:
    """Whether anything about the rows changed; a fault with one recipient stops no other."""
    try:
        return _send(round_, rows)
    except Exception:  # noqa: BLE001 - whatever is wrong with one message, the others go out
        _log.exception("không gửi được thông điệp cho %s; các thông điệp khác vẫn gửi", rows[0].delivery.key.person)
        round_.done.faults += 1
        return False


def _send(round_: Round, rows: list[Waiting]) -> bool:
    """Whether anything about the rows changed."""
    key = rows[0].delivery.key
    person, channel = round_.configuration.rules.office.person(key.person), round_.channel(key.channel)
    if channel is None:
        return False
    wanted, found = _still_wanted(round_, rows)
    if not wanted or person is None:
        return len(wanted) < len(rows)
    if _put_off(round_, [row.delivery.key for row in wanted]):
        return True
    attempt = max(row.attempt for row in wanted)
    deliveries = [row.delivery for row in wanted]
    message = compose(round_.courier.desk, round_.configuration, person, deliveries, found, round_.as_of, attempt)
    with session(round_.courier.store) as opened:
        keys = [row.key for row in deliveries]
        if not claim(opened, keys, message, round_.courier.worker, round_.moment(), LEASE):
            return len(wanted) < len(rows)
    transmit(round_, channel, person, message, attempt)
    return True


def _still_wanted(round_: Round, rows: list[Waiting]) -> tuple[list[Waiting], Mapping[str, Situation]]:
    """Rows that must still go out, and the situations they speak of; the others become obsolete."""
    with session(round_.courier.store) as opened:
        checked = check(opened, round_, [row.delivery for row in rows])
        round_.done.obsolete += drop(opened, round_, checked.overtaken)
    return [row for row in rows if row.delivery not in checked.overtaken], checked.situations


def _put_off(round_: Round, keys: list[Key]) -> bool:
    """Whether the rows of a recipient must wait, and do so from here on."""
    with session(round_.courier.store) as opened:
        until = _opening(opened, round_, keys[0])
        return until is not None and postpone(opened, keys, until, round_.moment()) > 0


def _opening(opened: Session, round_: Round, key: Key) -> datetime | None:
    """When the recipient may be written to, if not now: the window is closed, or the day's messages are sent."""
    rules, now = round_.configuration.rules, round_.moment()
    opening = rules.policy.window.opening(now, rules.calendar)
    if opening > now:
        return opening
    sent = count_since(opened, key.person, key.channel, at(local_date(now)))
    tomorrow = at(rules.calendar.add(local_date(now), 1), rules.policy.window.opens)
    return tomorrow if sent >= rules.policy.cap_per_person else None
