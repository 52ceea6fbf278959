"""The tables of who comes in: links to sign in by, sessions in a browser, keys of programs. Secrets are kept hashed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from store.instant import UtcInstant


class SignInRow(SQLModel, table=True):
    """A link to sign in by that was asked for, or an attempt to ask for one."""

    __tablename__ = "sign_in"
    __table_args__ = (
        Index("sign_in_by_person", "person", "asked_at"),
        Index("sign_in_by_origin", "origin", "asked_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(unique=True)
    """SHA-256 of the link's token, hex; of an attempt that made none, of any unguessable text."""
    person: str
    """Empty: nobody of that address."""
    origin: str
    """Network address it was asked from."""
    asked_at: datetime = Field(sa_type=UtcInstant)
    expires_at: datetime = Field(sa_type=UtcInstant)
    used_at: datetime | None = Field(sa_type=UtcInstant)


class WebSessionRow(SQLModel, table=True):
    """A person signed in on one browser."""

    __tablename__ = "web_session"

    hash: str = Field(primary_key=True)
    """SHA-256 of the cookie's token, hex."""
    person: str = Field(index=True)
    way: str
    """How they came in, for the audit log."""
    began_at: datetime = Field(sa_type=UtcInstant)
    seen_at: datetime = Field(sa_type=UtcInstant)
    expires_at: datetime = Field(sa_type=UtcInstant)
    ended_at: datetime | None = Field(sa_type=UtcInstant)


class ApiKeyRow(SQLModel, table=True):
    """A key by which a program reads or writes for a person."""

    __tablename__ = "api_key"

    id: str = Field(primary_key=True)
    """The open part of the key."""
    hash: str
    """SHA-256 of the secret part, hex."""
    name: str
    person: str
    """Whose statements they are."""
    scopes: str
    """Words parted by a space."""
    made_at: datetime = Field(sa_type=UtcInstant)
    made_by: str
    expires_at: datetime = Field(sa_type=UtcInstant)
    revoked_at: datetime | None = Field(sa_type=UtcInstant)
    revoked_by: str | None
    used_at: datetime | None = Field(sa_type=UtcInstant)


class ApiAnswerRow(SQLModel, table=True):
    """What a program was answered under an idempotency key: asked again, it is answered the same."""

    __tablename__ = "api_answer"

    key: str = Field(primary_key=True)
    """Id of the API key."""
    idempotency: str = Field(primary_key=True)
    digest: str
    """SHA-256 of the request, hex."""
    status: int
    body: str
    at: datetime = Field(sa_type=UtcInstant, index=True)
