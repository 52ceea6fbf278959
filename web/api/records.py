"""Many reports at once, each with a result of its own: `POST /records`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from actions.evaluate import situation
from actions.record import RefusedError
from actions.record_many import Rule, record_many
from domain.authority import not_responsible
from domain.ledger import Entry, SealedEntry
from domain.plausible import questions
from domain.situation import Situation
from domain.state import WHOLE
from domain.vietnamese import UnreadableError
from store import Session
from store.appending import recorded
from web.api.body import body_up_to, read_json
from web.api.caching import text
from web.api.door import Client, Door
from web.api.figures import figure_entry
from web.api.ledger_shapes import Rows
from web.api.once import Asked, IdempotencyKey, once
from web.api.problem import ProblemError
from web.api.refusing import faults
from web.api.statements import Figure
from web.api.telling import WRITES, answers, takes

LARGEST = 1024 * 1024
_BODY = body_up_to(LARGEST)
MOST = 500

Result = dict[str, Any]


class Records(BaseModel):
    """Reports, each read by itself."""

    model_config = ConfigDict(extra="forbid")

    records: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=MOST)]


class RecordsTold(BaseModel):
    """The same, as the document tells it."""

    model_config = ConfigDict(extra="forbid", title="Records")

    records: Annotated[list[Figure], Field(min_length=1, max_length=MOST)]


def record_routes(door: Door) -> APIRouter:
    """The route."""
    routes = APIRouter(tags=["Sổ"])

    @routes.post(
        "/records",
        summary=f"Báo cáo nhiều số liệu một lần (đến {MOST} dòng), mỗi dòng một kết quả",
        responses=answers(Rows, WRITES),
        openapi_extra=takes("Records"),
    )
    def record(
        idempotency: IdempotencyKey,
        client: Client = Depends(door.writing),
        raw: bytes = Depends(_BODY),
    ) -> Response:
        rows = Records.model_validate(read_json(raw)).records
        asked = Asked.of(client.key.id, idempotency, "/records", raw)
        return once(door.office.store, asked, door.wall(), lambda opened: (200, _all(opened, client, asked, rows)))

    return routes


def _all(opened: Session, client: Client, asked: Asked, rows: Sequence[dict[str, Any]]) -> str:
    results: dict[int, Result] = {}
    read: list[tuple[int, Figure, Entry]] = []
    for number, row in enumerate(rows):
        try:
            figure = Figure.model_validate(row)
            read.append((number, figure, figure_entry(client, f"{asked.entry}-{number}", figure)))
        except (ValidationError, ProblemError, RefusedError, UnreadableError) as error:
            results[number] = _refused(error)
    for directive, those in groupby(sorted(read, key=lambda one: one[1].directive), lambda one: one[1].directive):
        results |= _of_one(opened, client, directive, tuple(those))
    told = [{"row": number, **results[number]} for number in sorted(results)]
    counts = {fate: sum(one["status"] == fate for one in told) for fate in ("recorded", "asked", "refused")}
    return text({**counts, "results": told})


def _of_one(
    opened: Session, client: Client, directive: str, those: Sequence[tuple[int, Figure, Entry]]
) -> Iterator[tuple[int, Result]]:
    """What becomes of the rows of one directive. Nobody is asked about what stands already, or would be refused."""
    found = situation(opened, client.configuration, directive, client.moment)
    standing = recorded(opened, (entry.id for _, _, entry in those))
    odd = {
        number: said
        for number, figure, entry in those
        if not figure.yes and entry.id not in standing and (said := questions(found, entry))
    }
    sure = [entry for number, _, entry in those if number not in odd]
    done = record_many(opened, client.configuration, directive, sure, client.moment, _responsible)
    for number, _, entry in those:
        if number in odd:
            yield number, {"status": "asked", "findings": [finding.message for finding in odd[number]]}
        else:
            yield number, _outcome(done, entry)


def _responsible(found: Situation) -> Rule:
    """Refuses what is reported by who does not answer for it."""
    return lambda entry: not_responsible(found, entry.actor, entry.subject or WHOLE)


def _outcome(done: Mapping[str, SealedEntry | str], entry: Entry) -> Result:
    outcome = done[entry.id]
    if isinstance(outcome, str):
        return {"status": "refused", "message": outcome}
    return {"status": "recorded", "entry": outcome.entry.id, "seq": outcome.seq, "hash": outcome.hash}


def _refused(error: Exception) -> Result:
    if isinstance(error, ValidationError):
        return {"status": "refused", "message": "Dòng không hợp lệ.", "errors": faults(error.errors())}
    said = error.detail if isinstance(error, ProblemError) else str(error)
    return {"status": "refused", "message": said}
