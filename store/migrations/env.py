"""What Alembic runs: the migrations, on the connection that store/upgrade.py opened."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import store.tables
import store.tables_access
import store.tables_files  # noqa: F401  the three fill the metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata)
context.run_migrations()
