"""Delivery: one message per person, and what each answer of a mail server leads to."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from actions.compose import compose
from actions.deliver import LEASE, RETRIES, Delivered, deliver
from channels.letter import Outcome, Previewed, RefusedPermanently, TryLater, Unauthorised
from domain.office import Role
from domain.outbox import State
from store import Store
from store.messages import MessageState, NewMessage
from tests.actions.offices import (
    ALONE,
    STARTS,
    Postman,
    by_mail,
    configured,
    courier,
    known,
    log,
    looked,
    messages,
    rows,
)
from tests.world import HUYEN, PEOPLE, PROJECTS, UNDATED, instant, person, rules, started

LEAD = "dau-moi-huyen"
GREYLISTED = TryLater(code=451, detail="greylisted, try again later")
BROKEN_OFF = TryLater(code=None, detail="connection lost", perhaps_arrived=True)
NO_SUCH_USER = RefusedPermanently(code=550, detail="no such user")
NOT_LET_IN = Unauthorised(code=535, detail="authentication failed")
SECOND = timedelta(seconds=1)
LATER = timedelta(minutes=5)


def answering(*answers: Outcome, reader: str = LEAD) -> Postman:
    return Postman({reader: list(answers)})


def interrupted(_reader: str) -> None:
    raise KeyboardInterrupt


def states(store: Store) -> dict[str, State]:
    """State of each reader's rows, all of one state."""
    found = {row.key.person: row.state for row in rows(store)}
    assert all(found[row.key.person] is row.state for row in rows(store))
    return found


# ------------------------------------------------------------------------------------------------------ who gets what


def test_a_person_gets_one_message_for_all_directives_and_the_message_is_kept_as_sent(store: Store) -> None:
    office, postman = configured(ALONE, UNDATED), Postman()
    known(store, *PROJECTS)
    planned = looked(store, office, STARTS) + looked(store, office, STARTS, UNDATED.code)
    done = deliver(courier(store, postman), office, STARTS)
    assert planned == len(rows(store)) + len(rows(store, UNDATED.code))
    assert Counter(postman.readers) == dict.fromkeys(postman.readers, 1)
    assert LEAD in postman.readers
    assert (done.sent, done.failed, done.unknown, done.obsolete) == (len(postman.given), 0, 0, 0)
    assert {row.state for row in rows(store) + rows(store, UNDATED.code)} == {State.ACCEPTED}
    given = dict(postman.given)
    for one in messages(store):
        letter = given[one.person]
        assert (letter.message_id, letter.written) == (one.id, one.at) == (one.id, STARTS)
        assert (letter.subject, letter.text, letter.html) == (one.subject, one.text, one.html)
        assert letter.to == f"{one.person}@bacson.example"
        assert one.state is MessageState.ACCEPTED
        assert [(line.number, line.outcome, line.code) for line in log(store, one.id)] == [(1, "accepted", "250")]


def test_nothing_goes_out_before_its_window_opens_and_nothing_twice(store: Store) -> None:
    office, postman = configured(ALONE), Postman()
    looked(store, office, STARTS)
    assert deliver(courier(store, postman), office, STARTS - SECOND) == Delivered()
    assert deliver(courier(store, postman), office, STARTS).sent == 1
    assert deliver(courier(store, postman), office, STARTS + LATER) == Delivered()
    assert postman.readers == [LEAD]


# ----------------------------------------------------------------------------------------------------- what is answered


def test_a_refusal_for_now_is_tried_again_after_growing_waits(store: Store) -> None:
    office, postman = configured(ALONE), answering(*[GREYLISTED] * 5)
    looked(store, office, STARTS)
    moment, waits = STARTS, []
    while postman.answers[LEAD]:
        assert deliver(courier(store, postman), office, moment).failed == 1
        assert states(store) == {LEAD: State.PLANNED}
        (again,) = {row.not_before for row in rows(store)}
        assert deliver(courier(store, postman), office, again - SECOND) == Delivered()
        waits.append(again - moment)
        moment = again
    assert [wait - wait % SECOND for wait in waits] == [*RETRIES, RETRIES[-1]]
    assert deliver(courier(store, postman), office, moment).sent == 1
    kept = messages(store)
    assert len({one.id for one in kept}) == 6
    assert [one.state for one in sorted(kept, key=lambda one: one.at)] == [MessageState.DEFERRED] * 5 + ["accepted"]
    assert states(store) == {LEAD: State.ACCEPTED}


