"""Two web servers, each in a process of its own: an office's pages, and the bare routes that they are held against."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Column, Engine, Integer, MetaData, Table, Text, create_engine, desc, insert, select
from sqlmodel import SQLModel

from actions.office import opened_office
from config.settings import ROOT, load
from web.office_pages import office_app
from web.serve import Served
from web.warm import warm

OFFICE, BARE = "office", "bare"
NEWEST = 20
"""Entries that the bare route reads: as many as a directive's page shows."""
_BUSY_SECONDS = 30
_ENTRY = SQLModel.metadata.tables["entry"]
_KEPT = Table(
    "entry",
    MetaData(),
    Column("seq", Integer, primary_key=True),
    Column("id", Text, unique=True),
    Column("directive", Text, index=True),
    Column("body", Text),
)


class Row(BaseModel):
    """What is given to the bare route to keep."""

    id: str
    directive: str
    body: str


@contextmanager
def served(what: str, home: Path) -> Iterator[int]:
    """The server's port on loopback, for the time of the block."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
    command, env = [sys.executable, "-m", "bench.common.served", what], {**others, "DONDOC_HOME": str(home)}
    with subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as one:
        assert one.stdin is not None
        assert one.stdout is not None
        try:
            yield int(one.stdout.readline())
        finally:
            one.stdin.close()


def bare(ledger: Engine, own: Engine) -> FastAPI:
    """One SELECT of the newest entries of a directive; one INSERT with its commit into a table without a chain."""
    app = FastAPI()
    newest = select(_ENTRY.c.seq, _ENTRY.c.hash, _ENTRY.c.body).order_by(desc(_ENTRY.c.seq)).limit(NEWEST)

    @app.get("/{code}")
    def read(code: str) -> list[dict[str, Any]]:
        with ledger.connect() as connection:
            found = connection.execute(newest.where(_ENTRY.c.directive == code))
            return [dict(row) for row in found.mappings()]

    @app.post("/")
    def keep(row: Row) -> dict[str, str]:
        with own.begin() as connection:
            connection.execute(insert(_KEPT).values(row.model_dump()))
        return {"id": row.id}

    return app


def _bare(home: Path) -> FastAPI:
    """Over the ledger of the office in that home, and a new database as durable as it (SQLite begins with FULL)."""
    waiting = {"timeout": _BUSY_SECONDS}
    ledger = create_engine(load(home).database, connect_args=waiting)
    own = create_engine(f"sqlite:///{home}/bare.sqlite", connect_args=waiting)
    with own.begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        _KEPT.create(connection, checkfirst=True)
    return bare(ledger, own)


def _serve(app: FastAPI) -> None:
    """Say the port on standard output, and serve until standard input ends."""
    with Served(app, 0, "DONDOC_WEB_PORT") as server:
        print(server.port, flush=True)
        sys.stdin.read()


def _work(what: str) -> None:
    with opened_office() as office:
        if what == BARE:
            _serve(_bare(office.settings.home))
        else:
            with warm(office):
                _serve(office_app(office))


if __name__ == "__main__":
    _work(sys.argv[1])
