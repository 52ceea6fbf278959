"""The API explained on a page without scripts, made of its own document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Response

from web.api.problem import PREFIX, Problem
from web.paper import page


@dataclass(frozen=True)
class Operation:
    """One call, as the page shows it."""

    method: str
    path: str
    summary: str
    parameters: tuple[dict[str, Any], ...]
    body: str
    """What is sent; empty where nothing is."""
    answers: tuple[tuple[str, str], ...]
    """Status and meaning."""


def guide_routes(document: Callable[[], dict[str, Any]], *, illustrative: bool) -> APIRouter:
    """The page, open to everybody: it tells of shapes, of nobody's work."""
    routes = APIRouter()

    @routes.get("/tai-lieu", include_in_schema=False)
    def guide() -> Response:
        return page(
            "api.j2",
            illustrative=illustrative,
            about=document()["info"]["description"],
            prefix=PREFIX,
            operations=tuple(_operations(document())),
            statements=tuple(_statements(document())),
            problems=tuple(Problem),
        )

    return routes


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            content = told.get("requestBody", {}).get("content", {})
            body = next((_name(one["schema"]) for one in content.values()), "")
            parameters = tuple(told.get("parameters", ()))
            answers = tuple((status, one["description"]) for status, one in sorted(told["responses"].items()))
            yield Operation(method.upper(), path, told["summary"], parameters, body, answers)


def _statements(document: dict[str, Any]) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """Each kind of entry: its name, what it is, fields it needs, fields it may have."""
    schemas = document["components"]["schemas"]
    kinds: dict[str, list[str]] = {}
    for kind, reference in schemas["Statement"]["discriminator"]["mapping"].items():
        kinds.setdefault(reference, []).append(kind)
    for reference, names in kinds.items():
        schema = schemas[reference.rsplit("/", 1)[1]]
        needed = [field for field in schema["required"] if field != "kind"]
        more = [field for field in schema["properties"] if field not in (*needed, "kind")]
        yield " · ".join(names), schema["description"], needed, more


def _name(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]).rsplit("/", 1)[1]