def test_an_address_refused_for_good_ends_its_rows_and_nobody_elses(store: Store) -> None:
    office, postman = configured(ALONE), answering(NO_SUCH_USER)
    known(store, *PROJECTS)
    looked(store, office, STARTS)
    done = deliver(courier(store, postman), office, STARTS)
    assert done.failed == 1
    assert done.sent == len(postman.given) - 1 > 0
    assert states(store).pop(LEAD) is State.FAILED
    assert {state for reader, state in states(store).items() if reader != LEAD} == {State.ACCEPTED}
    assert {row.note for row in rows(store) if row.key.person == LEAD} == {"địa chỉ hoặc nội dung bị từ chối"}
    assert deliver(courier(store, postman), office, STARTS + timedelta(days=1)) == Delivered()


def test_a_channel_that_lets_nobody_in_is_left_alone_for_the_rest_of_the_round(store: Store) -> None:
    office, postman = configured(ALONE), Postman()
    known(store, *PROJECTS)
    looked(store, office, STARTS)
    readers = {row.key.person for row in rows(store)}
    assert len(readers) == 3
    postman.answers = {reader: [NOT_LET_IN] for reader in readers}
    done = deliver(courier(store, postman), office, STARTS)
    assert (done.failed, done.sent, len(postman.given)) == (1, 0, 1)
    assert {row.state for row in rows(store)} == {State.PLANNED}
    assert deliver(courier(store, postman), office, STARTS + LATER).sent == 0
    assert len(postman.given) == 1
    postman.answers.clear()
    assert deliver(courier(store, postman), office, STARTS + RETRIES[-1] + LATER).sent == 3
    assert set(states(store).values()) == {State.ACCEPTED}


def test_a_preview_is_an_end_and_is_not_sent_when_sending_is_switched_on(store: Store) -> None:
    office, postman = configured(ALONE), answering(Previewed())
    looked(store, office, STARTS)
    done = deliver(courier(store, postman), office, STARTS)
    assert (done.previewed, done.sent) == (1, 0)
    assert states(store) == {LEAD: State.PREVIEWED}
    (kept,) = messages(store)
    assert kept.text == postman.given[0][1].text
    assert deliver(courier(store, postman), office, STARTS + LATER) == Delivered()


def test_a_line_broken_in_the_data_is_risked_once_more_under_the_same_id_and_then_held(store: Store) -> None:
    office, postman = configured(ALONE), answering(BROKEN_OFF, BROKEN_OFF)
    looked(store, office, STARTS)
    assert deliver(courier(store, postman), office, STARTS).unknown == 1
    assert states(store) == {LEAD: State.UNKNOWN}
    assert deliver(courier(store, postman), office, STARTS + LATER).unknown == 1
    assert deliver(courier(store, postman), office, STARTS + 2 * LATER) == Delivered()
    assert states(store) == {LEAD: State.UNKNOWN}
    first, second = (letter for _, letter in postman.given)
    assert first == second
    (kept,) = messages(store)
    assert [line.outcome for line in log(store, kept.id)] == [MessageState.UNKNOWN] * 2


def test_a_second_copy_that_is_taken_settles_the_matter(store: Store) -> None:
    office, postman = configured(ALONE), answering(BROKEN_OFF)
    looked(store, office, STARTS)
    deliver(courier(store, postman), office, STARTS)
    assert deliver(courier(store, postman), office, STARTS + LATER).sent == 1
    assert states(store) == {LEAD: State.ACCEPTED}
    (kept,) = messages(store)
    assert [line.outcome for line in log(store, kept.id)] == [MessageState.UNKNOWN, MessageState.ACCEPTED]


# ------------------------------------------------------------------------------------------------------- overtaken rows


def test_what_was_done_before_sending_is_not_urged(store: Store) -> None:
    office, postman = configured(ALONE), Postman()
    looked(store, office, instant("21/6/2024 07:30"))
    deliver(courier(store, postman), office, instant("21/6/2024 07:30"))
    before = len(postman.given)
    planned = looked(store, office, instant("27/6/2024 07:30"))
    known(store, started("26/6/2024", recorded="27/6/2024 07:31"))
    done = deliver(courier(store, postman), office, instant("27/6/2024 07:35"))
    assert (done.obsolete, done.sent, len(postman.given)) == (planned, 0, before)
    (late,) = [row for row in rows(store) if row.key.rung == "before-3"]
    assert (late.state, late.note) == (State.OBSOLETE, "mốc đã hoàn thành hoặc không còn phải thực hiện")


