"""The plan as plain data: dues and rungs of every directive, for screens, files and other programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.clocktime import iso
from domain.due import Due
from domain.figures import say_target
from domain.findings import Finding
from domain.plan import RungKind, Track
from domain.reach import reach
from domain.situation import Situation

Json = dict[str, Any]


def plan_rows(situations: Iterable[Situation], until: datetime, working_channels: Iterable[str]) -> list[Json]:
    """One object per directive, keys as in the command contract; rungs after a due are given up to `until`."""
    channels = frozenset(working_channels)
    return [_directive(situation, until, channels) for situation in situations]


def _directive(situation: Situation, until: datetime, channels: frozenset[str]) -> Json:
    directive, office = situation.directive, situation.rules.office
    return {
        "directive": directive.code,
        "title": directive.title,
        "section": directive.section,
        "quote": directive.quote,
        "footnotes": [footnote.model_dump() for footnote in directive.footnotes],
        "lead": [{"code": code, "name": office.name_of(code)} for code in directive.lead],
        "coordinating": [{"code": code, "name": office.name_of(code)} for code in directive.coordinating],
        "monitor": {"code": directive.monitor, "name": office.name_of(directive.monitor)},
        "subjects": [{"code": subject.code, "name": subject.name} for subject in situation.state.subjects],
        "milestones": [_track(situation, track, until) for track in situation.tracks],
        "findings": [finding_row(finding) for finding in reach(situation, channels)],
    }


def _track(situation: Situation, track: Track, until: datetime) -> Json:
    milestone = track.milestone
    lists = (RungKind.WATCH,)  # the monitor's own week, not an urging
    return {
        "id": milestone.id,
        "name": milestone.name,
        "metric": milestone.metric,
        "quantifier": milestone.quantifier.value,
        "target": say_target(situation.directive.metric(milestone.metric), milestone.target) or None,
        "follows": list(milestone.follows),
        "due": due_row(track.due),
        "rungs": [
            {"rung": rung.id, "at": iso(rung.at)} for rung in situation.rungs(track, until) if rung.kind not in lists
        ],
    }


def due_row(due: Due | None) -> Json | None:
    """A due as plain data; None stays None."""
    if due is None:
        return None
    return {
        "phrase": due.phrase,
        "nominal": due.nominal.isoformat(),
        "bound": due.bound.value,
        "overdue_after": iso(due.overdue_after),
        "safe_due": iso(due.safe_due),
        "original": due.original.isoformat() if due.original else None,
        "rule": due.rule,
        "source": due.source,
        "legal": due.legal.isoformat() if due.legal else None,
        "chosen_by": due.chosen_by,
        "calendar": due.calendar,
        "unconfirmed": due.unconfirmed,
        "steps": list(due.steps),
    }


def finding_row(finding: Finding) -> Json:
    """A finding as plain data."""
    return finding.model_dump(mode="json")
