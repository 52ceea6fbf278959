"""Keys of programs: who may read and write by them, until when. The secret part is kept as its hash alone."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, insert, select, update

from domain.frozen import Frozen, Instant
from store.tables_access import ApiKeyRow


class ApiKey(Frozen):
    """A key by which a program reads or writes for a person."""

    id: str
    """The open part."""
    hash: str
    """SHA-256 of the secret part, hex."""
    name: str
    person: str
    scopes: tuple[str, ...]
    made_at: Instant
    made_by: str
    expires_at: Instant
    revoked_at: Instant | None = None
    revoked_by: str | None = None
    used_at: Instant | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it can be used."""
        return self.revoked_at is None and at < self.expires_at


def add(session: Session, key: ApiKey) -> None:
    """Let the key be used from now on."""
    session.exec(insert(ApiKeyRow).values(**key.model_dump(exclude={"scopes"}), scopes=" ".join(key.scopes)))


def find(session: Session, key_id: str) -> ApiKey | None:
    """The key of that id, whether or not it still holds."""
    row = session.exec(select(ApiKeyRow).where(ApiKeyRow.id == key_id)).one_or_none()
    return None if row is None else _key(row)


def keys(session: Session) -> tuple[ApiKey, ...]:
    """Every key that was ever made, the newest first."""
    rows = session.exec(select(ApiKeyRow).order_by(col(ApiKeyRow.made_at).desc(), col(ApiKeyRow.id)))
    return tuple(_key(row) for row in rows)


def used(session: Session, key_id: str, at: datetime) -> None:
    """It was used then."""
    session.exec(update(ApiKeyRow).where(col(ApiKeyRow.id) == key_id).values(used_at=at))


def revoke(session: Session, key_id: str, at: datetime, by: str) -> bool:
    """Let the key never be used again; False where there is none, or it was revoked before."""
    standing = (col(ApiKeyRow.id) == key_id, col(ApiKeyRow.revoked_at).is_(None))
    return session.exec(update(ApiKeyRow).where(*standing).values(revoked_at=at, revoked_by=by)).rowcount > 0


def _key(row: ApiKeyRow) -> ApiKey:
    return ApiKey(**row.model_dump(exclude={"scopes"}), scopes=tuple(row.scopes.split()))
