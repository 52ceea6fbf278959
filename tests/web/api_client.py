"""A program with a key, calling the API of a town hall in this process."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

from actions.api_keys import Scope, make
from tests.web.town_hall import TownHall

API = "/api/v1"
PROBLEM = "application/problem+json"
_numbers = itertools.count()


@dataclass
class Program:
    """What calls with one key; None: with none."""

    app: FastAPI
    key: str | None
    headers: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, **further: Any) -> httpx.Response:
        """One request; whatever the application raises is an answer, as on a real server."""
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        headers |= self.headers | further.pop("headers", {})

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://dondoc.example") as client:
                return await client.request(method, f"{API}{path}", headers=headers, **further)

        return asyncio.run(ask())

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.call("GET", path, params=query)

    def read(self, path: str, **query: Any) -> Any:
        """The JSON of a good answer."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: object, idempotency: str | None = None) -> httpx.Response:
        """Under a new idempotency key unless one is given."""
        headers = {"Idempotency-Key": idempotency or f"kiem-thu-{next(_numbers)}"}
        return self.call("POST", path, json=body, headers=headers)

    def state(self, kind: str, idempotency: str | None = None, **fields: Any) -> httpx.Response:
        return self.post("/entries", {"kind": kind, **fields}, idempotency)

    def pages(self, path: str, rows: str, **query: Any) -> Iterator[list[Any]]:
        """The rows of every page."""
        after: Any = None
        while True:
            page = self.read(path, **query, **({} if after is None else {"after": after}))
            yield page[rows]
            after = page["next"]
            if after is None:
                return


def program(hall: TownHall, person: str, *scopes: Scope) -> Program:
    """A program that reads and writes for the person, or does only what is named."""
    wanted = scopes or (Scope.READ, Scope.WRITE)
    _, key = make(hall.office, "Phần mềm kiểm thử", person, wanted, "kiểm thử", hall.wall())
    return Program(hall.app, key)


def told(answer: httpx.Response) -> tuple[int, str]:
    """Status and sort of a problem, which must be one by RFC 9457."""
    assert answer.headers["content-type"] == PROBLEM, answer.text
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code
    assert body["title"]
    assert body["detail"]
    return answer.status_code, body["type"].partition("#")[2]
