"""Channels that are stopped, what admins are told, pictures in messages, receipts, and questions asked on Zalo."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

INSTANT = sa.DateTime(timezone=True)
REFUSAL = "picture: chỉ được ghi thêm, không được sửa hoặc xoá"


def upgrade() -> None:
    """Create the four tables and the column."""
    _messages()
    _pictures()
    _stops()
    _notices()
    _questions()


def _messages() -> None:
    op.add_column("message", sa.Column("provider_id", sa.String()))
    op.create_index("ix_message_provider_id", "message", ["provider_id"])
    op.create_index("message_by_day", "message", ["at"])
    op.create_index("message_by_person", "message", ["person", "channel", "at"])
    op.create_index("message_by_channel", "message", ["channel", "claimed_at"])


def _stops() -> None:
    op.create_table(
        "channel_stop",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT),
        sa.Column("lifted_at", INSTANT),
        sa.Column("lifted_by", sa.String()),
    )
    still_open = sa.text("lifted_at IS NULL")
    op.create_index(
        "channel_stop_is_open_once",
        "channel_stop",
        ["channel", "person", "kind"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("told_at", INSTANT),
        sa.Column("told", sa.String()),
    )
    op.create_index("ix_notice_told_at", "notice", ["told_at"])


def _questions() -> None:
    op.create_table(
        "zalo_question",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("oa_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("directive", sa.String(), nullable=False),
        sa.Column("milestone", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("subject", sa.String()),
        sa.Column("occurrence", sa.Date()),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answer", sa.String()),
        sa.Column("answered_at", INSTANT),
    )
    op.create_index("zalo_question_by_user", "zalo_question", ["oa_id", "user_id", "asked_at"])


def _pictures() -> None:
    op.create_table(
        "picture",
        sa.Column("message_id", sa.String(), sa.ForeignKey("message.id"), primary_key=True),
        sa.Column("cid", sa.String(), primary_key=True),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        for action in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER picture_refuses_{action} BEFORE {action.upper()} ON picture "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER picture_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON picture "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
