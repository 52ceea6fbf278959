"""The migrations make the tables that the code declares."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from store import Store, open_store, reading, session, upgrade
from store.head import EMPTY, read_head
from store.ledger import append
from store.marks import read_mark, set_mark
from tests.store.builders import entry


def test_migrations_and_tables_agree(office: Store) -> None:
    with office.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_upgrading_again_keeps_what_is_there(office: Store) -> None:
    with session(office) as opened:
        append(opened, entry(1))
    kept = read_head(office.head_file)
    upgrade(office)
    assert read_head(office.head_file) == kept


def test_an_empty_ledger_has_its_file(office: Store) -> None:
    assert read_head(office.head_file) == EMPTY


def test_a_lost_file_is_not_made_again_beside_a_written_ledger(office: Store) -> None:
    with session(office) as opened:
        append(opened, entry(1))
    office.head_file.unlink()
    upgrade(office)
    assert not office.head_file.exists()


def test_the_migrations_are_found_from_any_folder(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    office = open_store(url, tmp_path / "ledger.head")
    upgrade(office)
    with session(office) as opened:
        set_mark(opened, "home", "real")
    with reading(office) as opened:
        assert read_mark(opened, "home") == "real"
    office.engine.dispose()
