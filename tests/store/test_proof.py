"""What a proof is made of is read as plain rows, alike on both engines."""

from __future__ import annotations

from config.areas import Area
from domain.outbox import State
from store import Store, reading, session
from store.configuration import adopt, remove
from store.ledger import append, head
from store.messages import MessageState, Outcome
from store.outbox import insert_new
from store.proof import begun, bodies, decided, given_back, hash_at, kept, last_entry_at, transmitted, written
from store.sending import begin_transmission, claim, finish, release
from tests.store.builders import LEASE, MINUTE, MORNING, delivery, entry, key, message


def sent(office: Store, message_id: str, outcome: Outcome) -> None:
    with session(office) as opened:
        assert claim(opened, [key()], message(message_id), "a", MORNING, LEASE)
    with session(office) as opened:
        number = begin_transmission(opened, message_id, "a", MORNING, LEASE)
        assert number is not None
        assert finish(opened, message_id, number, outcome, MORNING + MINUTE)


def test_deliveries_are_those_of_the_directive_and_the_person(office: Store) -> None:
    rows = [delivery(key()), delivery(key("before-3", "ke-toan"), state=State.COALESCED)]
    with session(office) as opened:
        insert_new(opened, rows, MORNING)
    with reading(office) as opened:
        everybody = decided(opened, "khoi-cong", None)
        assert {(one.rung, one.person, one.state) for one in everybody} == {
            ("before-7", "truong-ban", "planned"),
            ("before-3", "ke-toan", "coalesced"),
        }
        assert [one.rung for one in decided(opened, None, "ke-toan")] == ["before-3"]
        assert decided(opened, "khac", "ke-toan") == []
        assert {one.rung_at for one in everybody} == {MORNING}


def test_messages_and_transmissions_are_as_they_were_written(office: Store) -> None:
    with session(office) as opened:
        insert_new(opened, [delivery(key())], MORNING)
    retry = Outcome(state=MessageState.DEFERRED, code="451", detail="greylisted", retry_at=MORNING + MINUTE)
    sent(office, "m1@dondoc.example", retry)
    sent(office, "m2@dondoc.example", Outcome(state=MessageState.ACCEPTED, code="250", provider_id="z-1"))
    with reading(office) as opened:
        assert [one.id for one in given_back(opened, ["truong-ban", "ke-toan"])] == ["m1@dondoc.example"]
        found = written(opened, ["m2@dondoc.example", "m9@dondoc.example"])
        (row,) = decided(opened, "khoi-cong", None)
        log = transmitted(opened, ["m1@dondoc.example", "m2@dondoc.example"])
    assert (row.message_id, row.attempt) == ("m2@dondoc.example", 2)
    assert found.keys() == {"m2@dondoc.example"}
    last = found["m2@dondoc.example"]
    assert (last.text, last.at, last.state, last.provider_id) == ("Hạn 30/6/2024.", MORNING, "accepted", "z-1")
    assert [(one.message_id, one.outcome, one.code, one.detail, one.at) for one in log] == [
        ("m1@dondoc.example", "deferred", "451", "greylisted", MORNING + MINUTE),
        ("m2@dondoc.example", "accepted", "250", None, MORNING + MINUTE),
    ]


def test_a_message_called_back_before_it_began_said_nothing(office: Store) -> None:
    with session(office) as opened:
        insert_new(opened, [delivery(key())], MORNING)
    with session(office) as opened:
        assert claim(opened, [key()], message(), "a", MORNING, LEASE)
        release(opened, [message().id], MORNING)
    with reading(office) as opened:
        (called_back,) = given_back(opened, ["truong-ban"])
    assert not begun(called_back)


def test_entries_come_with_their_place_in_the_chain(office: Store) -> None:
    with reading(office) as opened:
        assert (last_entry_at(opened), hash_at(opened, 1)) == (None, None)
    with session(office) as opened:
        for number in (1, 2, 3):
            append(opened, entry(number, "khac" if number == 2 else "khoi-cong", MORNING + number * MINUTE))
    with reading(office) as opened:
        assert [(one.seq, one.entry.id) for one in kept(opened, ["khoi-cong"])] == [(1, "b1"), (3, "b3")]
        assert kept(opened, ["khac", "khoi-cong"])[-1].hash == hash_at(opened, 3) == head(opened).hash
        assert last_entry_at(opened) == MORNING + 3 * MINUTE


def test_a_part_is_known_by_all_its_versions_also_when_it_was_removed(office: Store) -> None:
    with session(office) as opened:
        adopt(opened, Area.DIRECTIVE, "khoi-cong", "1", MORNING, "quan-tri")
        adopt(opened, Area.DIRECTIVE, "khoi-cong", "2", MORNING, "quan-tri")
        adopt(opened, Area.DIRECTIVE, "khac", "3", MORNING, "quan-tri")
        remove(opened, Area.DIRECTIVE, "khoi-cong", MORNING, "quan-tri")
    with reading(office) as opened:
        assert list(bodies(opened, Area.DIRECTIVE, "khoi-cong")) == ["2", "2", "1"]
        assert list(bodies(opened, Area.DIRECTIVE, "chua-co")) == []
