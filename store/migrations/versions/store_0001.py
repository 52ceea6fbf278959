"""The tables as first released, and the triggers that keep what was written as it was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INSTANT = sa.DateTime(timezone=True)
NEVER_CHANGED = ("entry", "attempt")
TEXT_OF_A_MESSAGE = "id, person, channel, address, at, subject, text, html, claimed_at"
REFUSAL = "chỉ được ghi thêm, không được sửa hoặc xoá"


def upgrade() -> None:
    """Create everything."""
    _ledger()
    _configuration()
    _outbox()
    if op.get_bind().dialect.name == "sqlite":
        _triggers_of_sqlite()
    else:
        _triggers_of_postgresql()


def _ledger() -> None:
    op.create_table(
        "entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("id", sa.String(), nullable=False, unique=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("directive", sa.String(), nullable=False),
        sa.Column("subject", sa.String()),
        sa.Column("metric", sa.String()),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
    )
    op.create_index("entry_by_directive", "entry", ["directive", "seq"])
    head = op.create_table(
        "chain_head",
        sa.Column("id", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name="chain_head_is_one_row"),
    )
    op.bulk_insert(head, [{"id": 1, "count": 0, "hash": "0" * 64}])


def _configuration() -> None:
    op.create_table(
        "config_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("adopted_at", INSTANT, nullable=False),
        sa.Column("adopted_by", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
    )
    op.create_index("config_version_by_part", "config_version", ["area", "code", "id"])
    op.create_table(
        "moment",
        sa.Column("directive", sa.String(), primary_key=True),
        sa.Column("next_moment", INSTANT),
        sa.Column("evaluated_at", INSTANT, nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
    )
    op.create_index("ix_moment_next_moment", "moment", ["next_moment"])
    op.create_table(
        "mark",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
    )


def _outbox() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String()),
        sa.Column("claimed_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("unknowns", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("lease_until", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
    )
    op.create_index("message_by_state", "message", ["state", "lease_until"])
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("directive", sa.String(), nullable=False),
        sa.Column("milestone", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("occurrence", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("subjects", sa.String(), nullable=False),
        sa.Column("rung_at", INSTANT, nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String()),
        sa.Column("message_id", sa.String(), sa.ForeignKey("message.id")),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.UniqueConstraint(
            "directive", "milestone", "rung", "occurrence", "person", "channel", name="delivery_exists_once"
        ),
    )
    op.create_index("delivery_by_state", "delivery", ["state", "not_before"])
    op.create_index("delivery_by_message", "delivery", ["message_id"])
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("message_id", sa.String(), sa.ForeignKey("message.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("code", sa.String()),
        sa.Column("detail", sa.String()),
    )
    op.create_index("ix_attempt_message_id", "attempt", ["message_id"])


def _triggers_of_sqlite() -> None:
    events = [(f"{action} ON {table}", table) for table in NEVER_CHANGED for action in ("UPDATE", "DELETE")]
    events += [(f"UPDATE OF {TEXT_OF_A_MESSAGE} ON message", "message"), ("DELETE ON message", "message")]
    for event, table in events:
        name = f"{table}_refuses_{event.partition(' ')[0].lower()}"
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{table}: {REFUSAL}'); END")


def _triggers_of_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '%: {REFUSAL}', TG_TABLE_NAME; END $$"
    )
    events = [(f"UPDATE OR DELETE OR TRUNCATE ON {table}", table) for table in NEVER_CHANGED]
    events += [(f"UPDATE OF {TEXT_OF_A_MESSAGE} OR DELETE OR TRUNCATE ON message", "message")]
    for event, table in events:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE {event} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
