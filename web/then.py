"""Which moment a page is about: now, or what was so on a day, as known by a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.clocktime import last_instant, local_date
from domain.vietnamese import nfc
from web.form import read_day

DAY, KNOWN = "ngay", "biet-den"
_LONGEST = 40
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)")


@dataclass(frozen=True)
class Then:
    """A moment, and how much of the ledger counts."""

    as_of: datetime
    known_at: datetime
    asked: Mapping[str, str]
    """As it came, for addresses and forms."""
    wrong: str = ""
    """Why what was asked for is not shown; the page is about now."""

    @property
    def past(self) -> bool:
        """Whether the page is not about now."""
        return bool(self.asked) and not self.wrong


def then(params: Mapping[str, str], now: datetime) -> Then:
    """The moment an address asks for. A bare day is its last instant; nothing recorded later counts."""
    asked = {name: value for name in (DAY, KNOWN) if (value := nfc(params.get(name, "")).strip()[:_LONGEST])}
    moments = {name: _read(value, now) for name, value in asked.items()}
    for name, moment in moments.items():
        if moment is None:
            return Then(now, now, asked, f"chưa đọc được ngày “{asked[name]}”; cần dạng 30/9/2024")
        if moment > now:
            return Then(now, now, asked, f"ngày “{asked[name]}” còn ở phía trước")
    as_of = moments.get(DAY) or now
    return Then(as_of, moments.get(KNOWN) or as_of, asked)


def _read(text: str, now: datetime) -> datetime | None:
    if _INSTANT.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    day = read_day(text)
    if day is None:
        return None
    return now if day == local_date(now) else last_instant(day)
