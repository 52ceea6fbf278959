"""Opening the store: one engine, and transactions that are committed at their edge.

SQLite keeps a write-ahead log, so that readers never wait, and takes the write lock when a writing transaction begins:
one that began by reading could no longer be granted it. PostgreSQL is spoken to through psycopg 3.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from store.failures import read_only, unusable
from store.ledger import APPENDED, keep_head
from store.turns import Line
from store.version import check_version

BUSY_SECONDS = 30
"""How long a connection to SQLite waits for another to finish writing."""
CONNECT_SECONDS = 10
"""How long PostgreSQL may take to answer a new connection."""
CONNECTIONS = 40
"""How many to SQLite are kept: as many as a web server has threads, so that none waits for another's."""
UNDEFINED_TABLE = "42P01"
"""How PostgreSQL says that a table is not there."""
READING = "dondoc_reading"
"""Execution option of connections that only read."""

_log = logging.getLogger(__name__)


class MissingStoreError(FileNotFoundError):
    """The database file is not there. Making an empty one instead would remind nobody, and say nothing."""

    def __init__(self, database: Path) -> None:
        super().__init__(
            f"không thấy cơ sở dữ liệu {database}; kiểm tra DONDOC_HOME, "
            "hoặc khởi tạo đơn vị mới bằng lệnh dondoc adopt"
        )


class MissingTablesError(LookupError):
    """The database is there, and nobody has made the tables in it."""

    def __init__(self, url: URL) -> None:
        super().__init__(
            f"cơ sở dữ liệu {url.render_as_string()} chưa có các bảng của đơn vị; kiểm tra DONDOC_DATABASE_URL, "
            "hoặc khởi tạo đơn vị mới bằng lệnh dondoc adopt"
        )


@dataclass(frozen=True)
class Store:
    """A database, and the file outside it that keeps the head of the ledger's chain."""

    engine: Engine
    head_file: Path
    line: Line | None = field(default=None, compare=False, repr=False)
    """Where writers of this process wait for each other; None: the server sees to it."""


def open_store(url: str, head_file: Path) -> Store:
    """The store behind `sqlite:////absolute/path` or `postgresql://…`; nothing is connected to or created yet.

    Raises ValueError for another engine, and for a SQLite path that depends on the working directory.
    """
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        return Store(_sqlite(target), head_file, Line(BUSY_SECONDS))
    if target.get_backend_name() == "postgresql":
        return Store(_postgresql(target), head_file)
    raise ValueError(f"không hỗ trợ cơ sở dữ liệu {target.get_backend_name()}: chỉ dùng sqlite hoặc postgresql")


def require(url: str) -> None:
    """Raise MissingStoreError when the URL names a SQLite file that does not exist; a server answers for itself."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite" and not database_file(target).is_file():
        raise MissingStoreError(database_file(target))


def database_file(url: URL) -> Path:
    """The file of a SQLite URL. Raises ValueError unless its path is absolute."""
    path = Path(url.database or "")
    if not path.is_absolute():
        raise ValueError(f"đường dẫn cơ sở dữ liệu phải tuyệt đối: {url.database or '(trống)'}")
    return path


@contextmanager
def session(store: Store, *, any_version: bool = False) -> Iterator[Session]:
    """One writing transaction: committed at the end, rolled back when an exception passes.

    Afterwards the head file follows what was appended to the ledger. Raises MissingTablesError, UnusableStoreError, and
    OtherVersionError where the database is of another version than this program, unless `any_version` goes.
    """
    in_turn = store.line.turn() if store.line else nullcontext()
    with failures_told(store, writing=True), in_turn, Session(store.engine, expire_on_commit=False) as opened:
        with opened.begin():
            if not any_version:
                check_version(opened, store.engine.url)
            yield opened
        if opened.info.pop(APPENDED, False):
            _follow(opened, store.head_file)


@contextmanager
def reading(store: Store) -> Iterator[Session]:
    """One transaction that sees the database as of one moment, waits for no writer, and may not write.

    Raises MissingTablesError and UnusableStoreError.
    """
    options: dict[str, object] = {READING: True}
    if store.engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ"}
    with failures_told(store), Session(store.engine.execution_options(**options)) as opened:
        yield opened


@contextmanager
def failures_told(store: Store, *, writing: bool = False) -> Iterator[None]:
    """Say what to do where the database cannot be used or lacks the tables; every other failure passes as it is.

    `writing`: a refusal to write is the database's fault, not the program's.
    """
    try:
        yield
    except DBAPIError as error:
        no_table = getattr(error.orig, "sqlstate", None) == UNDEFINED_TABLE  # SQLite has no such codes
        if no_table or str(error.orig).startswith("no such table"):
            raise MissingTablesError(store.engine.url) from error
        refused = read_only(error, store.engine.url) if writing else None
        if told := refused or unusable(error, store.engine.url):
            raise told from error
        raise


def _follow(opened: Session, head_file: Path) -> None:
    # The entry is committed: a file that cannot be written must not make the caller believe otherwise.
    try:
        with opened.begin():
            keep_head(opened, head_file)
    except OSError as error:
        _log.warning("không ghi được tệp giữ đầu sổ %s: %s", head_file, error)


def _sqlite(url: URL) -> Engine:
    # mode=rw: connecting never makes a file; only `upgrade` does.
    address = f"{database_file(url).as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        # Transactions are begun by `_begin`. The pool hands a connection to one thread at a time.
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    engine = create_engine(url, creator=connect, pool_size=CONNECTIONS)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a claim outlives a power cut: it says that a mail may be out
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE deletes behind the triggers


def _begin(connection: Connection) -> None:
    only_reads = bool(connection.get_execution_options().get(READING))
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if only_reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,  # a connection may have died overnight
        connect_args={"connect_timeout": CONNECT_SECONDS},
    )
    event.listen(engine, "begin", _begin_served)
    return engine


def _begin_served(connection: Connection) -> None:
    # Not by SQLAlchemy's option: it lets the connection's later transactions begin with READ WRITE, and so write to a
    # server that was set to be read only.
    if connection.get_execution_options().get(READING):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
