"""Reconciliation as a flow: Prefect's deployments follow the adopted directives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from actions.office import opened_office
from flows.following import follow
from flows.naming import run_name


@flow(name="Đồng bộ", flow_run_name=run_name("Đồng bộ"))
def reconcile_flow(as_of: datetime | None = None) -> State[Any]:
    """Add, update and remove deployments; renew schedules from `as_of` (default: the office's clock) on."""
    with opened_office() as office:
        done = follow(office, as_of or office.moment())
    counts = f"thêm {len(done.added)}, đổi {len(done.updated)}, bỏ {len(done.removed)}, giữ {len(done.unchanged)}"
    return Completed(name="Đã đồng bộ", message=counts)
