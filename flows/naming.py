"""How flow runs are called in the UI."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from prefect.runtime import flow_run

from domain import vietnamese as vn


def run_name(what: str) -> Callable[[], str]:
    """`<what> · 07:30 ngày 01/7/2024`: the instant asked about, or the one the run was scheduled for."""

    def name() -> str:
        parameters: dict[str, Any] = flow_run.parameters or {}
        return f"{what.format(**parameters)} · {vn.moment(_instant(parameters.get('as_of')))}"

    return name


def _instant(asked: object) -> datetime:
    if isinstance(asked, datetime):
        return asked
    if isinstance(asked, str):
        return datetime.fromisoformat(asked)
    scheduled: datetime = flow_run.scheduled_start_time
    return scheduled
