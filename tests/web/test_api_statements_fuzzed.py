"""Statements that are nearly right, of every kind: each is recorded or refused in words, and nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.ledger import EntryKind
from store import reading
from store.verification import verify
from tests.stories.town import CODE, PLAN
from tests.web.api_client import Program, program
from tests.web.town_hall import LEAD, MONITOR, NTM, TAN_THANH, UNDATED, TownHall, town_hall

DAYS = st.sampled_from(
    ["2024-09-26", "2024-09-27", "2024-12-31", "2025-03-01", "1900-01-01", "2199-12-31", "2024-02-30", "20240926", ""]
)
FIGURES = "xong|45%|0%|2,3 tỷ/5,1 tỷ|12/19|14,3|1/0|0/0|-5%|1e9%|½|٤٥%|1.000.000 đồng/0 đồng|Infinity|NaN%|1,2,3%"
WORDS = "Đã họp.|=HYPERLINK(1)|<script>|  |\u202e%"
VALUES = st.sampled_from([*FIGURES.split("|"), *WORDS.split("|"), "9" * 1999, "9" * 60 + "%"])
ENTRIES = st.sampled_from(["minh-hoa-khong-co", "a" * 80, "a" * 81, "../x"])
CODES = {
    "directive": st.sampled_from([CODE, PLAN, NTM, UNDATED, "khong-co", "Sai Mã", "a" * 90]),
    "metric": st.sampled_from(["khoi-cong", "giai-ngan", "tieu-chi", "tinh-hinh"]),
    "milestone": st.sampled_from(["khoi-cong", "giai-ngan-40", "giai-ngan-100", "khong-co"]),
    "subject": st.sampled_from([None, "da-01", "da-02", "khong-co"]),
    "report": ENTRIES,
    "request": ENTRIES,
    "value": VALUES,
    "as_of": DAYS,
    "occurrence": st.one_of(st.none(), DAYS),
    "to": DAYS,
    "on": DAYS,
    "day": st.one_of(st.none(), DAYS),
    "reason": st.one_of(st.none(), st.text(max_size=30), st.just("a" * 2001)),
    "evidence": st.one_of(st.none(), st.text(max_size=30)),
    "estimate": st.sampled_from([True, False, "true", 1, None]),
    "basis": st.sampled_from([None, "hdnd-giao", "khac"]),
    "yes": st.sampled_from([True, True, False]),
}
FIELDS = {
    "report": [
        "directive",
        "metric",
        "value",
        "as_of",
        "subject",
        "occurrence",
        "evidence",
        "estimate",
        "basis",
        "yes",
    ],
    "correction": ["report", "value", "reason", "day", "yes"],
    "acknowledge": ["directive"],
    "confirm": ["report", "day"],
    "return": ["report", "reason"],
    "extension_request": ["directive", "milestone", "to", "subject", "occurrence", "reason", "day"],
    "extension_grant": ["request", "to", "reason"],
    "extension_refusal": ["request", "reason"],
    "suspend": ["directive", "subject", "reason"],
    "resume": ["directive", "subject", "reason"],
    "cancel": ["directive", "subject", "reason"],
    "schedule": ["directive", "metric", "on", "day"],
}


@pytest.fixture(scope="module")
def hall(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownHall]:
    home = tmp_path_factory.mktemp("api") / "home"
    with town_hall(prepared_home, home, api_per_minute="100000") as opened:
        yield opened


@pytest.fixture(scope="module")
def programs(hall: TownHall) -> list[Program]:
    return [program(hall, person) for person in (LEAD, MONITOR, TAN_THANH)]


@st.composite
def statements(draw: st.DrawFn, reports: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(FIELDS)))
    there = {"report": st.sampled_from(reports) | ENTRIES, "request": st.sampled_from(reports) | ENTRIES}
    fields = {name: draw((CODES | there)[name]) for name in FIELDS[kind]}
    if kind == "report":  # most of them whole, so that the ledger is reached
        fields |= draw(st.sampled_from([{}, {"estimate": False, "basis": None, "occurrence": None}]))
    return {"kind": kind, **fields}


def test_each_statement_is_recorded_or_refused_in_words(hall: TownHall, programs: list[Program]) -> None:
    written = [entry["entry"] for page in programs[1].pages("/entries", "entries") for entry in page]
    reports = [entry["id"] for entry in written if entry["kind"] in {EntryKind.REPORT, EntryKind.EXTENSION_REQUEST}]
    statuses = set()

    @settings(
        max_examples=60,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(statement=statements(reports), by=st.sampled_from(programs))
    def sent(statement: dict[str, Any], by: Program) -> None:
        answer = by.post("/entries", statement)
        statuses.add(answer.status_code)
        assert answer.status_code in {201, 400, 404, 409, 422}, answer.text
        assert answer.json().get("entry") or answer.json()["detail"]

    sent()
    assert statuses >= {201, 400, 404, 422}
    with reading(hall.office.store) as opened:
        assert verify(opened, hall.office.settings.head_file) == ()


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_every_kind_that_is_told_is_tried(kind: str, programs: list[Program]) -> None:
    told = programs[0].read("/openapi.json")["components"]["schemas"]["Statement"]["discriminator"]["mapping"]
    assert kind in told
    assert set(told) == set(FIELDS)
