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
from actions.evaluate import situation
from actions.transmit import LEASE, RETRIES, settle_crashes, transmit
from config.reading import Configuration
from domain.clocktime import at, local_date
from domain.outbox import Delivery
from domain.reminders import overtaken_by
from domain.situation import Situation
from store import Store, reading, session
from store.messages import count_since
from store.outbox import Waiting, obsolete, postpone, sendable
from store.sending import claim

__all__ = ["LEASE", "RETRIES", "Courier", "Delivered", "Post", "deliver"]

AT_ONCE = 500
"""Recipients per look into the outbox."""

_log = logging.getLogger(__name__)


def deliver(courier: Courier, configuration: Configuration, as_of: datetime) -> Delivered:
    """One round over everything that may go out at `as_of`."""
    round_ = Round(courier, configuration, as_of)
    settle_crashes(round_)
    while batch := _waiting(courier.store, as_of):
        progress = [_send_or_log(round_, rows) for rows in batch]
        if not any(progress):
            break
    return round_.done


def _waiting(store: Store, as_of: datetime) -> list[list[Waiting]]:
    by_recipient: defaultdict[tuple[str, str], list[Waiting]] = defaultdict(list)
    with reading(store) as opened:
        for row in sendable(opened, as_of, AT_ONCE):
            by_recipient[row.delivery.key.person, row.delivery.key.channel].append(row)
    return list(by_recipient.values())


def _send_or_log(round_: Round, rows: list[Waiting]) -> bool:
    """Whether anything about the rows changed; a fault with one recipient stops no other."""
    try:
        return _send(round_, rows)
    except Exception:  # noqa: BLE001 - whatever is wrong with one message, the others go out
        _log.exception("không gửi được thông điệp cho %s; các thông điệp khác vẫn gửi", rows[0].delivery.key.person)
        round_.done.faults += 1
        return False


def _send(round_: Round, rows: list[Waiting]) -> bool:
    """Whether anything about the rows changed: a second look at the same rows would otherwise never end."""
    key = rows[0].delivery.key
    person, channel = round_.configuration.rules.office.person(key.person), round_.channel(key.channel)
    if channel is None or channel.code in round_.shut:
        return False
    wanted, found, dropped = _still_wanted(round_, rows)
    round_.done.obsolete += dropped
    if not wanted or person is None:
        return dropped > 0
    deliveries = [row.delivery for row in wanted]
    if _had_enough(round_, deliveries):
        return True
    attempt = max(row.attempt for row in wanted)
    message = compose(round_.courier.desk, round_.configuration, person, deliveries, found, round_.as_of, attempt)
    with session(round_.courier.store) as opened:
        keys = [row.key for row in deliveries]
        if not claim(opened, keys, message, round_.courier.worker, round_.moment(), LEASE):
            return dropped > 0
    transmit(round_, channel, person, message, attempt)
    return True


def _had_enough(round_: Round, rows: list[Delivery]) -> bool:
    """Whether the person already got the day's messages; the rows then wait for the next opening of the window."""
    rules, key, as_of = round_.configuration.rules, rows[0].key, round_.as_of
    today = local_date(as_of)
    with session(round_.courier.store) as opened:
        if count_since(opened, key.person, key.channel, at(today)) < rules.policy.cap_per_person:
            return False
        tomorrow = at(rules.calendar.add(today, 1), rules.policy.window.opens)
        return postpone(opened, [row.key for row in rows], tomorrow, as_of) > 0


def _still_wanted(round_: Round, rows: list[Waiting]) -> tuple[list[Waiting], Mapping[str, Situation], int]:
    """Rows that must still go out, the situations they speak of, and how many had been overtaken."""
    wanted, dropped = [], 0
    found: dict[str, Situation] = {}
    configuration = round_.configuration
    with session(round_.courier.store) as opened:
        for row in rows:
            code = row.delivery.key.directive
            if code in configuration.directives and code not in found:
                found[code] = situation(opened, configuration, code, round_.as_of)
            note = _not_wanted(round_, row, found.get(code))
            if note:
                dropped += obsolete(opened, [row.delivery.key], note, round_.as_of)
            else:
                wanted.append(row)
    return wanted, found, dropped


def _not_wanted(round_: Round, row: Waiting, found: Situation | None) -> str | None:
    """Why the row must not go out any more."""
    if found is None:
        return "nhiệm vụ không còn hiệu lực"
    if round_.configuration.rules.office.person(row.delivery.key.person) is None:
        return "cán bộ không còn trong danh sách"
    return overtaken_by(found, row.delivery)
