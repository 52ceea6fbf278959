"""Who is behind a user, on both engines; events that come twice or out of order change nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from store import Store, reading, session
from store.zalo_contacts import find_person, find_user, first_time, forget_events, heard, left, link, unlink
from tests.store.builders import MINUTE, MORNING

OA, OTHER = "1000000000000000001", "1000000000000000002"
USER, SECOND = "8841002233445566778", "8841002233445566779"


def test_an_event_is_dealt_with_once_however_many_bring_it(office: Store) -> None:
    start = Barrier(4)

    def bring(_: int) -> bool:
        start.wait()
        with session(office) as opened:
            return first_time(opened, "su-kien", MORNING)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(bring, range(4))) == [False, False, False, True]
    with session(office) as opened:
        assert forget_events(opened, MORNING) == 0
        assert forget_events(opened, MORNING + MINUTE) == 1
        assert first_time(opened, "su-kien", MORNING)


def test_events_out_of_order_leave_the_latest(office: Store) -> None:
    with session(office) as opened:
        heard(opened, OA, USER, MORNING + MINUTE)
        heard(opened, OA, USER, MORNING)
    with reading(office) as opened:
        found = find_user(opened, OA, USER)
    assert found is not None
    assert (found.heard_at, found.follows, found.person) == (MORNING + MINUTE, True, None)


def test_who_leaves_keeps_their_name_and_may_come_back(office: Store) -> None:
    with session(office) as opened:
        heard(opened, OA, USER, MORNING)
        assert link(opened, OA, USER, "dau-moi")
        left(opened, OA, USER)
        found = find_person(opened, OA, "dau-moi")
        assert found is not None
        assert (found.follows, found.heard_at) == (False, MORNING)
        heard(opened, OA, USER, MORNING + MINUTE)
    with reading(office) as opened:
        again = find_person(opened, OA, "dau-moi")
    assert again is not None
    assert (again.follows, again.heard_at) == (True, MORNING + MINUTE)


def test_a_stranger_who_leaves_was_never_heard_of(office: Store) -> None:
    with session(office) as opened:
        left(opened, OA, USER)
        heard(opened, OA, USER, MORNING)
    with reading(office) as opened:
        found = find_user(opened, OA, USER)
    assert found is not None
    assert (found.follows, found.heard_at) == (True, MORNING)


def test_one_user_is_one_person_until_an_admin_unlinks(office: Store) -> None:
    with session(office) as opened:
        heard(opened, OA, USER, MORNING)
        heard(opened, OA, SECOND, MORNING)
        assert not link(opened, OTHER, USER, "dau-moi")  # nobody there
        assert link(opened, OA, USER, "dau-moi")
        assert link(opened, OA, USER, "dau-moi")
        assert not link(opened, OA, USER, "truong-ban")
        assert not link(opened, OA, SECOND, "dau-moi")
        assert unlink(opened, OA, "dau-moi")
        assert not unlink(opened, OA, "dau-moi")
        assert link(opened, OA, SECOND, "dau-moi")
    with reading(office) as opened:
        found = find_person(opened, OA, "dau-moi")
        assert find_person(opened, OTHER, "dau-moi") is None
    assert found is not None
    assert found.user_id == SECOND
