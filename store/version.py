"""Whether this program and the database are of one version: an older program left running must not send any more.

Each writing transaction asks, so that a worker which is in the middle of a round when the database is upgraded claims
nothing from then on, and says why.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import URL
from sqlmodel import Session

from store.failures import UnusableStoreError

MIGRATIONS = Path(__file__).parent / "migrations"


class OtherVersionError(UnusableStoreError):
    """The tables are those of another version of the program."""


@cache
def our_versions() -> tuple[str, ...]:
    """The versions of the tables that this program knows, the newest first: the one it works with."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    return tuple(script.revision for script in scripts.walk_revisions())


def check_version(session: Session, url: URL) -> None:
    """Raise OtherVersionError unless the tables are of our version."""
    found = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    ours, *older = our_versions()
    if found == ours:
        return
    where = f"cơ sở dữ liệu {url.render_as_string()}"
    if found in older:
        raise OtherVersionError(
            f"{where} còn ở phiên bản {found}, chương trình này cần phiên bản {ours}; "
            "hãy nâng cấp bằng lệnh dondoc adopt rồi chạy lại"
        )
    raise OtherVersionError(
        f"{where} đã được bản Đôn Đốc mới hơn nâng cấp lên phiên bản {found}, chương trình này chỉ biết đến {ours}, "
        "nên ngừng ghi và ngừng gửi; hãy tắt tiến trình cũ và chạy bản mới"
    )
