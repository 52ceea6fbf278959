"""What a program may not send: odd JSON, other fields, too much; each is refused in words, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.api_client import Program, told
from tests.web.api_saying import REPORT, count
from tests.web.town_hall import TownHall
from web.api.entries import LARGEST


@pytest.fixture(scope="module")
def hall(writing: TownHall) -> TownHall:
    return writing


DEEP = b"[" * 100_000
BODIES = {
    b"": (400, "khong-doc-duoc"),
    b"{": (400, "khong-doc-duoc"),
    b"[]": (400, "khong-doc-duoc"),
    b"\xff\xfe{}": (400, "khong-doc-duoc"),
    b'{"kind":"report","value":NaN}': (400, "khong-doc-duoc"),
    b'{"kind":"report","value":-Infinity}': (400, "khong-doc-duoc"),
    b'{"kind":"report","kind":"cancel"}': (400, "khong-doc-duoc"),
    b'{"kind":"report","value":' + b"9" * 5000 + b"}": (400, "khong-doc-duoc"),
    b'{"kind":"report","value":1e99999999999999999999999}': (400, "khong-doc-duoc"),
    b'{"kind":"report","value":1e999999999}': (422, "khong-hop-le"),
    b'{"a":' * 9 + b"1" + b"}" * 9: (400, "khong-doc-duoc"),
    b'{"a":"' + b"\\ud800" + b'"}': (400, "khong-doc-duoc"),
    b'{"a":"\\u0000"}': (400, "khong-doc-duoc"),
    b'{"a":"\\u202e"}': (400, "khong-doc-duoc"),
    b'{"\\u0007":1}': (400, "khong-doc-duoc"),
    b'{"kind":"khong-co"}': (422, "khong-hop-le"),
    b'{"kind":["report"]}': (422, "khong-hop-le"),
    b"{}": (422, "khong-hop-le"),
    DEEP[:60_000]: (400, "khong-doc-duoc"),
    DEEP: (413, "qua-lon"),
    b" " * (LARGEST + 1): (413, "qua-lon"),
}


@pytest.mark.parametrize("raw", BODIES, ids=lambda raw: repr(raw[:40]))
def test_odd_bodies_are_refused_in_words(hall: TownHall, lead: Program, raw: bytes) -> None:
    before = count(hall)
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": "la"}
    assert told(lead.call("POST", "/entries", content=raw, headers=headers)) == BODIES[raw]
    assert count(hall) == before


@pytest.mark.parametrize(
    "fields",
    [
        {"la": "x"},
        {"as_of": 1727308800},
        {"as_of": "2024-09-26T00:00:00"},
        {"yes": "true"},
        {"estimate": 1},
        {"value": 41},
        {"value": ""},
        {"value": "a" * 2001},
        {"subject": "Dự án"},
        {"evidence": ["x"]},
    ],
)
def test_fields_are_what_they_are_called(lead: Program, fields: dict[str, Any]) -> None:
    answer = lead.state("report", **{**REPORT, **fields})
    assert told(answer) == (422, "khong-hop-le")
    assert answer.json()["errors"]


def test_only_json_is_read(lead: Program) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": "bieu-mau"}
    assert told(lead.call("POST", "/entries", content=b"kind=report", headers=headers)) == (415, "khong-phai-json")


def test_who_has_no_key_is_not_read_at_all(hall: TownHall) -> None:
    headers = {"Content-Type": "application/json", "Idempotency-Key": "x"}
    answer = Program(hall.app, None).call("POST", "/entries", content=b"{", headers=headers)
    assert told(answer) == (401, "chua-co-khoa")
