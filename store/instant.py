"""The type of every column that holds an instant.

The convention, stated once: an instant goes in aware, is stored in UTC, and comes out aware in UTC. A plain DateTime
on SQLite drops the zone without a word, which makes 17:00 in Lạng Sơn seven hours late.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcInstant(TypeDecorator[datetime]):
    """An aware datetime. Binding a naive one raises ValueError, wrapped in SQLAlchemy's StatementError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC, without its zone where the engine has no type for one."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"thời điểm {value.isoformat()} không có múi giờ")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant, aware, in UTC: PostgreSQL answers in the zone of the connection."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)
