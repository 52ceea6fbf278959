"""Opening a store, and the edges of its transactions."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import insert

from domain.clocktime import VIETNAM
from store import (
    MissingStoreError,
    MissingTablesError,
    Store,
    UnusableStoreError,
    open_store,
    reading,
    require,
    session,
    upgrade,
)
from store.marks import read_mark, set_mark
from store.tables import AttemptRow, MomentRow
from tests.store.builders import MORNING


def test_a_missing_database_is_refused_and_not_made(tmp_path: Path) -> None:
    database = tmp_path / "store.db"
    with pytest.raises(MissingStoreError, match=r"không thấy cơ sở dữ liệu .*store\.db"):
        require(f"sqlite:///{database}")
    office = open_store(f"sqlite:///{database}", tmp_path / "ledger.head")
    with pytest.raises(UnusableStoreError, match="không mở hoặc không ghi được"), session(office) as opened:
        set_mark(opened, "home", "real")
    assert not database.exists()


def test_a_database_without_tables_is_refused_with_the_way_out(url: str, tmp_path: Path) -> None:
    office = open_store(url, tmp_path / "ledger.head")
    (tmp_path / "store.db").touch()
    for opening in (session, reading):
        with pytest.raises(MissingTablesError, match="bằng lệnh dondoc adopt"), opening(office) as opened:
            read_mark(opened, "home")
    office.engine.dispose()


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"khong phai co so du lieu" * 300)
    office = open_store(f"sqlite:///{tmp_path / 'store.db'}", tmp_path / "ledger.head")
    with pytest.raises(UnusableStoreError, match="bị hỏng hoặc không phải của Đôn Đốc; hãy khôi phục"):
        upgrade(office)
    for opening in (session, reading):
        with pytest.raises(UnusableStoreError, match="khôi phục từ bản sao lưu"), opening(office) as opened:
            read_mark(opened, "home")
    office.engine.dispose()


def test_a_server_that_does_not_answer_is_told_without_the_password(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"postgresql://dondoc:bi-mat@127.0.0.1:{nobody.getsockname()[1]}/dondoc"
        office = open_store(url, tmp_path / "ledger.head")
        with pytest.raises(UnusableStoreError, match=r"không kết nối được .*DONDOC_DATABASE_URL") as told:
            upgrade(office)
    assert "bi-mat" not in str(told.value)


def test_a_password_is_not_told(tmp_path: Path) -> None:
    office = open_store("postgresql://dondoc:bi-mat@office/dondoc", tmp_path / "ledger.head")
    told = str(MissingTablesError(office.engine.url))
    assert "office/dondoc" in told
    assert "bi-mat" not in told


def test_a_database_that_exists_is_not_refused(office: Store, url: str) -> None:
    require(url)
    with reading(office) as opened:
        assert read_mark(opened, "home") is None


@pytest.mark.parametrize("url", ["sqlite:///store.db", "sqlite://"])
def test_a_path_that_depends_on_the_working_directory_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="phải tuyệt đối"):
        open_store(url, tmp_path / "ledger.head")
    with pytest.raises(ValueError, match="phải tuyệt đối"):
        require(url)


def test_another_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="chỉ dùng sqlite hoặc postgresql"):
        open_store("mysql://office", tmp_path / "ledger.head")


def test_a_path_with_spaces_and_letters_of_vietnamese_is_only_a_path(tmp_path: Path) -> None:
    office = open_store(f"sqlite:///{tmp_path}/Bắc Sơn 100%/sổ.db", tmp_path / "ledger.head")
    upgrade(office)
    assert (tmp_path / "Bắc Sơn 100%" / "sổ.db").stat().st_size > 0
    office.engine.dispose()


def test_a_session_commits_at_its_end(office: Store) -> None:
    with session(office) as opened:
        set_mark(opened, "home", "demo")
        set_mark(opened, "home", "real")
    with reading(office) as opened:
        assert (read_mark(opened, "home"), read_mark(opened, "away")) == ("real", None)


def test_an_exception_leaves_nothing_behind(office: Store) -> None:
    def fail_halfway() -> None:
        with session(office) as opened:
            set_mark(opened, "home", "demo")
            raise KeyError

    with pytest.raises(KeyError):
        fail_halfway()
    with reading(office) as opened:
        assert read_mark(opened, "home") is None


def test_reading_may_not_write(office: Store) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), reading(office) as opened:
        set_mark(opened, "home", "demo")
    with session(office) as opened:
        set_mark(opened, "home", "demo")  # the connection goes back to the pool as it was


def test_a_reader_sees_one_moment_and_holds_up_no_writer(office: Store) -> None:
    with session(office) as opened:
        set_mark(opened, "home", "before")
    with reading(office) as reader:
        assert read_mark(reader, "home") == "before"
        with session(office) as writer:
            set_mark(writer, "home", "after")
        assert read_mark(reader, "home") == "before"


def test_writers_take_turns(office: Store) -> None:
    # Each reads before it writes: a transaction that began as a reader would be refused the lock on SQLite.
    def count() -> None:
        for _ in range(20):
            with session(office) as opened:
                set_mark(opened, threading.current_thread().name, read_mark(opened, "home") or "x")

    threads = [threading.Thread(target=count, name=f"writer-{number}") for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(office) as opened:
        assert [read_mark(opened, thread.name) for thread in threads] == ["x", "x", "x"]


def test_a_row_cannot_point_at_nothing(office: Store) -> None:
    orphan = insert(AttemptRow).values(message_id="none", number=1, at=MORNING, outcome="accepted")
    with pytest.raises(IntegrityError), session(office) as opened:
        opened.exec(orphan)


def test_an_instant_comes_back_as_the_same_instant_aware(office: Store) -> None:
    five = datetime(2024, 6, 30, 17, tzinfo=VIETNAM)
    with session(office) as opened:
        opened.add(MomentRow(directive="khoi-cong", next_moment=five, evaluated_at=five.astimezone(UTC), seen=0))
    with reading(office) as opened:
        row = opened.get_one(MomentRow, "khoi-cong")
        assert row.next_moment == row.evaluated_at == five
        assert row.evaluated_at.isoformat() == "2024-06-30T10:00:00+00:00"


def test_an_instant_without_a_zone_is_refused(office: Store) -> None:
    naive = datetime(2024, 6, 30, 17)  # noqa: DTZ001  what the test is about
    with pytest.raises(StatementError, match="không có múi giờ"), session(office) as opened:
        opened.add(MomentRow(directive="khoi-cong", next_moment=None, evaluated_at=naive, seen=0))
