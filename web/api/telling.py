"""How routes are told in the OpenAPI document: a good answer, and every problem they may end in."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from web.api.problem import MEDIA, Problem

_REFERENCE = {"content": {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}}
_ALWAYS = (Problem.NO_KEY, Problem.NOT_ALLOWED, Problem.INVALID, Problem.TOO_MANY, Problem.NOT_NOW)
READS = (*_ALWAYS, Problem.NOT_FOUND)
WRITES = (*_ALWAYS, Problem.UNREADABLE, Problem.NOT_FOUND, Problem.TOO_LARGE, Problem.NOT_JSON)
UNCHANGED = "Không đổi so với If-None-Match"


def answers(shape: type[BaseModel], problems: tuple[Problem, ...], status: int = 200) -> dict[int | str, Any]:
    """What a route answers, by status."""
    told: dict[int | str, Any] = {problem.status: {"description": problem.title, **_REFERENCE} for problem in problems}
    told[status] = {"model": shape, "description": "Được"}
    if problems is READS:
        told[304] = {"description": UNCHANGED}
    return told


def takes(name: str) -> dict[str, Any]:
    """The body a route takes: it is read by hand (web/api/body.py), so it is told by hand."""
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
