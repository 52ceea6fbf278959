"""Transmit one claimed message, and settle what an earlier crash left behind."""

from __future__ import annotations

import logging
from datetime import timedelta

from actions.compose import address_of
from actions.courier import Round
from actions.wanted import check
from channels.letter import Accepted, Letter, Outcome, Previewed, RefusedPermanently, TryLater, Unauthorised
from config.channel import Channel
from domain.office import Person
from store import session
from store.messages import PUT_OFF, MessageState, NewMessage, StoredMessage, carried
from store.messages import Outcome as Ending
from store.moments import call_for_look
from store.sending import begin_transmission, claim_again, expired, finish, to_send_again

LEASE = timedelta(minutes=2)
"""How long a worker may hold a message before others take it for dead; a dialogue with a server times out sooner."""
RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""Waits after the first refusals for now; afterwards every hour, until the next rung supersedes the row."""

_log = logging.getLogger(__name__)


def transmit(round_: Round, channel: Channel, person: Person, message: NewMessage, attempt: int) -> None:
    """Hand a claimed message to its channel and note the end. `attempt` is how often its rows were claimed before."""
    courier, done = round_.courier, round_.done
    with session(courier.store) as opened:
        number = begin_transmission(opened, message.id, courier.worker, round_.moment(), LEASE)
    if number is None:
        return  # another worker took the message over while this one slept
    outcome = courier.post(channel, person, _letter(message))
    if isinstance(outcome, Unauthorised):
        round_.shut.add(channel.code)
    ending = _ending(outcome, round_, attempt)
    with session(courier.store) as opened:
        finish(opened, message.id, number, ending, round_.moment())
        if ending.state is MessageState.FAILED:  # another channel of the person must take over
            for code in {row.key.directive for row in carried(opened, message.id)}:
                call_for_look(opened, code, round_.as_of)
    done.messages.append(message)
    done.sent += ending.state is MessageState.ACCEPTED
    done.previewed += ending.state is MessageState.PREVIEWED
    done.failed += ending.state in {MessageState.FAILED, *PUT_OFF}
    done.unknown += ending.state is MessageState.UNKNOWN


def settle_crashes(round_: Round) -> None:
    """Find transmissions whose worker died; within the window, send each once more as it was, under its Message-ID."""
    with session(round_.courier.store) as opened:
        round_.done.unknown += len(expired(opened, round_.as_of))
        waiting = to_send_again(opened)
    for message in waiting if round_.window_is_open else ():
        try:
            _send_again(round_, message)
        except Exception:  # noqa: BLE001 - whatever is wrong with one message, the round goes on
            _log.exception("không gửi lại được thông điệp %s; các thông điệp khác vẫn gửi", message.id)
            round_.done.faults += 1


def _send_again(round_: Round, message: StoredMessage) -> None:
    person, channel = round_.configuration.rules.office.person(message.person), round_.channel(message.channel)
    if person is None or channel is None or address_of(person) != message.address:
        return
    with session(round_.courier.store) as opened:
        rows = carried(opened, message.id)
        if len(check(opened, round_, rows).overtaken) == len(rows):
            return  # overtaken since: whether it arrived stays unknown, and the patrol says so
        if not claim_again(opened, message.id, round_.courier.worker, round_.moment(), LEASE):
            return
    frozen = NewMessage(**{name: getattr(message, name) for name in NewMessage.model_fields})
    transmit(round_, channel, person, frozen, message.attempts)


def _letter(message: NewMessage) -> Letter:
    return Letter(
        to=message.address,
        subject=message.subject,
        text=message.text,
        html=message.html or "",
        message_id=message.id,
        written=message.at,
    )


def _ending(outcome: Outcome, round_: Round, attempt: int) -> Ending:
    """What the channel answered, as the outbox keeps it."""
    if isinstance(outcome, Previewed):
        return Ending(state=MessageState.PREVIEWED, note="kênh chưa bật gửi; nội dung chỉ để xem trước")
    code = None if outcome.code is None else str(outcome.code)
    if isinstance(outcome, Accepted):
        return Ending(state=MessageState.ACCEPTED, code=code)
    if isinstance(outcome, RefusedPermanently):
        note = "địa chỉ hoặc nội dung bị từ chối"
        return Ending(state=MessageState.FAILED, code=code, detail=outcome.detail, note=note)
    if isinstance(outcome, TryLater) and outcome.perhaps_arrived:
        return Ending(state=MessageState.UNKNOWN, code=code, detail=outcome.detail)
    refused, wait = MessageState.UNAUTHORISED, RETRIES[-1]
    if isinstance(outcome, TryLater):
        refused, wait = MessageState.DEFERRED, RETRIES[min(attempt, len(RETRIES) - 1)]
    rules = round_.configuration.rules
    retry_at = rules.policy.window.opening(round_.moment() + wait, rules.calendar)
    return Ending(state=refused, code=code, detail=outcome.detail, retry_at=retry_at)
