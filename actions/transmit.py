"""Transmit one claimed message, and settle what an earlier crash left behind."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from actions.consequences import conclude, fall_back
from actions.courier import Round
from actions.wanted import check
from channels.letter import Accepted, Letter, Outcome, Previewed, RefusedPermanently, TryLater, Unauthorised
from config.channel import ZALO, Channel
from domain.office import Person
from store import Session, session
from store.insisting import insist
from store.messages import PUT_OFF, MessageState, NewMessage, StoredMessage, carried, pictures_of
from store.messages import Outcome as Ending
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
    ending = _ending(outcome, round_, channel, attempt)

    def note(opened: Session) -> None:
        if finish(opened, message.id, number, ending, round_.moment()):
            conclude(opened, round_, channel, person, message, outcome, attempt)

    insist(courier.store, note)  # the letter is out: a database that fails in passing must not make it go twice
    done.sent += ending.state is MessageState.ACCEPTED
    done.previewed += ending.state is MessageState.PREVIEWED
    done.failed += ending.state in {MessageState.FAILED, *PUT_OFF}
    done.unknown += ending.state in {MessageState.UNKNOWN, MessageState.HELD}


def settle_crashes(round_: Round) -> None:
    """Find transmissions whose worker died; within the window, send each once more as it was, under its Message-ID.

    On Zalo nothing is sent again, since nothing there tells two copies from two messages: the next channel speaks.
    """
    with session(round_.courier.store) as opened:
        never_again = [channel.code for channel in round_.configuration.channels if channel.kind in ZALO]
        lost = expired(opened, round_.as_of, never_again)
        round_.done.unknown += len(lost)
        rows = (row.key for one in lost for row in carried(opened, one))
        fall_back(opened, round_, {key.directive for key in rows if key.channel in never_again})
        waiting = to_send_again(opened)
    for message in waiting if round_.window_is_open else ():
        if round_.leaving():
            return
        try:
            _send_again(round_, message)
        except Exception:  # noqa: BLE001 - whatever is wrong with one message, the round goes on
            _log.exception("không gửi lại được thông điệp %s; các thông điệp khác vẫn gửi", message.id)
            round_.done.faults += 1


def _send_again(round_: Round, message: StoredMessage) -> None:
    person, channel = round_.configuration.rules.office.person(message.person), round_.channel(message.channel)
    if person is None or channel is None or round_.reach.address(channel, person) != message.address:
        return
    with session(round_.courier.store) as opened:
        rows = carried(opened, message.id)
        if len(check(opened, round_, rows).overtaken) == len(rows):
            return  # overtaken since: whether it arrived stays unknown, and the patrol says so
        if not claim_again(opened, message.id, round_.courier.worker, round_.moment(), LEASE):
            return
        pictures = pictures_of(opened, message.id)
    fields = {name: getattr(message, name) for name in NewMessage.model_fields}
    transmit(round_, channel, person, NewMessage(**fields | {"pictures": pictures}), message.attempts)


def _letter(message: NewMessage) -> Letter:
    return Letter(
        to=message.address,
        subject=message.subject,
        text=message.text,
        html=message.html or "",
        message_id=message.id,
        written=message.at,
        pictures=message.pictures,
    )


def _ending(outcome: Outcome, round_: Round, channel: Channel, attempt: int) -> Ending:
    """What the channel answered, as the outbox keeps it."""
    if isinstance(outcome, Previewed):
        return Ending(state=MessageState.PREVIEWED, note="kênh chưa bật gửi; nội dung chỉ để xem trước")
    code = None if outcome.code is None else str(outcome.code)
    if isinstance(outcome, Accepted):
        return Ending(state=MessageState.ACCEPTED, code=code, provider_id=outcome.provider_id)
    if isinstance(outcome, RefusedPermanently):
        note = "địa chỉ hoặc nội dung bị từ chối"
        return Ending(state=MessageState.FAILED, code=code, detail=outcome.detail, note=note)
    if isinstance(outcome, TryLater) and outcome.perhaps_arrived:
        lost = MessageState.HELD if channel.kind in ZALO else MessageState.UNKNOWN
        return Ending(state=lost, code=code, detail=outcome.detail)
    refused = MessageState.UNAUTHORISED if isinstance(outcome, Unauthorised) else MessageState.DEFERRED
    return Ending(state=refused, code=code, detail=outcome.detail, retry_at=_retry_at(outcome, round_, attempt))


def _retry_at(outcome: Unauthorised | TryLater, round_: Round, attempt: int) -> datetime:
    """When rows that were put off may go out again, within the window."""
    wait, earliest = RETRIES[-1], None
    if isinstance(outcome, TryLater):
        wait, earliest = RETRIES[min(attempt, len(RETRIES) - 1)], outcome.not_before
    rules = round_.configuration.rules
    again = round_.moment() + wait
    return rules.policy.window.opening(max(again, earliest or again), rules.calendar)
