"""The lease on a pair of tokens, on both engines: one holder, and nobody overwrites what is newer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from store import Store, reading, session
from store.zalo_tokens import (
    SealedPair,
    Tokens,
    TokenState,
    begin,
    bury,
    bury_lost,
    dead,
    enter,
    leave_open,
    put_back,
    read,
    ring,
    save,
)
from tests.store.builders import LEASE, MINUTE, MORNING

OA = "1000000000000000001"


def pair(number: int = 1) -> SealedPair:
    day = timedelta(hours=25)
    return SealedPair(access=f"a{number}", refresh=f"r{number}", obtained_at=MORNING, expires_at=MORNING + day)


def stored(office: Store) -> Tokens:
    with reading(office) as opened:
        found = read(opened, OA)
    assert found is not None
    return found


def begun(office: Store, ticket: str = "t1") -> Tokens:
    with session(office) as opened:
        enter(opened, OA, pair())
    with session(office) as opened:
        assert begin(opened, stored(office), ticket, MORNING, LEASE)
    return stored(office)


def test_a_pair_comes_back_as_it_was_entered(office: Store) -> None:
    with reading(office) as opened:
        assert read(opened, OA) is None
    with session(office) as opened:
        enter(opened, OA, pair())
    tokens = stored(office)
    assert (tokens.access, tokens.refresh, tokens.generation) == ("a1", "r1", 1)
    assert (tokens.obtained_at, tokens.state, tokens.asked) == (MORNING, TokenState.READY, 0)


def test_of_many_who_begin_at_once_one_holds_the_lease(office: Store) -> None:
    with session(office) as opened:
        enter(opened, OA, pair())
    tokens, start = stored(office), Barrier(4)

    def try_it(number: int) -> bool:
        start.wait()
        with session(office) as opened:
            return begin(opened, tokens, f"t{number}", MORNING, LEASE)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(try_it, range(4))) == [False, False, False, True]
    assert stored(office).asked == 1


def test_a_lease_that_is_over_passes_on_once(office: Store) -> None:
    tokens = begun(office)
    with session(office) as opened:
        assert not begin(opened, tokens, "t2", MORNING + LEASE - MINUTE, LEASE)
        assert begin(opened, tokens, "t2", MORNING + LEASE, LEASE)
        assert not begin(opened, tokens, "t3", MORNING + 3 * LEASE, LEASE)  # sent twice: nobody sends it again


def test_who_lost_the_lease_can_no_longer_say_that_it_failed(office: Store) -> None:
    tokens = begun(office)
    with session(office) as opened:
        assert begin(opened, tokens, "t2", MORNING + LEASE, LEASE)
        assert not bury(opened, tokens, "t1", "chậm")
        assert not put_back(opened, tokens, "t1", MORNING, "chậm")
        assert not leave_open(opened, tokens, "t1", MORNING, "chậm")
    assert stored(office).state is TokenState.RENEWING


def test_who_lost_the_lease_can_still_bring_the_pair_and_only_the_first_counts(office: Store) -> None:
    tokens = begun(office)
    with session(office) as opened:
        assert begin(opened, tokens, "t2", MORNING + LEASE, LEASE)
        assert bury(opened, tokens, "t2", "bị từ chối")
        assert save(opened, OA, tokens.generation, pair(2))
        assert not save(opened, OA, tokens.generation, pair(3))
    found = stored(office)
    assert (found.access, found.generation, found.state, found.asked, found.note) == (
        "a2",
        2,
        TokenState.READY,
        0,
        None,
    )


def test_a_pair_of_an_admin_is_newer_than_any_answer_on_its_way(office: Store) -> None:
    tokens = begun(office)
    with session(office) as opened:
        enter(opened, OA, pair(5))
        assert not save(opened, OA, tokens.generation, pair(2))
        assert not bury(opened, tokens, "t1", "bị từ chối")
    assert (stored(office).access, stored(office).generation) == ("a5", 2)


def test_an_unused_token_may_be_sent_again_after_a_pause(office: Store) -> None:
    tokens = begun(office)
    with session(office) as opened:
        assert put_back(opened, tokens, "t1", MORNING + MINUTE, "máy chủ bận")
        assert not begin(opened, tokens, "t2", MORNING, LEASE)
        assert begin(opened, tokens, "t2", MORNING + MINUTE, LEASE)
    assert stored(office).asked == 1


def test_an_open_end_is_asked_about_once_more_then_lost(office: Store) -> None:
    tokens = begun(office)
    with session(office) as opened:
        assert leave_open(opened, tokens, "t1", MORNING + MINUTE, "mất liên lạc")
        assert not bury_lost(opened, tokens, MORNING + MINUTE, "quá số lần")
        assert begin(opened, tokens, "t2", MORNING + MINUTE, LEASE)
        assert not bury_lost(opened, tokens, MORNING + MINUTE, "quá số lần")  # the second one is still at it
        assert leave_open(opened, tokens, "t2", MORNING + 2 * MINUTE, "mất liên lạc")
        assert not begin(opened, tokens, "t3", MORNING + LEASE, LEASE)
        assert bury_lost(opened, tokens, MORNING + 2 * MINUTE, "quá số lần")
        assert not bury_lost(opened, tokens, MORNING + 2 * MINUTE, "quá số lần")
    assert (stored(office).state, stored(office).note) == (TokenState.DEAD, "quá số lần")


def test_the_alarm_of_a_dead_pair_is_given_once(office: Store) -> None:
    tokens = begun(office)
    with session(office) as opened:
        assert not ring(opened, OA, MORNING)
        assert bury(opened, tokens, "t1", "bị từ chối")
        assert [ring(opened, OA, MORNING), ring(opened, OA, MORNING)] == [True, False]
        assert [one.note for one in dead(opened)] == ["bị từ chối"]
        enter(opened, OA, pair(2))
        assert dead(opened) == ()
        assert not ring(opened, OA, MORNING)
