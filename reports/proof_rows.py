"""The proof pack as plain data, and the digest that holds it together.

Keys of the JSON object, which stay as they are:

    scope            {directive, milestone, person, from, to}, null where nothing narrows it
    as_of            the instant at which the pack was made
    illustrative     true in a demonstration office
    ledger           {count, hash}: the end of the ledger, as `dondoc verify --head "COUNT HASH"` takes it
    digest           SHA-256, hex, of the rows below
    directives[]     {code, title, reference, issuer, section, quote, footnotes[], lead[], monitor,
                     milestones[[name, due]]}
    urgings[]        {number, directive, title, milestone, name, rung, rung_said, planned_at, due, reckoned_from,
                     subjects[], person, person_name, post, reason, reason_said, channel, channel_name, decided_at,
                     state, state_said, note, spoken_by, spoken_message, message, acknowledged_at}
    messages[]       {id, provider_id, person, person_name, channel, channel_name, address, written_at, sent_at,
                     subject, text, masked, text_sha256, state, state_said, urgings[]}
    transmissions[]  {message, number, at, outcome, outcome_said, code, detail}
    entries[]        {seq, recorded_at, as_of, directive, kind, kind_said, actor, actor_name, text, evidence, source,
                     hash}

`*_said` are words for people; instants have +07:00, days are ISO. The digest is taken over the JSON text of
{urgings, messages without text and masked, transmissions, entries}: keys sorted, no spaces, letters as they are, UTF-8.
The exact text counts by its own `text_sha256`, so that a key left out of a copy changes nothing.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from domain.clocktime import iso
from reports.proof import Pack

Json = dict[str, Any]


def proof_row(pack: Pack) -> Json:
    """The pack as one JSON object, keys as above."""
    scope = pack.scope
    asked = {"directive": scope.directive, "milestone": scope.milestone, "person": scope.person}
    rows = _rows(pack)
    return {
        "scope": _plain(asked | {"from": scope.first, "to": scope.last}),
        "as_of": iso(pack.as_of),
        "illustrative": pack.illustrative,
        "ledger": {"count": pack.head_count, "hash": pack.head_hash},
        "digest": _digest(rows),
        "directives": [_plain(asdict(task)) for task in pack.tasks],
        **rows,
    }


def digest(pack: Pack) -> str:
    """SHA-256, hex, of the rows of the pack."""
    return _digest(_rows(pack))


def _rows(pack: Pack) -> Json:
    parts = {
        "urgings": pack.urgings,
        "messages": pack.messages,
        "transmissions": pack.transmissions,
        "entries": pack.lines,
    }
    return {name: [_plain(vars(one)) for one in part] for name, part in parts.items()}


def _digest(rows: Json) -> str:
    sealed = [{key: one[key] for key in one if key not in ("text", "masked")} for one in rows["messages"]]
    said = json.dumps(rows | {"messages": sealed}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(said.encode()).hexdigest()


def _plain(row: Json) -> Json:
    return {key: _said(value) for key, value in row.items()}


def _said(value: object) -> object:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
