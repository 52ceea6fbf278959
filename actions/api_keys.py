"""Keys of programs: made for a person and shown once, known again in constant time, revoked for good.

What a key reads and writes, its person reads and writes: no key may do more than they may that day. All moments are the
machine's (config.clock.wall): a demonstration's clock stands still, and a door must not.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from actions.office import Office
from actions.sign_in import hashed
from domain.access import Access, Part, access
from domain.clocktime import local_date
from domain.vietnamese import nfc
from domain.visible import hidden_mark
from store import reading, session
from store.api_keys import ApiKey, add, find, used
from store.api_keys import revoke as revoke_key

LASTS = timedelta(days=365)
LONGEST = timedelta(days=5 * 365)
_USED_EVERY = timedelta(hours=1)
"""How often use is written down: not with every request."""
_TOKEN = re.compile(r"dd_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NOBODY = hashed("")
"""What a secret is held against where there is no such key, so that the answer takes as long."""


class Scope(StrEnum):
    """What a program may do by a key."""

    READ = "read"
    WRITE = "write"


class UnfitKeyError(ValueError):
    """A key that cannot be made; the message says why and what would do."""


def make(
    office: Office, name: str, person: str, scopes: Iterable[Scope], by: str, at: datetime, lasts: timedelta = LASTS
) -> tuple[ApiKey, str]:
    """A new key and its text, which is told this once and kept nowhere. Raises UnfitKeyError."""
    wanted = tuple(sorted({scope.value for scope in scopes}))
    written = nfc(name).strip()
    if why := _unfit(written, wanted, lasts) or why_not_hold(office, person, wanted):
        raise UnfitKeyError(why)
    key_id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    key = ApiKey(
        id=key_id,
        hash=hashed(secret),
        name=written,
        person=person,
        scopes=wanted,
        made_at=at,
        made_by=by,
        expires_at=at + lasts,
    )
    with session(office.store) as opened:
        add(opened, key)
    return key, f"dd_{key_id}_{secret}"


def known(office: Office, token: str, at: datetime) -> ApiKey | None:
    """The key whose text it is, also one that no longer holds; a use of one that does is noted, hourly at most."""
    parts = _TOKEN.fullmatch(token)
    if parts is None:
        return None
    with reading(office.store) as opened:
        key = find(opened, parts[1])
    right = hmac.compare_digest(hashed(parts[2]), key.hash if key else _NOBODY)
    if key is None or not right:
        return None
    if key.holds(at) and (key.used_at is None or at - key.used_at > _USED_EVERY):
        with session(office.store) as opened:
            used(opened, key.id, at)
    return key


def revoke(office: Office, key_id: str, by: str, at: datetime) -> bool:
    """Let the key never be used again; False where there is none that could be."""
    with session(office.store) as opened:
        return revoke_key(opened, key_id, at, by)


def access_of(office: Office, person: str) -> Access | None:
    """What the person may see and do today; None for somebody unknown or without a post."""
    configuration = office.configuration()
    found = configuration.rules.office.person(person)
    if found is None:
        return None
    return access(configuration.rules, configuration.monitors, found, local_date(office.moment()))


def may_record(theirs: Access) -> bool:
    """Whether the person's posts let them record anything at all: who carries work out, or monitors it."""
    return theirs.may(Part.OWN) or theirs.may(Part.MONITOR)


def why_not_hold(office: Office, person: str, scopes: Iterable[str]) -> str | None:
    """Why the person cannot have a key of these scopes."""
    theirs = access_of(office, person)
    if theirs is None:
        return f"không có cán bộ “{person}” đang giữ vị trí công tác trong people.yaml"
    if Scope.WRITE.value in scopes and not may_record(theirs):
        return f"{theirs.person.name} ({person}) không có quyền ghi sổ; chỉ cấp được khoá đọc (read)"
    return None


def _unfit(name: str, scopes: tuple[str, ...], lasts: timedelta) -> str | None:
    if not 1 <= len(name) <= 80 or hidden_mark(name) or not name.isprintable():
        return "tên khoá dài từ 1 đến 80 ký tự, không có ký tự ẩn; ví dụ: Phần mềm kế toán huyện"
    if not scopes:
        return "khoá phải có ít nhất một quyền: read (đọc) hoặc write (ghi)"
    if not timedelta(0) < lasts <= LONGEST:
        return f"khoá dùng được từ 1 đến {LONGEST.days} ngày"
    return None
