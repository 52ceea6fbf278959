"""Spreadsheets that were sent in: kept as they came, with what became of their rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import defer
from sqlmodel import Session, and_, col, select, update

from store.statements import insert_into
from store.tables_files import UploadRow


@dataclass(frozen=True)
class Upload:
    """A file somebody sent; the same file from the same person is one."""

    hash: str
    """SHA-256 of the content, hex."""
    person: str
    name: str
    at: datetime
    saved: Mapping[str, str]
    """Row → id of the entry it became."""
    saved_at: datetime | None


def keep(session: Session, upload: Upload, content: bytes) -> None:
    """Keep the file; sent again, it stays as it first came."""
    row = {
        "hash": upload.hash,
        "person": upload.person,
        "name": upload.name,
        "content": content,
        "at": upload.at,
        "saved": json.dumps(dict(upload.saved)),
        "saved_at": upload.saved_at,
    }
    session.exec(insert_into(session, UploadRow).values(row).on_conflict_do_nothing())


def note_saved(session: Session, digest: str, person: str, saved: Mapping[str, str], at: datetime) -> None:
    """Add rows that became entries."""
    whose = and_(col(UploadRow.hash) == digest, col(UploadRow.person) == person)
    before = json.loads(session.exec(select(UploadRow.saved).where(whose).with_for_update()).one())
    session.exec(update(UploadRow).where(whose).values(saved=json.dumps(before | dict(saved)), saved_at=at))


def uploads(session: Session, person: str | None = None) -> tuple[Upload, ...]:
    """The files, the newest first: of one person where given. Their contents stay where they are."""
    query = select(UploadRow).options(defer(UploadRow.content)).order_by(col(UploadRow.at).desc(), UploadRow.hash)  # type: ignore[arg-type]
    if person is not None:
        query = query.where(UploadRow.person == person)
    return tuple(_upload(row) for row in session.exec(query))


def content_of(session: Session, digest: str, person: str) -> bytes | None:
    """The file itself."""
    query = select(UploadRow.content).where(UploadRow.hash == digest, UploadRow.person == person)
    return session.exec(query).one_or_none()


def _upload(row: UploadRow) -> Upload:
    return Upload(row.hash, row.person, row.name, row.at, json.loads(row.saved), row.saved_at)
