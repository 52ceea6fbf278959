"""The versions of the configuration: what is in force, what was, and who said so."""

from __future__ import annotations

from hashlib import sha256

from config.areas import Area
from store import Store, session
from store.configuration import adopt, current, current_at, first_adopted, remove
from tests.store.builders import MINUTE, MORNING


def test_an_adopted_version_is_in_force(office: Store) -> None:
    with session(office) as opened:
        assert adopt(opened, Area.UNITS, "units", '{"a":1}', MORNING, "quan-tri")
        (version,) = current(opened)
    assert (version.area, version.code, version.body) == (Area.UNITS, "units", '{"a":1}')
    assert (version.adopted_at, version.adopted_by) == (MORNING, "quan-tri")
    assert version.sha256 == sha256(b'{"a":1}').hexdigest()


def test_an_unchanged_body_writes_nothing(office: Store) -> None:
    with session(office) as opened:
        adopt(opened, Area.UNITS, "units", "{}", MORNING, "quan-tri")
        assert not adopt(opened, Area.UNITS, "units", "{}", MORNING + MINUTE, "quan-tri")
        assert [version.adopted_at for version in current(opened)] == [MORNING]


def test_going_back_to_an_earlier_body_is_a_new_version(office: Store) -> None:
    with session(office) as opened:
        for minute, body in enumerate(("1", "2", "1")):
            assert adopt(opened, Area.POLICY, "policy", body, MORNING + minute * MINUTE, "quan-tri")
        assert [version.body for version in current_at(opened, MORNING + MINUTE)] == ["2"]
        assert [version.body for version in current(opened)] == ["1"]


def test_parts_are_told_apart_by_area_and_code(office: Store) -> None:
    with session(office) as opened:
        adopt(opened, Area.NOTICE, "tb-2", "1", MORNING, "quan-tri")
        adopt(opened, Area.NOTICE, "tb-1", "1", MORNING, "quan-tri")
        adopt(opened, Area.PEOPLE, "tb-1", "1", MORNING, "quan-tri")
        assert [version.code for version in current(opened, Area.NOTICE)] == ["tb-1", "tb-2"]
        assert [version.area for version in current(opened)] == [Area.NOTICE, Area.NOTICE, Area.PEOPLE]


def test_what_was_in_force_then_stays_known(office: Store) -> None:
    with session(office) as opened:
        adopt(opened, Area.NOTICE, "tb-1", "1", MORNING, "quan-tri")
        assert remove(opened, Area.NOTICE, "tb-1", MORNING + 2 * MINUTE, "quan-tri")
        assert current(opened) == ()
        assert current_at(opened, MORNING - MINUTE) == ()
        assert [version.code for version in current_at(opened, MORNING + MINUTE)] == ["tb-1"]
        assert current_at(opened, MORNING + 2 * MINUTE) == ()


def test_a_removed_part_may_come_back(office: Store) -> None:
    with session(office) as opened:
        adopt(opened, Area.NOTICE, "tb-1", "1", MORNING, "quan-tri")
        remove(opened, Area.NOTICE, "tb-1", MORNING + MINUTE, "quan-tri")
        assert not remove(opened, Area.NOTICE, "tb-1", MORNING + MINUTE, "quan-tri")
        assert adopt(opened, Area.NOTICE, "tb-1", "1", MORNING + 2 * MINUTE, "quan-tri")
        assert [version.code for version in current(opened)] == ["tb-1"]


def test_a_part_remembers_when_it_was_first_adopted(office: Store) -> None:
    with session(office) as opened:
        assert first_adopted(opened, Area.NOTICE, "tb-1") is None
        adopt(opened, Area.NOTICE, "tb-1", "1", MORNING, "quan-tri")
        adopt(opened, Area.NOTICE, "tb-1", "2", MORNING + MINUTE, "quan-tri")
        assert first_adopted(opened, Area.NOTICE, "tb-1") == MORNING
