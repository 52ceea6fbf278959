"""What is stuck: rows that should have gone out, and letters whose last word was a refusal or nothing."""

from __future__ import annotations

from datetime import timedelta

from store import Store, session
from store.messages import MessageState, Outcome
from store.outbox import insert_new, postpone
from store.sending import begin_transmission, claim, finish
from store.troubles import bad_ends, late
from tests.store.builders import LEASE, MINUTE, MORNING, delivery, key, message

HOUR = timedelta(hours=1)


def ended(office: Store, name: str, outcome: Outcome, rung: str = "before-7", minutes: int = 0) -> None:
    """A message of that id, sent `minutes` after the morning, with such an end."""
    at = MORNING + minutes * MINUTE
    with session(office) as opened:
        insert_new(opened, [delivery(key(rung))], at)
        assert claim(opened, [key(rung)], message(name).model_copy(update={"at": at}), "a", at, LEASE)
        number = begin_transmission(opened, name, "a", at, LEASE)
        assert number is not None
        assert finish(opened, name, number, outcome, at)


REFUSED = Outcome(state=MessageState.FAILED, code="550", detail="no such user")
ACCEPTED = Outcome(state=MessageState.ACCEPTED, code="250")
LOST = Outcome(state=MessageState.UNKNOWN)


def put_off(state: MessageState) -> Outcome:
    return Outcome(state=state, code="451", retry_at=MORNING + 9 * HOUR)


def test_a_row_is_late_when_its_hour_is_long_over(office: Store) -> None:
    with session(office) as opened:
        insert_new(opened, [delivery(key()), delivery(key(channel="zalo"), not_before=MORNING + HOUR)], MORNING)
        assert late(opened, MORNING - MINUTE) == ()
        (waiting,) = late(opened, MORNING)
        assert (waiting.channel, waiting.rows, waiting.since) == ("email", 1, MORNING)
        assert [one.channel for one in late(opened, MORNING + HOUR)] == ["email", "zalo"]


def test_a_row_in_the_hands_of_a_dead_worker_is_late(office: Store) -> None:
    with session(office) as opened:
        insert_new(opened, [delivery(key())], MORNING)
        claim(opened, [key()], message(), "a", MORNING, LEASE)
        assert [one.rows for one in late(opened, MORNING)] == [1]


def test_a_row_refused_again_and_again_is_late_and_one_that_was_put_off_is_not(office: Store) -> None:
    ended(office, "m1", put_off(MessageState.DEFERRED))
    with session(office) as opened:
        insert_new(opened, [delivery(key("due"))], MORNING)
        assert postpone(opened, [key("due")], MORNING + 24 * HOUR, MORNING) == 1
        assert late(opened, MORNING - MINUTE) == ()
        assert [one.rows for one in late(opened, MORNING)] == [1]


def test_what_has_ended_is_not_late(office: Store) -> None:
    ended(office, "m1", ACCEPTED)
    with session(office) as opened:
        assert late(opened, MORNING + HOUR) == ()
        assert bad_ends(opened) == ()


def test_the_last_word_to_a_person_counts(office: Store) -> None:
    ended(office, "m1", REFUSED)
    with session(office) as opened:
        ((stored, answer),) = bad_ends(opened)
        assert (stored.id, answer.code, answer.detail) == ("m1", "550", "no such user")
    ended(office, "m2", ACCEPTED, rung="before-3", minutes=5)
    with session(office) as opened:
        assert bad_ends(opened) == ()
    ended(office, "m3", LOST, rung="before-1", minutes=10)
    with session(office) as opened:
        assert [stored.id for stored, _ in bad_ends(opened)] == ["m3"]


def test_a_channel_that_lets_nobody_in_is_told_from_a_server_that_is_busy(office: Store) -> None:
    ended(office, "m1", put_off(MessageState.DEFERRED))
    with session(office) as opened:
        assert bad_ends(opened) == ()
    ended(office, "m2", put_off(MessageState.UNAUTHORISED), rung="before-3", minutes=5)
    with session(office) as opened:
        assert [stored.state for stored, _ in bad_ends(opened)] == [MessageState.UNAUTHORISED]
