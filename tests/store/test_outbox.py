"""A delivery is decided once, waits for its window, and may be overtaken."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import insert

from domain.outbox import State
from store import Store, reading, session
from store.messages import MessageState, Outcome, find_message
from store.outbox import first_opening, history, insert_new, obsolete, revive, sendable
from store.rows import as_row
from store.sending import begin_transmission, claim, claim_again, expired, finish
from store.statements import AT_ONCE
from store.tables import DeliveryRow
from tests.store.builders import CHANNELS, LEASE, MINUTE, MORNING, delivery, key, message

NOTE = "đã khởi công"


def test_a_delivery_is_decided_once(office: Store) -> None:
    with session(office) as opened:
        assert insert_new(opened, [delivery(key()), delivery(key("before-1"))], MORNING) == 2
        assert insert_new(opened, [delivery(key(), state=State.COALESCED), delivery(key("due"))], MORNING) == 1
    with reading(office) as opened:
        assert history(opened, "khoi-cong") == (
            delivery(key("before-1")),
            delivery(key()),
            delivery(key("due")),
        )


def test_the_database_itself_holds_the_key_unique(office: Store) -> None:
    row = insert(DeliveryRow).values(**as_row(delivery(key()), MORNING))
    with session(office) as opened:
        opened.exec(row)
    with pytest.raises(IntegrityError), session(office) as opened:
        opened.exec(row)


@pytest.mark.parametrize(
    "change",
    [{"directive": "x"}, {"milestone": "x"}, {"rung": "x"}, {"occurrence": "x"}, {"person": "x"}, {"channel": "x"}],
)
def test_each_part_of_the_key_makes_another_delivery(office: Store, change: dict[str, str]) -> None:
    with session(office) as opened:
        insert_new(opened, [delivery(key())], MORNING)
        assert insert_new(opened, [delivery(key().model_copy(update=change))], MORNING) == 1


def test_a_delivery_keeps_the_state_and_note_it_is_decided_with(office: Store) -> None:
    ended = [
        delivery(key(f"rung-{state}"), state=state).model_copy(update={"note": NOTE})
        for state in (State.BEFORE_START, State.COALESCED)
    ]
    with session(office) as opened:
        insert_new(opened, ended, MORNING)
        assert set(history(opened, "khoi-cong")) == set(ended)
        assert history(opened, "moi-truong") == ()
        assert sendable(opened, MORNING, CHANNELS, limit=10) == ()


def test_a_delivery_waits_for_its_window(office: Store) -> None:
    with session(office) as opened:
        insert_new(opened, [delivery(key(), not_before=MORNING)], MORNING - LEASE)
        assert sendable(opened, MORNING - MINUTE, CHANNELS, limit=10) == ()
        (waiting,) = sendable(opened, MORNING, CHANNELS, limit=10)
        assert (waiting.delivery, waiting.attempt) == (delivery(key()), 0)


def test_the_first_window_to_open(office: Store) -> None:
    with session(office) as opened:
        assert first_opening(opened) is None
        planned = [delivery(key("due"), not_before=MORNING + MINUTE), delivery(key(), not_before=MORNING)]
        ended = delivery(key("before-1"), not_before=MORNING - MINUTE, state=State.COALESCED)
        insert_new(opened, [*planned, ended], MORNING)
        assert first_opening(opened) == MORNING


def test_recipients_come_whole_and_the_longest_waiting_first(office: Store) -> None:
    late, early = MORNING, MORNING - LEASE
    of_a = [delivery(key(f"rung-{number}", person="a"), not_before=late) for number in range(3)]
    of_b = [delivery(key(f"rung-{number}", person="b"), not_before=time) for number, time in enumerate((late, early))]
    by_zalo = delivery(key(person="b", channel="zalo"), not_before=late)
    with session(office) as opened:
        insert_new(opened, [*of_a, *of_b, by_zalo], early)
        assert {one.delivery for one in sendable(opened, MORNING, CHANNELS, limit=1)} == set(of_b)
        assert {one.delivery for one in sendable(opened, MORNING, CHANNELS, limit=2)} == {*of_b, *of_a}
        assert {one.delivery for one in sendable(opened, MORNING, CHANNELS, limit=3)} == {*of_b, *of_a, by_zalo}


def test_more_keys_than_one_statement_takes(office: Store) -> None:
    keys = [key(f"rung-{number}") for number in range(2 * AT_ONCE + 1)]
    with session(office) as opened:
        assert insert_new(opened, map(delivery, keys), MORNING) == len(keys)
        assert obsolete(opened, keys, NOTE, MORNING) == len(keys)
        assert {one.state for one in history(opened, "khoi-cong")} == {State.OBSOLETE}


def test_a_planned_row_that_was_overtaken_is_not_sent(office: Store) -> None:
    with session(office) as opened:
        insert_new(opened, [delivery(key()), delivery(key("due"))], MORNING)
        assert obsolete(opened, [key(), key("never-decided")], NOTE, MORNING) == 1
        assert [one.delivery for one in sendable(opened, MORNING, CHANNELS, limit=10)] == [delivery(key("due"))]
        overtaken = next(one for one in history(opened, "khoi-cong") if one.key == key())
        assert (overtaken.state, overtaken.note) == (State.OBSOLETE, NOTE)


def test_what_overtook_a_row_may_be_taken_back(office: Store) -> None:
    now = delivery(key(), not_before=MORNING + LEASE).model_copy(update={"subjects": ("truong-hoc",)})
    with session(office) as opened:
        insert_new(opened, [delivery(key()), delivery(key("due"))], MORNING)
        assert obsolete(opened, [key()], NOTE, MORNING) == 1
        assert revive(opened, [now, delivery(key("due")), delivery(key("never-decided"))], MORNING + MINUTE) == 1
        assert set(history(opened, "khoi-cong")) == {now, delivery(key("due"))}
        waiting = sendable(opened, MORNING + LEASE, CHANNELS, limit=10)
        assert {one.delivery for one in waiting} == {now, delivery(key("due"))}


def test_a_claimed_message_with_an_overtaken_row_is_called_back(office: Store) -> None:
    with session(office) as opened:
        insert_new(opened, [delivery(key()), delivery(key("due"))], MORNING)
        assert claim(opened, [key(), key("due")], message(), "worker", MORNING, LEASE)
    with session(office) as opened:
        assert obsolete(opened, [key()], NOTE, MORNING + MINUTE) == 1
    with session(office) as opened:
        assert begin_transmission(opened, message().id, "worker", MORNING + MINUTE, LEASE) is None
        stored = find_message(opened, message().id)
        assert stored is not None
        assert stored.state is MessageState.ABANDONED
        (waiting,) = sendable(opened, MORNING + MINUTE, CHANNELS, limit=10)
        assert (waiting.delivery.key, waiting.attempt) == (key("due"), 1)


def test_what_is_in_transmission_or_ended_stays_as_it_is(office: Store) -> None:
    with session(office) as opened:
        insert_new(opened, [delivery(key())], MORNING)
        claim(opened, [key()], message(), "worker", MORNING, LEASE)
        number = begin_transmission(opened, message().id, "worker", MORNING, LEASE)
        assert obsolete(opened, [key()], NOTE, MORNING) == 0
        assert [one.state for one in history(opened, "khoi-cong")] == [State.TRANSMITTING]
        assert number == 1
        assert finish(opened, message().id, number, Outcome(state=MessageState.ACCEPTED), MORNING)
        assert obsolete(opened, [key()], NOTE, MORNING) == 0
        assert [one.state for one in history(opened, "khoi-cong")] == [State.ACCEPTED]


def test_calling_back_a_second_sending_leaves_the_first_unknown(office: Store) -> None:
    with session(office) as opened:
        insert_new(opened, [delivery(key())], MORNING)
        claim(opened, [key()], message(), "worker", MORNING, LEASE)
        begin_transmission(opened, message().id, "worker", MORNING, LEASE)
        expired(opened, MORNING + LEASE)
        assert claim_again(opened, message().id, "other", MORNING + LEASE, LEASE)
        assert obsolete(opened, [key()], NOTE, MORNING + LEASE) == 0
        assert [one.state for one in history(opened, "khoi-cong")] == [State.UNKNOWN]
        assert begin_transmission(opened, message().id, "other", MORNING + LEASE, LEASE) is None
