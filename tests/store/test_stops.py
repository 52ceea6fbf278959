"""Where sending is stopped, on both engines: one open stop of a kind and scope, kept when it is over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from store import Store, reading, session
from store.stops import Stop, StopKind, lift, open_stops, stop
from store.tables import StopRow
from tests.store.builders import MINUTE, MORNING

HOUR = timedelta(hours=1)


def given(channel: str = "email", person: str = "", kind: StopKind = StopKind.UNAUTHORISED, **more: object) -> Stop:
    fields = {"reason": "535 sai mật khẩu", "since": MORNING, "until": MORNING + HOUR, **more}
    return Stop.model_validate({"channel": channel, "person": person, "kind": kind, **fields})


def stopped(office: Store, one: Stop) -> bool:
    with session(office) as opened:
        return stop(opened, one)


def standing(office: Store) -> tuple[Stop, ...]:
    with reading(office) as opened:
        return open_stops(opened)


def test_the_same_stop_going_on_keeps_its_beginning_and_takes_the_later_end(office: Store) -> None:
    assert stopped(office, given())
    assert not stopped(office, given(since=MORNING + HOUR, until=MORNING + 2 * HOUR, reason="535 vẫn sai"))
    (one,) = standing(office)
    assert (one.since, one.until, one.reason) == (MORNING, MORNING + 2 * HOUR, "535 vẫn sai")


def test_of_workers_who_stop_a_channel_at_once_one_finds_it_new(office: Store) -> None:
    with ThreadPoolExecutor(4) as workers:
        found = list(workers.map(lambda _: stopped(office, given()), range(4)))
    assert sorted(found) == [False, False, False, True]
    assert len(standing(office)) == 1


@pytest.mark.parametrize(
    ("one", "channel", "person", "address", "concerned"),
    [
        (given(), "email", "truong-ban", "a@bacson.example", True),
        (given(), "zalo", "truong-ban", "a@bacson.example", False),
        (given(channel=""), "zalo", "truong-ban", None, True),
        (given(person="truong-ban"), "email", "truong-ban", "a@bacson.example", True),
        (given(person="truong-ban"), "email", "ke-toan", "a@bacson.example", False),
        (given(person="truong-ban", address="a@bacson.example"), "email", "truong-ban", "b@bacson.example", False),
        (given(person="truong-ban", address="a@bacson.example"), "email", "truong-ban", "a@bacson.example", True),
    ],
)
def test_whom_a_stop_concerns(one: Stop, channel: str, person: str, address: str | None, concerned: bool) -> None:
    assert one.concerns(channel, person, address) is concerned


@pytest.mark.parametrize(
    ("until", "holds"), [(None, True), (MORNING + MINUTE, True), (MORNING, False), (MORNING - MINUTE, False)]
)
def test_a_stop_holds_until_it_is_tried_again(until: datetime | None, holds: bool) -> None:
    assert given(until=until).holds(MORNING) is holds


def test_what_is_lifted_is_kept_and_the_next_stop_is_a_new_one(office: Store) -> None:
    stopped(office, given())
    stopped(office, given(person="truong-ban", kind=StopKind.REFUSED))
    with session(office) as opened:
        assert lift(opened, "email", "", MORNING + MINUTE, "quan-tri") == 1
    assert [one.person for one in standing(office)] == ["truong-ban"]
    assert stopped(office, given(since=MORNING + HOUR))
    with reading(office) as opened:
        kept = opened.exec(select(StopRow.since, StopRow.lifted_by).where(StopRow.person == "")).all()
    assert sorted(kept) == [(MORNING, "quan-tri"), (MORNING + HOUR, None)]


def test_a_message_that_goes_through_lifts_nothing_that_somebody_switched_off(office: Store) -> None:
    stopped(office, given(kind=StopKind.SWITCHED_OFF, until=None))
    with session(office) as opened:
        assert lift(opened, "email", "", MORNING, "gửi được trở lại") == 0
        assert lift(opened, "email", "", MORNING, "quan-tri", switched_off=True) == 1
    assert standing(office) == ()
