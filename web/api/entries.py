"""The ledger: read in order, and stated in, one entry at a time: `GET /entries`, `POST /entries`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from domain.clocktime import iso
from domain.findings import Finding
from domain.ledger import Entry, SealedEntry
from store import Session, reading
from store.ledger import head
from store.ledger_pages import Line, page_after
from web.api.body import body_up_to, read_json
from web.api.caching import tagged, text
from web.api.door import Client, Door
from web.api.kinds import Number
from web.api.ledger_shapes import LedgerPage, Written
from web.api.once import Asked, IdempotencyKey, once
from web.api.problem import Problem
from web.api.statements import Statement
from web.api.stating import Desk, do
from web.api.telling import READS, WRITES, answers, takes

LARGEST = 64 * 1024
_BODY = body_up_to(LARGEST)
STATEMENT: TypeAdapter[Any] = TypeAdapter(Statement)


class From(BaseModel):
    """Where to read on."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[Number, Field(description="Số thứ tự của bút toán cuối cùng đã đọc.")] = 0
    limit: Annotated[int, Field(ge=1, le=1000, description="Số bút toán một trang.")] = 200


def entry_routes(door: Door) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["Sổ"])
    writes = answers(Written, (*WRITES, Problem.ASKED), 201)

    @routes.get("/entries", summary="Đọc sổ theo thứ tự", responses=answers(LedgerPage, READS))
    def entries(request: Request, where: Annotated[From, Query()], client: Client = Depends(door.reading)) -> Response:
        return tagged(door, client, request, lambda: _page(door, client, where))

    @routes.post(
        "/entries", status_code=201, summary="Ghi một bút toán", responses=writes, openapi_extra=takes("Statement")
    )
    def state(
        idempotency: IdempotencyKey,
        client: Client = Depends(door.writing),
        raw: bytes = Depends(_BODY),
    ) -> Response:
        statement = STATEMENT.validate_python(read_json(raw))
        asked = Asked.of(client.key.id, idempotency, "/entries", raw)

        def act(opened: Session) -> tuple[int, str]:
            sealed, findings = do(Desk(opened, client, asked.entry), statement)
            return 201, text(_written(sealed, findings))

        return once(door.office.store, asked, door.wall(), act)

    return routes


def _written(sealed: SealedEntry, findings: tuple[Finding, ...]) -> dict[str, Any]:
    entry = sealed.entry
    told = {"entry": entry.id, "seq": sealed.seq, "hash": sealed.hash, "recorded_at": iso(entry.recorded_at)}
    return {**told, "findings": [finding.message for finding in findings]}


def _page(door: Door, client: Client, where: From) -> dict[str, Any]:
    seen = None if client.access.everything else client.seen()
    with reading(door.office.store) as opened:
        end = head(opened)
        lines = page_after(opened, where.after, where.limit + 1, seen)
    here = lines[: where.limit]
    after = here[-1].seq if len(lines) > where.limit else None
    return {"entries": [_line(one) for one in here], "next": after, "count": end.count, "head": end.hash}


def _line(line: Line) -> dict[str, Any]:
    entry = Entry.model_validate_json(line.body)
    told = {**_plain(entry.model_dump(exclude={"recorded_at"})), "recorded_at": iso(entry.recorded_at)}
    return {"seq": line.seq, "previous": line.previous, "hash": line.hash, "canonical": line.body, "entry": told}


def _plain(thing: Any) -> Any:
    """As JSON has it: decimals as digits, never with an exponent; days in ISO."""
    if isinstance(thing, dict):
        return {name: _plain(part) for name, part in thing.items()}
    if isinstance(thing, tuple):
        return [_plain(part) for part in thing]
    if isinstance(thing, Decimal):
        return f"{thing:f}"
    return thing.isoformat() if hasattr(thing, "isoformat") else thing
