"""Runs whose process went away with an earlier stop or power cut: Prefect would show them as running for ever."""

from __future__ import annotations

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

from flows.pool import POOL

UNFINISHED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


def close_orphans(client: SyncPrefectClient) -> int:
    """Mark the pool's unfinished runs as crashed and count them.

    Call it while the pool has no worker: before the only one starts. Nothing is lost with such a run, the sweep does
    what it left undone.
    """
    unfinished = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED)))
    ours = WorkPoolFilter(name=WorkPoolFilterName(any_=[POOL]))
    runs = client.read_flow_runs(flow_run_filter=unfinished, work_pool_filter=ours)
    for run in runs:
        client.set_flow_run_state(run.id, Crashed(message="Bị ngắt khi hệ thống dừng."), force=True)
    return len(runs)
