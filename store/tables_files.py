"""The tables of files: evidence behind statements, spreadsheets that were uploaded, hand-overs under review."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from store.instant import UtcInstant


class EvidenceRow(SQLModel, table=True):
    """A file that proves a statement, under its hash. Triggers refuse any change."""

    __tablename__ = "evidence"

    hash: str = Field(primary_key=True)
    """SHA-256 of the content, hex."""
    name: str
    content_type: str
    size: int
    """Bytes."""
    content: bytes = Field(sa_type=LargeBinary)
    person: str
    """Who brought it first."""
    at: datetime = Field(sa_type=UtcInstant)


class UploadRow(SQLModel, table=True):
    """A spreadsheet a person uploaded, and what of it was saved; the same file twice is one row."""

    __tablename__ = "upload"

    hash: str = Field(primary_key=True)
    """SHA-256 of the content, hex."""
    person: str = Field(primary_key=True)
    name: str
    content: bytes = Field(sa_type=LargeBinary)
    at: datetime = Field(sa_type=UtcInstant)
    saved: str
    """JSON: row number → id of the entry it became."""
    saved_at: datetime | None = Field(sa_type=UtcInstant)


class HandOverRow(SQLModel, table=True):
    """Open work that is to pass to others: proposed, looked through, then confirmed or withdrawn."""

    __tablename__ = "hand_over"

    id: str = Field(primary_key=True)
    body: str
    """JSON of the proposal: what passes from which unit to which."""
    reason: str
    """The document it rests on."""
    day: str
    """ISO day from which it holds."""
    proposed_by: str
    proposed_at: datetime = Field(sa_type=UtcInstant)
    outcome: str | None = Field(index=True)
    """None while it is under review."""
    decided_by: str | None
    decided_at: datetime | None = Field(sa_type=UtcInstant)
