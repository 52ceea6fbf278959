"""What the people of the named world state, and what became of it."""

from __future__ import annotations

from typing import Any

from actions.evaluate import situation
from actions.stating import Said
from config.reading import Configuration
from domain.laterday import Wish
from domain.situation import Situation
from domain.state import WHOLE
from store import Store, reading
from store.ledger import entries, head
from tests.actions.offices import ALONE, configured
from tests.world import day, instant

OFFICE = configured(ALONE)
CODE = ALONE.code
LEAD, MONITOR = "dau-moi-huyen", "theo-doi"


def said(entry: str, by: str, reason: str | None = "vướng mặt bằng", **more: Any) -> Said:
    return Said(entry, by, "web", reason, **more)


def wish(until: str, subject: str = WHOLE, milestone: str = "giai-ngan-40") -> Wish:
    return Wish(milestone, subject, day(until))


def standing_at(store: Store, when: str, configuration: Configuration = OFFICE) -> Situation:
    with reading(store) as opened:
        return situation(opened, configuration, CODE, instant(when))


def ids(store: Store) -> list[str]:
    with reading(store) as opened:
        return [entry.id for entry in entries(opened)]


def count(store: Store) -> int:
    with reading(store) as opened:
        return head(opened).count
