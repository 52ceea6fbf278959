"""Bringing a database to the tables of this version, from nothing or from any earlier one."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from store.engine import Store, database_file, failures_told, session
from store.head import EMPTY, read_head, write_head
from store.ledger import head
from store.version import MIGRATIONS

UPGRADE_LOCK = 7306
"""Any number that nothing else locks in the same PostgreSQL database."""


def upgrade(store: Store) -> None:
    """Create what is missing: the SQLite file, the tables up to the newest migration, the file of an empty ledger.

    All in one transaction, one process at a time: a second one waits and finds nothing left to do.
    Raises UnusableStoreError.
    """
    if store.engine.dialect.name == "sqlite":
        database = database_file(store.engine.url)
        database.parent.mkdir(parents=True, exist_ok=True)
        database.touch()  # an empty file is an empty database
    with failures_told(store), store.engine.begin() as connection:
        migrate(connection)
    with session(store) as opened:
        # Only beside an empty ledger: a missing file beside a written one is what `verify` reports.
        if head(opened) == EMPTY and read_head(store.head_file) is None:
            write_head(store.head_file, EMPTY)


def migrate(connection: Connection) -> None:
    """Run the migrations that are due, in the transaction of the connection."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
