"""Signing in, sessions, keys of programs, evidence, uploaded spreadsheets, hand-overs under review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

INSTANT = sa.DateTime(timezone=True)
REFUSAL = "evidence: chỉ được ghi thêm, không được sửa hoặc xoá"


def upgrade() -> None:
    """Create the seven tables, and let the few entries of a kind be found among many."""
    op.create_index("entry_by_kind", "entry", ["kind", "seq"])
    _signing_in()
    _programs()
    _evidence()
    op.create_table(
        "upload",
        sa.Column("hash", sa.String(), primary_key=True),
        sa.Column("person", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("saved", sa.String(), nullable=False),
        sa.Column("saved_at", INSTANT),
    )
    op.create_table(
        "hand_over",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String()),
        sa.Column("decided_by", sa.String()),
        sa.Column("decided_at", INSTANT),
    )
    op.create_index("ix_hand_over_outcome", "hand_over", ["outcome"])


def _signing_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("hash", sa.String(), nullable=False, unique=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
    )
    op.create_index("sign_in_by_person", "sign_in", ["person", "asked_at"])
    op.create_index("sign_in_by_origin", "sign_in", ["origin", "asked_at"])
    op.create_table(
        "web_session",
        sa.Column("hash", sa.String(), primary_key=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
    )
    op.create_index("ix_web_session_person", "web_session", ["person"])


def _programs() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.Column("revoked_by", sa.String()),
        sa.Column("used_at", INSTANT),
    )
    op.create_table(
        "api_answer",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("idempotency", sa.String(), primary_key=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_api_answer_at", "api_answer", ["at"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("hash", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        for action in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER evidence_refuses_{action} BEFORE {action.upper()} ON evidence "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER evidence_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
