"""The proof as data: keys that stay, and a digest that notices every change but a masked key."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from hashlib import sha256

import pytest

from reports import proof_rows
from reports.proof import Copy, Line, Task, Transmission, Urging
from reports.proof_rows import digest, proof_row
from tests.reports.packs import FIRST, PACK, copy, moment, urging


def test_the_keys_are_those_that_are_documented() -> None:
    said = " ".join((proof_rows.__doc__ or "").split())
    row = proof_row(PACK)
    assert re.findall(r"(\w+)(?:\[\])?(?= )", said.partition("stay as they are: ")[2])[0] == "scope"
    parts = {"directives": Task, "urgings": Urging, "messages": Copy, "transmissions": Transmission, "entries": Line}
    assert row.keys() == {"scope", "as_of", "illustrative", "ledger", "digest", *parts}
    for name, kind in parts.items():
        documented = re.search(rf"{name}\[\] \{{([^}}]+)\}}", said)
        assert documented is not None
        keys = [key.partition("[")[0] for key in documented[1].split(", ") if not key.startswith("due]")]
        assert keys == [one.name for one in fields(kind)] == list(row[name][0])


def test_instants_carry_their_zone_and_days_are_iso() -> None:
    row = json.loads(json.dumps(proof_row(PACK)))
    assert row["scope"] == {
        "directive": "khoi-cong-moi",
        "milestone": None,
        "person": None,
        "from": "2024-07-01",
        "to": None,
    }
    assert (row["as_of"], row["urgings"][0]["due"]) == ("2024-07-31T17:00:00+07:00", "2024-06-30")
    assert row["urgings"][2]["subjects"] == ["=cầu", "đường"]


def test_anybody_can_compute_the_digest_from_the_json() -> None:
    row = json.loads(json.dumps(proof_row(PACK), ensure_ascii=False))
    parts = {name: row[name] for name in ("urgings", "messages", "transmissions", "entries")}
    for message in parts["messages"]:
        del message["text"], message["masked"]
    said = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert sha256(said.encode()).hexdigest() == row["digest"] == digest(PACK)


@pytest.mark.parametrize(
    "change",
    [
        {"urgings": (urging(1, acknowledged_at=moment(2)), *PACK.urgings[1:])},
        {"messages": (copy(FIRST, 2, text_sha256="0" * 64), PACK.messages[1])},
        {"transmissions": PACK.transmissions[:-1]},
        {"lines": ()},
    ],
    ids=["urging", "text", "transmission", "ledger"],
)
def test_another_fact_is_another_digest(change: dict[str, tuple[object, ...]]) -> None:
    assert digest(replace(PACK, **change)) != digest(PACK)  # type: ignore[arg-type]


def test_a_masked_key_and_a_later_day_are_the_same_digest() -> None:
    later = replace(PACK, messages=(copy(FIRST, 2, text="…", masked=True), PACK.messages[1]), as_of=moment(31, 18))
    assert digest(later) == digest(PACK)
