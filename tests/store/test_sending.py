"""From claim to end: what a crash, a slow worker and a refusing server do to a message and its rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.outbox import Key, State
from store import Session, Store, session
from store.messages import (
    MessageState,
    Outcome,
    StoredMessage,
    all_messages,
    attempts,
    carried,
    find_message,
    first_lease_end,
    unknown_messages,
)
from store.outbox import history, insert_new, sendable
from store.sending import begin_transmission, claim, claim_again, expired, finish
from tests.store.builders import CHANNELS, LEASE, MINUTE, MORNING, delivery, key, message

KEYS = (key("before-7"), key("due"))
ACCEPTED = Outcome(state=MessageState.ACCEPTED, code="250", detail="queued")
FAILED = Outcome(state=MessageState.FAILED, code="550", detail="no such user", note="địa chỉ không tồn tại")
DEFERRED = Outcome(state=MessageState.DEFERRED, code="451", retry_at=MORNING + 3 * LEASE)
ID = message().id


@pytest.fixture
def desk(office: Store) -> Iterator[Session]:
    """A transaction with two rows planned for one person."""
    with session(office) as opened:
        insert_new(opened, map(delivery, KEYS), MORNING)
        yield opened


def stands(desk: Session) -> tuple[MessageState, set[State]]:
    return stored(desk).state, {one.state for one in history(desk, "khoi-cong")}


def stored(desk: Session) -> StoredMessage:
    found = find_message(desk, ID)
    assert found is not None
    return found


def log(desk: Session) -> list[tuple[int, MessageState]]:
    return [(one.number, one.outcome) for one in attempts(desk, ID)]


def transmitting(desk: Session, worker: str = "a") -> int:
    assert claim(desk, KEYS, message(), worker, MORNING, LEASE)
    number = begin_transmission(desk, ID, worker, MORNING, LEASE)
    assert number is not None
    return number


def given_up(desk: Session) -> int:
    """The number of a transmission of which nobody knows the end."""
    number = transmitting(desk)
    assert expired(desk, MORNING + LEASE) == (ID,)
    return number


def resent(desk: Session, worker: str = "b") -> int:
    assert claim_again(desk, ID, worker, MORNING + LEASE, LEASE)
    number = begin_transmission(desk, ID, worker, MORNING + LEASE, LEASE)
    assert number is not None
    return number


def test_the_straight_way(desk: Session) -> None:
    assert claim(desk, KEYS, message(), "a", MORNING, LEASE)
    assert stands(desk) == (MessageState.CLAIMED, {State.CLAIMED})
    assert begin_transmission(desk, ID, "a", MORNING, LEASE) == 1
    assert stands(desk) == (MessageState.TRANSMITTING, {State.TRANSMITTING})
    assert finish(desk, ID, 1, ACCEPTED, MORNING + MINUTE)
    assert stands(desk) == (MessageState.ACCEPTED, {State.ACCEPTED})
    assert {one.key for one in carried(desk, ID)} == set(KEYS)
    (line,) = attempts(desk, ID)
    assert (line.at, line.outcome, line.code, line.detail) == (MORNING + MINUTE, "accepted", "250", "queued")
    assert stored(desk).model_dump(include=set(message().model_dump())) == message().model_dump()


def test_a_claim_takes_all_rows_or_none(desk: Session) -> None:
    assert not claim(desk, [*KEYS, key("never-decided")], message(), "a", MORNING, LEASE)
    assert find_message(desk, ID) is None
    assert claim(desk, KEYS[:1], message(), "a", MORNING, LEASE)
    assert not claim(desk, KEYS, message("other"), "b", MORNING, LEASE)
    assert {one.delivery.key for one in sendable(desk, MORNING, CHANNELS, limit=10)} == set(KEYS[1:])


@pytest.mark.parametrize("keys", [(), (key(person="khac"),), (key(channel="zalo"),), (key(), key(person="khac"))])
def test_a_message_carries_rows_of_its_own_person_and_channel_alone(desk: Session, keys: tuple[Key, ...]) -> None:
    with pytest.raises(ValueError, match="chỉ được mang lượt gửi của truong-ban qua email"):
        claim(desk, keys, message(), "a", MORNING, LEASE)


def test_an_id_is_claimed_once(office: Store) -> None:
    with session(office) as opened:
        insert_new(opened, map(delivery, KEYS), MORNING)
        claim(opened, KEYS[:1], message(), "a", MORNING, LEASE)
    with pytest.raises(IntegrityError), session(office) as opened:
        claim(opened, KEYS[1:], message(), "a", MORNING, LEASE)


def test_only_the_worker_that_claimed_begins_and_only_once(desk: Session) -> None:
    claim(desk, KEYS, message(), "a", MORNING, LEASE)
    assert begin_transmission(desk, ID, "b", MORNING, LEASE) is None
    assert begin_transmission(desk, ID, "a", MORNING, LEASE) == 1
    assert begin_transmission(desk, ID, "a", MORNING, LEASE) is None


def test_a_refusal_for_good_ends_the_rows_with_its_reason(desk: Session) -> None:
    assert finish(desk, ID, transmitting(desk), FAILED, MORNING)
    assert stands(desk) == (MessageState.FAILED, {State.FAILED})
    assert {one.note for one in history(desk, "khoi-cong")} == {"địa chỉ không tồn tại"}


def test_a_preview_is_an_end(desk: Session) -> None:
    assert finish(desk, ID, transmitting(desk), Outcome(state=MessageState.PREVIEWED), MORNING)
    assert stands(desk) == (MessageState.PREVIEWED, {State.PREVIEWED})


def test_a_refusal_for_now_plans_the_rows_again_for_a_new_message(desk: Session) -> None:
    assert finish(desk, ID, transmitting(desk), DEFERRED, MORNING)
    assert stands(desk) == (MessageState.DEFERRED, {State.PLANNED})
    assert sendable(desk, MORNING + LEASE, CHANNELS, limit=10) == ()
    waiting = sendable(desk, MORNING + 3 * LEASE, CHANNELS, limit=10)
    assert [one.attempt for one in waiting] == [1, 1]
    assert claim(desk, KEYS, message("second"), "a", MORNING + 3 * LEASE, LEASE)
    assert carried(desk, ID) == ()
    assert len(carried(desk, "second")) == 2


def test_an_end_is_an_end(desk: Session) -> None:
    number = transmitting(desk)
    assert finish(desk, ID, number, ACCEPTED, MORNING)
    assert not finish(desk, ID, number, FAILED, MORNING)
    assert stands(desk) == (MessageState.ACCEPTED, {State.ACCEPTED})
    assert log(desk) == [(1, MessageState.ACCEPTED), (1, MessageState.FAILED)]


def test_a_crash_before_transmission_sends_nothing_and_plans_anew(desk: Session) -> None:
    claim(desk, KEYS, message(), "a", MORNING, LEASE)
    assert expired(desk, MORNING + LEASE - MINUTE) == ()
    assert stands(desk) == (MessageState.CLAIMED, {State.CLAIMED})
    assert expired(desk, MORNING + LEASE) == ()
    assert stands(desk) == (MessageState.ABANDONED, {State.PLANNED})
    assert claim(desk, KEYS, message("second"), "b", MORNING + LEASE, LEASE)
    assert begin_transmission(desk, ID, "a", MORNING + LEASE, LEASE) is None
    assert begin_transmission(desk, "second", "b", MORNING + LEASE, LEASE) == 1


def test_a_claim_that_never_began_has_no_end(desk: Session) -> None:
    claim(desk, KEYS, message(), "a", MORNING, LEASE)
    assert not finish(desk, ID, 0, ACCEPTED, MORNING)
    assert stands(desk) == (MessageState.CLAIMED, {State.CLAIMED})


def test_beginning_renews_the_lease(desk: Session) -> None:
    claim(desk, KEYS, message(), "a", MORNING, LEASE)
    begin_transmission(desk, ID, "a", MORNING + LEASE - MINUTE, LEASE)
    assert expired(desk, MORNING + LEASE) == ()
    assert stands(desk) == (MessageState.TRANSMITTING, {State.TRANSMITTING})


def test_the_first_lease_to_end_is_that_of_a_message_in_hand(desk: Session) -> None:
    assert first_lease_end(desk) is None
    claim(desk, KEYS[:1], message(), "a", MORNING, LEASE)
    claim(desk, KEYS[1:], message("second"), "a", MORNING + MINUTE, LEASE)
    assert first_lease_end(desk) == MORNING + LEASE
    number = begin_transmission(desk, ID, "a", MORNING, LEASE)
    assert number == 1
    finish(desk, ID, number, ACCEPTED, MORNING)
    assert first_lease_end(desk) == MORNING + MINUTE + LEASE
    assert [one.id for one in all_messages(desk)] == [ID, "second"]


def test_a_crash_in_transmission_is_unknown(desk: Session) -> None:
    given_up(desk)
    assert stands(desk) == (MessageState.UNKNOWN, {State.UNKNOWN})
    assert log(desk) == [(1, MessageState.UNKNOWN)]
    assert [(one.id, one.unknowns) for one in unknown_messages(desk)] == [(ID, 1)]
    assert expired(desk, MORNING + 9 * LEASE) == ()


def test_a_worker_that_knows_it_does_not_know_says_so(desk: Session) -> None:
    assert finish(desk, ID, transmitting(desk), Outcome(state=MessageState.UNKNOWN, detail="timed out"), MORNING)
    assert stands(desk) == (MessageState.UNKNOWN, {State.UNKNOWN})
    assert stored(desk).unknowns == 1


def test_an_unknown_message_is_sent_once_more_under_its_id_and_then_held(desk: Session) -> None:
    given_up(desk)
    assert resent(desk) == 2
    assert expired(desk, MORNING + 2 * LEASE) == (ID,)
    assert not claim_again(desk, ID, "c", MORNING + 2 * LEASE, LEASE)
    assert log(desk) == [(1, MessageState.UNKNOWN), (2, MessageState.UNKNOWN)]
    assert [one.unknowns for one in unknown_messages(desk)] == [2]


def test_one_worker_alone_sends_it_again(desk: Session) -> None:
    given_up(desk)
    assert claim_again(desk, ID, "b", MORNING + LEASE, LEASE)
    assert not claim_again(desk, ID, "c", MORNING + LEASE, LEASE)


def test_a_second_claim_that_never_began_leaves_it_unknown_and_free(desk: Session) -> None:
    given_up(desk)
    assert claim_again(desk, ID, "b", MORNING + LEASE, LEASE)
    assert expired(desk, MORNING + 2 * LEASE) == ()
    assert stands(desk) == (MessageState.UNKNOWN, {State.UNKNOWN})
    assert claim_again(desk, ID, "c", MORNING + 2 * LEASE, LEASE)


def test_a_worker_that_slept_through_its_lease_is_refused_and_logged(desk: Session) -> None:
    slept = given_up(desk)
    number = resent(desk)
    assert not finish(desk, ID, slept, FAILED, MORNING + LEASE)
    assert stands(desk) == (MessageState.TRANSMITTING, {State.TRANSMITTING})
    assert finish(desk, ID, number, ACCEPTED, MORNING + LEASE)
    assert log(desk) == [(1, MessageState.UNKNOWN), (1, MessageState.FAILED), (2, MessageState.ACCEPTED)]


def test_a_late_end_settles_what_was_unknown(desk: Session) -> None:
    number = given_up(desk)
    assert finish(desk, ID, number, ACCEPTED, MORNING + LEASE)
    assert stands(desk) == (MessageState.ACCEPTED, {State.ACCEPTED})
    assert stored(desk).unknowns == 0


def test_a_late_acceptance_stops_the_second_sending(desk: Session) -> None:
    number = given_up(desk)
    claim_again(desk, ID, "b", MORNING + LEASE, LEASE)
    assert finish(desk, ID, number, ACCEPTED, MORNING + LEASE)
    assert begin_transmission(desk, ID, "b", MORNING + LEASE, LEASE) is None


def test_a_late_refusal_for_now_plans_anew_since_nothing_arrived(desk: Session) -> None:
    number = given_up(desk)
    assert finish(desk, ID, number, DEFERRED, MORNING + LEASE)
    assert stands(desk) == (MessageState.DEFERRED, {State.PLANNED})


def test_a_refusal_of_the_second_sending_keeps_rows_with_the_first(desk: Session) -> None:
    # Under another id it could be the third copy, and could not be told from the first.
    given_up(desk)
    assert finish(desk, ID, resent(desk), DEFERRED, MORNING + LEASE)
    assert stands(desk) == (MessageState.UNKNOWN, {State.UNKNOWN})
    assert stored(desk).unknowns == 1
    assert resent(desk, "c") == 3


@pytest.mark.parametrize("change", ["subject = 'x'", "text = 'x'", "html = 'x'", "address = 'x'", "at = claimed_at"])
def test_what_was_claimed_cannot_be_worded_otherwise(office: Store, change: str) -> None:
    with session(office) as opened:
        insert_new(opened, map(delivery, KEYS), MORNING)
        claim(opened, KEYS, message(), "a", MORNING, LEASE)
    with pytest.raises(DBAPIError, match="message: chỉ được ghi thêm"), office.engine.begin() as connection:
        connection.execute(text("UPDATE message SET " + change))  # noqa: S608  the cases above


@pytest.mark.parametrize("statement", ["UPDATE attempt SET outcome = 'accepted'", "DELETE FROM attempt"])
def test_the_log_of_transmissions_cannot_be_changed(office: Store, statement: str) -> None:
    with session(office) as opened:
        insert_new(opened, map(delivery, KEYS), MORNING)
        finish(opened, ID, transmitting(opened), FAILED, MORNING)
    with pytest.raises(DBAPIError, match="attempt: chỉ được ghi thêm"), office.engine.begin() as connection:
        connection.execute(text(statement))


def test_an_outcome_is_an_end_and_only_a_deferral_has_a_next_time() -> None:
    with pytest.raises(ValidationError, match="không phải là kết quả"):
        Outcome(state=MessageState.CLAIMED)
    with pytest.raises(ValidationError, match="retry_at"):
        Outcome(state=MessageState.DEFERRED)
    with pytest.raises(ValidationError, match="retry_at"):
        Outcome(state=MessageState.ACCEPTED, retry_at=MORNING)
