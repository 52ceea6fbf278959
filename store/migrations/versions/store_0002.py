"""Zalo: tokens of the Official Account, events dealt with, and who its users are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "zalo_token",
        sa.Column("oa_id", sa.String(), primary_key=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("refresh", sa.String(), nullable=False),
        sa.Column("obtained_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("lease_until", INSTANT),
        sa.Column("not_before", INSTANT),
        sa.Column("note", sa.String()),
        sa.Column("alarmed_at", INSTANT),
    )
    op.create_table(
        "zalo_event",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_zalo_event_at", "zalo_event", ["at"])
    op.create_table(
        "zalo_contact",
        sa.Column("oa_id", sa.String(), primary_key=True),
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("person", sa.String()),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("heard_at", INSTANT),
    )
    op.create_index("ix_zalo_contact_person", "zalo_contact", ["person"])
