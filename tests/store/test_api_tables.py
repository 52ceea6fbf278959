"""Keys of programs, what they were answered, and the ledger in pages: on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from store import Store, reading, session
from store.api_answers import KeptAnswer, forget_before
from store.api_answers import find as find_answer
from store.api_answers import keep as keep_answer
from store.api_keys import ApiKey, add, find, keys, revoke, used
from store.ledger import append
from store.ledger_pages import page_after
from tests.store.builders import entry
from tests.world import instant

NOW = instant("1/7/2024 08:00")
KEY = ApiKey(
    id="0123456789ab",
    hash="a" * 64,
    name="Kế toán",
    person="dau-moi",
    scopes=("read", "write"),
    made_at=NOW,
    made_by="quan-tri",
    expires_at=NOW + timedelta(days=365),
)
ANSWER = KeptAnswer(digest="b" * 64, status=201, body='{"entry":"một"}', at=NOW)


def test_a_key_is_found_as_it_was_made_and_ends_by_itself(office: Store) -> None:
    with session(office) as opened:
        add(opened, KEY)
    with reading(office) as opened:
        assert find(opened, KEY.id) == KEY
        assert find(opened, "khac") is None
    assert KEY.holds(KEY.expires_at - timedelta(seconds=1))
    assert not KEY.holds(KEY.expires_at)


def test_a_key_is_revoked_once_and_keeps_by_whom(office: Store) -> None:
    later = NOW + timedelta(hours=1)
    with session(office) as opened:
        add(opened, KEY)
        used(opened, KEY.id, later)
        assert [revoke(opened, KEY.id, later, by) for by in ("quan-tri", "khac")] == [True, False]
        assert not revoke(opened, "khac", later, "quan-tri")
    with reading(office) as opened:
        (found,) = keys(opened)
    assert (found.used_at, found.revoked_at, found.revoked_by) == (later, later, "quan-tri")
    assert not found.holds(later)


def test_an_answer_is_kept_once_for_each_program_and_request(office: Store) -> None:
    with session(office) as opened:
        keep_answer(opened, KEY.id, "một", ANSWER)
        keep_answer(opened, "khac", "một", ANSWER)
    with pytest.raises(IntegrityError), session(office) as opened:
        keep_answer(opened, KEY.id, "một", ANSWER)
    with reading(office) as opened:
        assert find_answer(opened, KEY.id, "một", NOW) == ANSWER
        assert find_answer(opened, KEY.id, "một", NOW + timedelta(seconds=1)) is None
        assert find_answer(opened, KEY.id, "hai", NOW) is None
    with session(office) as opened:
        assert [forget_before(opened, at) for at in (NOW, NOW + timedelta(seconds=1))] == [0, 2]


def test_the_ledger_is_paged_by_number_and_by_directive(office: Store) -> None:
    with session(office) as opened:
        for number in range(5):
            append(opened, entry(number, f"nhiem-vu-{number % 2}"))
    with reading(office) as opened:
        assert [line.seq for line in page_after(opened, 1, 3)] == [2, 3, 4]
        assert [line.seq for line in page_after(opened, 0, 9, {"nhiem-vu-0"})] == [1, 3, 5]
        assert page_after(opened, 0, 9, set()) == ()
        first, second = page_after(opened, 0, 2)
    assert second.previous == first.hash
