"""What programs say to a town hall in tests, and what the ledger holds of it."""

from __future__ import annotations

from typing import Any

from domain.ledger import Entry
from store import reading
from store.ledger import find, head
from tests.stories.town import CODE
from tests.web.api_client import Program
from tests.web.town_hall import UNDATED, TownHall

REPORT: dict[str, Any] = {
    "directive": CODE,
    "metric": "giai-ngan",
    "value": "41%",
    "as_of": "2024-09-26",
    "subject": "da-02",
}
WORD: dict[str, Any] = {
    "directive": UNDATED,
    "metric": "tinh-hinh",
    "value": "Đã tuyên truyền ở 5 thôn.",
    "as_of": "2024-09-26",
}


def count(hall: TownHall) -> int:
    """Entries in the ledger."""
    with reading(hall.office.store) as opened:
        return head(opened).count


def entry(hall: TownHall, entry_id: str) -> Entry:
    """The entry of that id."""
    with reading(hall.office.store) as opened:
        found = find(opened, entry_id)
    assert found is not None
    return found


def reported(by: Program, subject: str, value: str = "41%") -> str:
    """The id under which a report on the project was recorded."""
    answer = by.state("report", **{**REPORT, "subject": subject, "value": value, "yes": True})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["entry"])
