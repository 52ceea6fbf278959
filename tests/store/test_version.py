"""Two versions of the program at one database: the one that does not fit it writes nothing, and says why."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from store import Store, reading, session
from store.marks import read_mark, set_mark
from store.version import OtherVersionError, our_versions


def at_version(office: Store, version: str) -> None:
    with office.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})


def test_an_older_program_left_running_writes_nothing_after_the_upgrade(office: Store) -> None:
    with session(office) as opened:
        set_mark(opened, "home", "real")
    at_version(office, "store_9999")
    with pytest.raises(OtherVersionError, match=r"mới hơn nâng cấp lên phiên bản store_9999.*ngừng gửi"):
        write(office)
    with reading(office) as opened:
        assert read_mark(opened, "home") == "real"


def test_a_newer_program_writes_nothing_before_the_upgrade(office: Store) -> None:
    at_version(office, our_versions()[-1])
    with pytest.raises(OtherVersionError, match=r"còn ở phiên bản 0001.*dondoc adopt"):
        write(office)


def write(office: Store) -> None:
    with session(office) as opened:
        set_mark(opened, "home", "changed")
