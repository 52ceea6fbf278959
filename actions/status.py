"""Standings as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from domain.figures import say, say_target
from domain.laterday import extensions
from domain.situation import Situation
from domain.standing import Official, Standing

Json = dict[str, Any]

_TIMELINESS = {
    Official.DONE_ON_TIME: "on_time",
    Official.OPEN_IN_TIME: "on_time",
    Official.DONE_LATE: "late",
    Official.OPEN_OVERDUE: "late",
}


def status_rows(situations: Iterable[Situation]) -> list[Json]:
    """One object per milestone as a whole (`subject` null) and per subject, keys as in the command contract."""
    return [_standing(situation, standing) for situation in situations for standing in situation.standings]


def _standing(situation: Situation, standing: Standing) -> Json:
    due, pace = standing.due, standing.pace
    return {
        "directive": standing.directive.code,
        "milestone": standing.track.milestone.id,
        "subject": standing.subject.code if standing.subject else None,
        "official": standing.official.value,
        "completion": standing.recorded.value,
        "met": standing.met.as_of.isoformat() if standing.met else None,
        "timeliness": _TIMELINESS.get(standing.official),
        "pace": {
            "expected": _number(pace.expected),
            "required": _number(pace.required),
            "forecast": pace.forecast.isoformat() if pace.forecast else None,
            "reason": pace.reason or None,
        },
        "freshness": standing.freshness.value,
        "value": say(standing.metric, standing.latest) if standing.latest else None,
        "target": say_target(standing.metric, standing.track.milestone.target) or None,
        "due": due.nominal.isoformat() if due else None,
        "original_due": due.original.isoformat() if due and due.original else None,
        "extensions": extensions(situation, standing),
    }


def _number(value: Decimal | None) -> str | None:
    """Decimals travel as text: JSON numbers are binary."""
    return None if value is None else f"{value:.2f}"