def test_a_directive_no_longer_in_force_is_not_spoken_of(store: Store) -> None:
    office, postman = configured(ALONE, UNDATED), Postman()
    looked(store, office, STARTS)
    looked(store, office, STARTS, UNDATED.code)
    done = deliver(courier(store, postman), configured(UNDATED), STARTS)
    assert done.obsolete == len(rows(store)) > 0
    assert {(row.state, row.note) for row in rows(store)} == {(State.OBSOLETE, "nhiệm vụ không còn hiệu lực")}
    assert {row.state for row in rows(store, UNDATED.code)} == {State.ACCEPTED}
    assert all(ALONE.title not in letter.text for _, letter in postman.given)


# ------------------------------------------------------------------------------------------------- couriers at one time


def test_couriers_who_set_out_together_deliver_each_message_once(store: Store) -> None:
    crowd = by_mail(person(f"dau-moi-{number}", (HUYEN, Role.FOCAL), channels=("email",)) for number in range(12))
    office = configured(ALONE, given=rules(people=(*by_mail(PEOPLE), *crowd)))
    looked(store, office, STARTS)
    postman, start, done = Postman(takes=0.01), threading.Barrier(4), list[Delivered]()

    def carry(worker: str) -> None:
        start.wait()
        done.append(deliver(courier(store, postman, worker), office, STARTS))

    threads = [threading.Thread(target=carry, args=(f"worker-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(done) == 4
    assert sorted(postman.readers) == sorted([LEAD, *(one.code for one in crowd)])
    assert sum(one.sent for one in done) == len(crowd) + 1
    assert [one.unknown + one.faults for one in done] == [0] * 4
    assert {row.state for row in rows(store)} == {State.ACCEPTED}


def test_what_another_courier_has_taken_meanwhile_is_not_written_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, postman, written = configured(ALONE), Postman(), list[str]()
    known(store, *PROJECTS)
    looked(store, office, STARTS)

    def noted(*given: Any, **named: Any) -> NewMessage:
        written.append(given[2].code)
        return compose(*given, **named)

    def met(_reader: str) -> None:
        postman.before = lambda _: None
        deliver(courier(store, postman, "b"), office, STARTS)

    monkeypatch.setattr("actions.deliver.compose", noted)
    postman.before = met
    assert deliver(courier(store, postman, "a"), office, STARTS).sent == 1
    assert len(written) > 1
    assert sorted(written) == sorted(postman.readers)
    assert {row.state for row in rows(store)} == {State.ACCEPTED}


def test_a_slow_round_does_not_lose_its_later_messages_to_another_courier(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first letter takes longer than a lease: whoever comes then must still find the second in good hands.
    monkeypatch.setattr("actions.deliver.LEASE", SECOND)
    monkeypatch.setattr("actions.transmit.LEASE", SECOND)
    office, postman = configured(ALONE), Postman()
    known(store, PROJECTS[0])
    looked(store, office, STARTS)
    others: list[Delivered] = []

    def slow_then_met(_reader: str) -> None:
        if not postman.given:
            time.sleep(1.2)
        else:
            others.append(deliver(courier(store, postman, "b"), office, STARTS + 1.2 * SECOND))

    postman.before = slow_then_met
    assert deliver(courier(store, postman), office, STARTS).sent == 2
    assert others == [Delivered()]
    assert len(postman.given) == 2


def test_a_worker_that_died_at_work_is_succeeded_after_its_lease(store: Store) -> None:
    office, postman = configured(ALONE), Postman()
    looked(store, office, STARTS)
    with pytest.raises(KeyboardInterrupt):
        deliver(courier(store, Postman(before=interrupted)), office, STARTS)
    assert states(store) == {LEAD: State.TRANSMITTING}
    assert deliver(courier(store, postman, "b"), office, STARTS + LEASE - SECOND) == Delivered()
    done = deliver(courier(store, postman, "b"), office, STARTS + LEASE + SECOND)
    assert (done.unknown, done.sent) == (1, 1)
    (kept,) = messages(store)
    assert (kept.worker, kept.attempts) == ("b", 2)
