"""Questions that wait for a yes, on both engines: one at a time, and one end each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from store import Store, reading, session
from store.zalo_questions import Answered, ZaloQuestion, ask, close, newest
from tests.store.builders import MINUTE, MORNING

OA, USER = "1000000000000000001", "8841002233445566778"


def question(name: str, at: datetime = MORNING, user: str = USER) -> ZaloQuestion:
    return ZaloQuestion(
        id=name,
        oa_id=OA,
        user_id=user,
        person="dau-moi",
        directive="khoi-cong-moi",
        milestone="giai-ngan-40",
        metric="giai-ngan",
        subject="cau",
        occurrence=None,
        written="45%",
        said="dạ được 45%",
        as_of=at.date(),
        asked_at=at,
    )


def last(office: Store, user: str = USER) -> ZaloQuestion | None:
    with reading(office) as opened:
        return newest(opened, OA, user)


def test_a_question_is_kept_as_it_was_put(office: Store) -> None:
    assert last(office) is None
    with session(office) as opened:
        ask(opened, question("a"))
        ask(opened, question("b", user="khac"))
    assert last(office) == question("a")


def test_the_next_question_takes_the_place_of_the_one_that_waits(office: Store) -> None:
    with session(office) as opened:
        ask(opened, question("a"))
        ask(opened, question("b", MORNING + MINUTE))
        assert not close(opened, "a", Answered.YES, MORNING + 2 * MINUTE)
    assert last(office) == question("b", MORNING + MINUTE)


def test_of_two_asked_in_one_moment_the_one_that_waits_is_the_last(office: Store) -> None:
    for first, second in (("a", "b"), ("d", "c")):
        with session(office) as opened:
            ask(opened, question(first))
            ask(opened, question(second))
        found = last(office)
        assert found is not None
        assert (found.id, found.answer) == (second, None)


def test_a_question_ends_once_however_many_answer_it(office: Store) -> None:
    with session(office) as opened:
        ask(opened, question("a"))
    start = Barrier(4)

    def answer(_: int) -> bool:
        start.wait()
        with session(office) as opened:
            return close(opened, "a", Answered.YES, MORNING + MINUTE)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(answer, range(4))) == [False, False, False, True]
    found = last(office)
    assert found is not None
    assert (found.answer, found.answered_at) == (Answered.YES, MORNING + MINUTE)
