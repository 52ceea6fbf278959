"""Deliver what is planned: group by person and channel, write, claim, transmit, note the end.

Three short transactions around every transmission and none open across it: a crash leaves a row that says how far it
came. Exactly once is never promised; a message whose end nobody knows is sent once more under the same Message-ID, or,
where that may not be, said by the person's next channel.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from actions.alarm import tell_admins
from actions.beforehand import seen
from actions.compose import compose
from actions.consequences import spend_the_day
from actions.courier import Courier, Delivered, Post, Round
from actions.evaluate import evaluate_each
from actions.leaving import finishing_first
from actions.reach import Reach
from actions.transmit import LEASE, RETRIES, settle_crashes, transmit
from actions.wanted import Checked, check, drop
from config.channel import Channel
from config.reading import Configuration
from domain.office import Person
from domain.outbox import Key
from store import reading, session
from store.messages import NewMessage
from store.outbox import Waiting, postpone, sendable, waits
from store.sending import claim

__all__ = ["LEASE", "RETRIES", "Courier", "Delivered", "Post", "deliver"]

AT_ONCE = 500
"""Recipients per look into the outbox."""
PASSES = 5
"""How often a round goes over the outbox at most: once, and once more for each further channel a person may have."""

LONGEST = timedelta(minutes=4)
"""How long a round may take waiting for a crowded channel: the next round goes on, and other work gets its turn."""

Recipient = tuple[str, str]
"""A person on a channel."""

_log = logging.getLogger(__name__)


def deliver(courier: Courier, configuration: Configuration, as_of: datetime) -> Delivered:
    """One round over everything whose hour has come by `as_of`; outside the sending window it is put off to the next.

    What a channel could not carry is said by the person's next one within the round. Asked to end (SIGTERM), it
    finishes the message on its way. Raises OutsideCalendarError.
    """
    with reading(courier.store) as opened:
        reach = Reach.of(opened, configuration, as_of)
    with finishing_first() as leaving:
        round_ = Round(courier, configuration, as_of, reach, leaving)
        off = reach.shut("")
        if off is not None:
            round_.done.stopped = off.reason
            return round_.done
        try:
            settle_crashes(round_)
            for _ in range(PASSES):
                _pass(round_)
                if not _spoken_for(round_):
                    break
        finally:
            tell_admins(round_)
            courier.hang_up()
    return round_.done


def _pass(round_: Round) -> None:
    """Once over all that waits; who is tried in vain is left alone, and does not keep the others waiting."""
    stuck: set[Recipient] = set()
    while not round_.leaving():
        batch = _waiting(round_, stuck)
        for recipient, rows in batch.items():
            if round_.leaving():
                return
            if not _send_or_log(round_, rows) and recipient[1] not in round_.crowded:
                stuck.add(recipient)
        if not batch and not _rested(round_):
            return


def _spoken_for(round_: Round) -> int:
    """How many rows were planned for further channels, in place of those that carried nothing in this pass."""
    codes, round_.fallen = sorted(round_.fallen & round_.configuration.directives.keys()), set()
    if not codes or round_.leaving():
        return 0
    return evaluate_each(round_.courier.store, round_.configuration, codes, round_.as_of).planned


def _waiting(round_: Round, stuck: set[Recipient]) -> dict[Recipient, list[Waiting]]:
    """The next recipients, each with all that waits; without those who are `stuck`, tried in vain in this round."""
    found: defaultdict[Recipient, list[Waiting]] = defaultdict(list)
    with reading(round_.courier.store) as opened:
        round_.look_around(opened)
        for row in sendable(opened, round_.as_of, round_.channels, AT_ONCE + len(stuck)):
            found[row.delivery.key.person, row.delivery.key.channel].append(row)
    return {recipient: rows for recipient, rows in found.items() if recipient not in stuck}


def _rested(round_: Round) -> bool:
    """Whether the round has waited for a channel that had had its messages of the minute, and there is room again."""
    full = [until for code, until in round_.crowded.items() if code not in round_.shut]
    if not full or min(full) - round_.as_of > LONGEST:
        return False
    wait = min(full) - round_.moment()
    round_.courier.pause(max(wait.total_seconds(), 0.0))
    round_.crowded = {code: until for code, until in round_.crowded.items() if until > min(full)}
    return True


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
    with reading(round_.courier.store) as opened:
        if not waits(opened, rows[0]):
            return False  # another worker has them: their message is not written twice
        found = seen(opened, round_, channel, person, rows)
    wanted, checked = _still_wanted(round_, rows, found.checked)
    changed = len(wanted) < len(rows)
    if not wanted or person is None:
        return changed
    if found.spent or found.opens:
        return _put_off(round_, channel, [row.delivery.key for row in wanted], found.opens) or changed
    if found.full:
        round_.crowded[channel.code] = found.full
    if channel.code in round_.crowded or found.held:
        return changed
    return _claimed_and_sent(round_, channel, person, wanted, checked) or changed


def _claimed_and_sent(round_: Round, channel: Channel, person: Person, wanted: list[Waiting], checked: Checked) -> bool:
    message, keys = _written(round_, channel, person, wanted, checked), [row.delivery.key for row in wanted]
    with session(round_.courier.store) as opened:
        if not claim(opened, keys, message, round_.courier.worker, round_.moment(), LEASE):
            return False
    transmit(round_, channel, person, message, max(row.attempt for row in wanted))
    return True


def _written(round_: Round, channel: Channel, person: Person, wanted: list[Waiting], checked: Checked) -> NewMessage:
    return compose(
        round_.courier.desk,
        round_.configuration,
        person,
        [row.delivery for row in wanted],
        checked.situations,
        round_.as_of,
        max(row.attempt for row in wanted),
        round_.reach.address(channel, person) or "",
        head=checked.head,
    )


def _still_wanted(round_: Round, rows: list[Waiting], checked: Checked) -> tuple[list[Waiting], Checked]:
    """Rows that must still go out, and what they were held against; the others become obsolete.

    What is overtaken is looked at again where it is written down: something may have been taken back meanwhile.
    """
    if checked.overtaken:
        with session(round_.courier.store) as opened:
            checked = check(opened, round_, [row.delivery for row in rows])
            round_.done.obsolete += drop(opened, round_, checked.overtaken)
    return [row for row in rows if row.delivery not in checked.overtaken], checked


def _put_off(round_: Round, channel: Channel, keys: list[Key], until: datetime | None) -> bool:
    """Whether the rows wait from here on: until then, or for another channel where this one's day is spent."""
    with session(round_.courier.store) as opened:
        if until is None:
            spend_the_day(opened, round_, channel, keys)
            return True
        return postpone(opened, keys, until, round_.moment()) > 0
