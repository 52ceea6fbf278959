"""Answers that have not changed are not sent again: a tag made of all that an answer rests on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from fastapi import Request, Response

from domain.clocktime import local
from store import reading
from store.configuration import newest
from store.ledger import head
from web.api.door import Client, Door


def tagged(door: Door, client: Client, request: Request, produce: Callable[[], Any]) -> Response:
    """304 where the program has it already; else what `produce` makes, with its tag.

    The tag is taken before the answer is made: an answer may be newer than its tag, never older.
    """
    tag = _tag(door, client, request)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(text(produce()), headers=headers, media_type="application/json")


def text(thing: Any) -> str:
    """The thing as JSON, letters as they are."""
    return json.dumps(thing, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _tag(door: Door, client: Client, request: Request) -> str:
    """Ledger, configuration, the moment the book is of (dues pass though nothing is written), who asks for what."""
    with reading(door.office.store) as opened:
        end, version = head(opened), newest(opened)
    asked = f"{request.url.path}?{request.url.query}"
    rests_on = (end.count, end.hash, version, local(client.book.since).isoformat(), client.person, asked)
    return f'"{hashlib.sha256(repr(rests_on).encode()).hexdigest()[:32]}"'


def _has(shown: str, tag: str) -> bool:
    return tag in {one.strip().removeprefix("W/") for one in shown.split(",")}
