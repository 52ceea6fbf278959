"""Versions of the configuration: each adoption is a row, the latest of a part is in force, removal is a row as well."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam
from sqlalchemy import select as columns_of
from sqlmodel import Session, SQLModel, col, func, insert, select

from config.areas import Area
from domain.frozen import Frozen, Instant
from store.tables import ConfigVersionRow

_VERSION = SQLModel.metadata.tables["config_version"].c
_NEWEST = columns_of(func.max(_VERSION["id"]))
_FIRST = columns_of(func.min(_VERSION["adopted_at"])).where(
    _VERSION["area"] == bindparam("area"), _VERSION["code"] == bindparam("code")
)
"""Asked with every page and every look: made once, and of the table itself, they take a quarter of the time."""


class Version(Frozen):
    """One adopted version of one part."""

    area: Area
    code: str
    """Which part of the area, e.g. the code of a notice."""
    adopted_at: Instant
    adopted_by: str
    sha256: str
    """Of the body, hex."""
    body: str
    """JSON text."""


def adopt(session: Session, area: Area, code: str, body: str, adopted_at: datetime, by: str) -> bool:
    """Make the body (JSON text) current. False, and nothing written, when it already is."""
    digest = sha256(body.encode()).hexdigest()
    newest = select(ConfigVersionRow.sha256, ConfigVersionRow.removed).where(
        ConfigVersionRow.area == area, ConfigVersionRow.code == code
    )
    if session.exec(newest.order_by(col(ConfigVersionRow.id).desc()).limit(1)).first() == (digest, False):
        return False
    version = Version(area=area, code=code, adopted_at=adopted_at, adopted_by=by, sha256=digest, body=body)
    _write(session, version, removed=False)
    return True


def remove(session: Session, area: Area, code: str, removed_at: datetime, by: str) -> bool:
    """Take the part out of force. False, and nothing written, when it is not in force."""
    standing = [version for version in current(session, area) if version.code == code]
    for version in standing:
        removal = version.model_copy(update={"adopted_at": removed_at, "adopted_by": by})
        _write(session, removal, removed=True)
    return bool(standing)


def current(session: Session, area: Area | None = None) -> tuple[Version, ...]:
    """The version in force of every part, of one area where given, by area and code."""
    return _in_force(session, area, None)


def newest(session: Session) -> int:
    """The number of the latest row: as long as it is the same, so is everything adopted; 0 before the first."""
    return session.execute(_NEWEST).scalar_one() or 0


def first_adopted(session: Session, area: Area, code: str) -> datetime | None:
    """When the part was adopted for the first time; None if it never was."""
    first: datetime | None = session.execute(_FIRST, {"area": area, "code": code}).scalar_one()
    return first


def all_first_adopted(session: Session, area: Area) -> dict[str, datetime]:
    """When each part of the area was adopted for the first time, by code."""
    first = select(ConfigVersionRow.code, func.min(ConfigVersionRow.adopted_at)).where(ConfigVersionRow.area == area)
    return dict(session.exec(first.group_by(ConfigVersionRow.code)).all())


def current_at(session: Session, at: datetime) -> tuple[Version, ...]:
    """The versions that were in force at that instant, by area and code."""
    return _in_force(session, None, at)


def _in_force(session: Session, area: Area | None, at: datetime | None) -> tuple[Version, ...]:
    newest = select(func.max(ConfigVersionRow.id)).group_by(ConfigVersionRow.area, ConfigVersionRow.code)
    if area is not None:
        newest = newest.where(ConfigVersionRow.area == area)
    if at is not None:
        newest = newest.where(ConfigVersionRow.adopted_at <= at)
    query = columns_of(*(_VERSION[name] for name in Version.model_fields))
    query = query.where(_VERSION["id"].in_(newest), ~_VERSION["removed"]).order_by(_VERSION["area"], _VERSION["code"])
    return tuple(Version.model_validate(row) for row in session.execute(query).mappings())


def _write(session: Session, version: Version, *, removed: bool) -> None:
    session.exec(insert(ConfigVersionRow).values(**version.model_dump(), removed=removed))
