"""What admins have to be told, on both engines: once a matter, until it is told or needs no telling."""

from __future__ import annotations

from datetime import timedelta

from store import Store, reading, session
from store.notices import QUIET, newest, notice, tell, untold, withdraw
from tests.store.builders import MINUTE, MORNING


def noticed(office: Store, matter: str = "unauthorised", after: timedelta = timedelta(0)) -> bool:
    with session(office) as opened:
        return notice(opened, "email", matter, f"{matter}: cần xem", MORNING + after)


def waiting(office: Store) -> list[str]:
    with reading(office) as opened:
        return [one.matter for one in untold(opened)]


def told(office: Store, after: timedelta = MINUTE) -> int:
    with session(office) as opened:
        return tell(opened, [one.id for one in untold(opened)], "Zalo: quản trị", MORNING + after)


def test_a_matter_is_noticed_once_while_it_waits(office: Store) -> None:
    assert [noticed(office), noticed(office, after=QUIET), noticed(office, "quota")] == [True, False, True]
    assert waiting(office) == ["unauthorised", "quota"]


def test_what_was_told_is_quiet_for_a_day_and_then_told_again(office: Store) -> None:
    noticed(office)
    assert told(office) == 1
    assert [noticed(office, after=QUIET - MINUTE), noticed(office, after=QUIET)] == [False, True]


def test_of_two_who_tell_the_same_one_has_told_it(office: Store) -> None:
    noticed(office)
    with reading(office) as opened:
        ids = [one.id for one in untold(opened)]
    for expected in (1, 0):
        with session(office) as opened:
            assert tell(opened, ids, "Zalo: quản trị", MORNING) == expected


def test_a_channel_that_works_again_takes_its_notices_back_and_leaves_other_addresses(office: Store) -> None:
    for matter in ("unauthorised", "refused:ke-toan:a@bacson.example", "refused:truong-ban:b@bacson.example"):
        noticed(office, matter)
    with session(office) as opened:
        assert withdraw(opened, "email", "ke-toan", "gửi được trở lại", MORNING) == 2
        assert withdraw(opened, "zalo", "truong-ban", "gửi được trở lại", MORNING) == 0
    assert waiting(office) == ["refused:truong-ban:b@bacson.example"]


def test_the_newest_come_first_with_how_they_were_told(office: Store) -> None:
    noticed(office)
    told(office)
    noticed(office, "quota")
    with reading(office) as opened:
        found = [(one.matter, how) for one, how in newest(opened, 10)]
        assert len(newest(opened, 1)) == 1
    assert found == [("quota", None), ("unauthorised", "Zalo: quản trị")]
