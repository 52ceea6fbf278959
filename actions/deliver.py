"""Deliver what is planned: group by person and channel, write, claim, transmit, note the end.

Three short transactions around every transmission and none open across it: a crash leaves a row that says how far it
came. Exactly once is never promised; a message whose end nobody knows is sent once more under the same Message-ID.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actions.compose import Desk, compose
from actions.evaluate import situation
from channels.letter import Accepted, Letter, Outcome, Previewed, RefusedPermanently, TryLater
from config.channel import Channel
from config.reading import Configuration
from domain.office import Person
from domain.reminders import overtaken_by
from domain.situation import Situation
from store import Store, reading, session
from store.messages import MessageState, NewMessage, StoredMessage, unknown_messages
from store.messages import Outcome as Ending
from store.outbox import Waiting, obsolete, sendable
from store.sending import begin_transmission, claim, claim_again, expired, finish

Post = Callable[[Channel, Person, Letter], Outcome]
"""Hands a letter to a channel and says what became of it."""

LEASE = timedelta(minutes=2)
"""How long a worker may hold a message before others take it for dead; a dialogue with a server times out sooner."""
AT_ONCE = 500
"""Recipients per look into the outbox."""
RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""Waits after the first refusals for now; afterwards every hour, until the next rung supersedes the row."""


@dataclass
class Delivered:
    """Messages by what became of them in one pass."""

    sent: int = 0
    previewed: int = 0
    failed: int = 0
    """Refused, for good or for now."""
    unknown: int = 0
    """Transmissions found broken off by a crash."""
    obsolete: int = 0
    """Rows overtaken before they were sent."""
    messages: list[NewMessage] = field(default_factory=list)


@dataclass(frozen=True)
class Courier:
    """Who delivers: the office's store and desk, the way out, and a name for the claims."""

    store: Store
    desk: Desk
    post: Post
    worker: str


def deliver(courier: Courier, configuration: Configuration, as_of: datetime) -> Delivered:
    """One pass over everything that may go out at `as_of`."""
    done = Delivered()
    _settle_crashes(courier, configuration, as_of, done)
    while batch := _waiting(courier.store, as_of):
        progress = [_send(courier, configuration, rows, as_of, done) for rows in batch]
        if not any(progress):
            break
    return done


def _waiting(store: Store, as_of: datetime) -> list[list[Waiting]]:
    by_recipient: defaultdict[tuple[str, str], list[Waiting]] = defaultdict(list)
    with reading(store) as opened:
        for row in sendable(opened, as_of, AT_ONCE):
            by_recipient[row.delivery.key.person, row.delivery.key.channel].append(row)
    return list(by_recipient.values())


def _send(
    courier: Courier, configuration: Configuration, rows: list[Waiting], as_of: datetime, done: Delivered
) -> bool:
    """Whether anything about the rows changed: a second look at the same rows would otherwise never end."""
    wanted, found, dropped = _still_wanted(courier.store, configuration, rows, as_of)
    done.obsolete += dropped
    key = rows[0].delivery.key
    person = configuration.rules.office.person(key.person)
    channel = next((one for one in configuration.channels if one.code == key.channel), None)
    if not wanted or person is None or channel is None:
        return dropped > 0
    deliveries = [row.delivery for row in wanted]
    attempt = max(row.attempt for row in wanted)
    message = compose(courier.desk, configuration, person, deliveries, found, as_of, attempt)
    with session(courier.store) as opened:
        keys = [row.key for row in deliveries]
        if not claim(opened, keys, message, courier.worker, as_of, LEASE):
            return dropped > 0
    _transmit(courier, channel, person, message, as_of, attempt, done)
    return True


def _still_wanted(
    store: Store, configuration: Configuration, rows: list[Waiting], as_of: datetime
) -> tuple[list[Waiting], Mapping[str, Situation], int]:
    """Rows that must still go out, the situations they speak of, and how many had been overtaken."""
    wanted, dropped = [], 0
    found: dict[str, Situation] = {}
    with session(store) as opened:
        for row in rows:
            code = row.delivery.key.directive
            if code in configuration.directives and code not in found:
                found[code] = situation(opened, configuration, code, as_of)
            note = overtaken_by(found[code], row.delivery) if code in found else "nhiệm vụ không còn hiệu lực"
            if note:
                dropped += obsolete(opened, [row.delivery.key], note, as_of)
            else:
                wanted.append(row)
    return wanted, found, dropped


def _transmit(
    courier: Courier,
    channel: Channel,
    person: Person,
    message: NewMessage,
    as_of: datetime,
    attempt: int,
    done: Delivered,
) -> None:
    with session(courier.store) as opened:
        number = begin_transmission(opened, message.id, courier.worker, as_of, LEASE)
    if number is None:
        return  # another worker took the message over while this one slept
    letter = Letter(
        to=message.address,
        subject=message.subject,
        text=message.text,
        html=message.html or "",
        message_id=message.id,
        written=message.at,
    )
    outcome = courier.post(channel, person, letter)
    ending = _ending(outcome, as_of, attempt)
    with session(courier.store) as opened:
        finish(opened, message.id, number, ending, as_of)
    done.messages.append(message)
    done.sent += ending.state is MessageState.ACCEPTED
    done.previewed += ending.state is MessageState.PREVIEWED
    done.failed += ending.state in (MessageState.FAILED, MessageState.DEFERRED)
    done.unknown += ending.state is MessageState.UNKNOWN


def _ending(outcome: Outcome, as_of: datetime, attempt: int) -> Ending:
    """What the channel answered, as the outbox keeps it."""
    if isinstance(outcome, Previewed):
        return Ending(state=MessageState.PREVIEWED, note="kênh chưa bật gửi; nội dung chỉ để xem trước")
    code = None if outcome.code is None else str(outcome.code)
    if isinstance(outcome, Accepted):
        return Ending(state=MessageState.ACCEPTED, code=code)
    if isinstance(outcome, RefusedPermanently):
        return Ending(
            state=MessageState.FAILED, code=code, detail=outcome.detail, note="địa chỉ hoặc nội dung bị từ chối"
        )
    if isinstance(outcome, TryLater) and outcome.perhaps_arrived:
        return Ending(state=MessageState.UNKNOWN, code=code, detail=outcome.detail)
    wait = RETRIES[min(attempt, len(RETRIES) - 1)] if isinstance(outcome, TryLater) else RETRIES[-1]
    return Ending(state=MessageState.DEFERRED, code=code, detail=outcome.detail, retry_at=as_of + wait)


def _settle_crashes(courier: Courier, configuration: Configuration, as_of: datetime, done: Delivered) -> None:
    """Find transmissions whose worker died, and send each once more as it was."""
    with session(courier.store) as opened:
        done.unknown += len(expired(opened, as_of))
        waiting = unknown_messages(opened)
    for message in waiting:
        _send_again(courier, configuration, message, as_of, done)


def _send_again(
    courier: Courier, configuration: Configuration, message: StoredMessage, as_of: datetime, done: Delivered
) -> None:
    person = configuration.rules.office.person(message.person)
    channel = next((one for one in configuration.channels if one.code == message.channel), None)
    if person is None or channel is None:
        return
    with session(courier.store) as opened:
        if not claim_again(opened, message.id, courier.worker, as_of, LEASE):
            return
    frozen = NewMessage(**{name: getattr(message, name) for name in NewMessage.model_fields})
    _transmit(courier, channel, person, frozen, as_of, message.attempts, done)
