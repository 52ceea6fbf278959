"""What of the audit log an address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.reading import Configuration
from domain.clocktime import at
from domain.searching import finds
from domain.vietnamese import nfc
from store.audit import Cursor, Wanted
from web.admin.audit_words import FAMILIES, WORDS
from web.form import read_day

_NAMES = ("ai", "loai", "tu", "den")
_LONGEST = 200


@dataclass(frozen=True)
class Query:
    """The filters of an address."""

    asked: Mapping[str, str]
    """As they came, for showing them again."""
    wanted: Wanted
    wrong: tuple[str, ...]
    """What could not be read: it filters nothing, and is said."""


def read_query(params: Mapping[str, str], configuration: Configuration) -> Query:
    """The filters of an address."""
    asked = {name: nfc(params.get(name, "")).strip()[:_LONGEST] for name in _NAMES}
    days = {name: read_day(asked[name]) for name in ("tu", "den")}
    unread = [asked[name] for name in days if asked[name] and not days[name]]
    wrong = [f"chưa đọc được ngày “{text}”; cần dạng 30/9/2024" for text in unread]
    kind = asked["loai"] if asked["loai"] in {*FAMILIES, *WORDS} else ""
    if asked["loai"] and not kind:
        wrong.append(f"không có loại “{asked['loai']}”")
    since, until = days["tu"], days["den"]
    wanted = Wanted(
        who=_people(asked["ai"], configuration) if asked["ai"] else None,
        what=kind,
        since=at(since) if since else None,
        until=at(until + timedelta(days=1)) if until else None,
    )
    return Query({name: value for name, value in asked.items() if value}, wanted, tuple(wrong))


def read_cursor(text: str) -> Cursor | None:
    """Where to go on from, as `cursor_text` wrote it; None for anything else."""
    parts = text.split("~", 3)
    try:
        moment, rank, number = datetime.fromisoformat(parts[0]), int(parts[1]), int(parts[2])
    except (ValueError, IndexError):
        return None
    safe = len(parts) == 4 and moment.tzinfo is not None and 0 <= rank < 100 and 0 <= number < 2**62
    return Cursor(moment, rank, number, parts[3][:_LONGEST]) if safe else None


def cursor_text(cursor: Cursor) -> str:
    """The cursor as an address carries it."""
    return f"{cursor.at.isoformat()}~{cursor.rank}~{cursor.number}~{cursor.key}"


def _people(text: str, configuration: Configuration) -> frozenset[str]:
    """Codes of the people that are found by the text, and the text itself: who is gone is still in the log."""
    people = configuration.rules.office.people
    found = {one.code for one in people if finds(text, f"{one.code} {one.name}")}
    return frozenset({*found, text})
