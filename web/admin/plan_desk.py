"""The plan of directives and the findings of their file, as the form shows them before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from actions.plan import Json
from domain import vietnamese as vn
from domain.changes_said import rung_name
from domain.clocktime import local_date
from domain.findings import Finding

_SHOWN = 24
"""Rungs told one by one."""


class Excerpt(NamedTuple):
    """A finding, and the line it is about."""

    finding: Finding
    line: str


class Step(NamedTuple):
    """A milestone with its due and rungs in words."""

    name: str
    target: str
    due: str
    phrase: str
    safe: str
    rungs: tuple[str, ...]
    more: int
    """Rungs beyond those told."""


class Planned(NamedTuple):
    """A directive."""

    title: str
    code: str
    section: str
    quote: str
    lead: str
    coordinating: str
    monitor: str
    subjects: str
    steps: tuple[Step, ...]


def excerpts(found: Iterable[Finding], text: str) -> tuple[Excerpt, ...]:
    """Each finding with its line of the text."""
    lines = text.split("\n")
    return tuple(
        Excerpt(one, lines[one.line - 1].strip()[:160] if one.line and one.line <= len(lines) else "") for one in found
    )


def planned(plan: Iterable[Json]) -> tuple[Planned, ...]:
    """The rows of actions/plan.py in words."""
    return tuple(
        Planned(
            title=row["title"],
            code=row["directive"],
            section=row["section"],
            quote=row["quote"],
            lead=_names(row["lead"]),
            coordinating=_names(row["coordinating"]),
            monitor=row["monitor"]["name"],
            subjects=_names(row["subjects"]),
            steps=tuple(map(_step, row["milestones"])),
        )
        for row in plan
    )


def _step(milestone: Json) -> Step:
    due, rungs = milestone["due"], [_rung(one) for one in milestone["rungs"]]
    return Step(
        name=milestone["name"],
        target=milestone["target"] or "",
        due=vn.day(date.fromisoformat(due["nominal"])) if due else "chưa có hạn",
        phrase=(due["phrase"] or "") if due else "",
        safe=vn.moment(datetime.fromisoformat(due["safe_due"])) if due else "",
        rungs=tuple(rungs[:_SHOWN]),
        more=max(len(rungs) - _SHOWN, 0),
    )


def _rung(one: Json) -> str:
    return f"{vn.day(local_date(datetime.fromisoformat(one['at'])))} ({rung_name(one['rung'])})"


def _names(units: Iterable[Json]) -> str:
    return ", ".join(unit["name"] for unit in units)
