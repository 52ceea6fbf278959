"""What our flows rely on in Prefect: Vietnamese state names arrive as given, an overdue milestone blocks nothing."""

from __future__ import annotations

import time
from uuid import UUID

import pytest
from prefect import allow_failure, flow, task
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed, Failed

from flows.child import Child
from flows.environment import prefect_client_settings

pytestmark = pytest.mark.prefect


@task(task_run_name="{name} · hạn {due}")
def milestone(name: str, due: str) -> State[None]:
    """Overdue if it is the ground-breaking."""
    return Failed(name="Quá hạn", message=f"{name} quá hạn từ {due}") if name == "Khởi công" else Completed(name="Đạt")


@flow(name="bs-1 · Khởi công, giải ngân")
def directive() -> State[None]:
    first = milestone.submit("Khởi công", "30/06/2024", return_state=False)
    second = milestone.submit("Giải ngân", "30/09/2024", return_state=False, wait_for=[allow_failure(first)])
    second.wait()
    return Failed(name="Quá hạn", message="1 mốc quá hạn")


def recorded_tasks(flow_run: UUID) -> dict[str, str | None]:
    """The task runs the server has, by name, with the name of their state; waited for, they come as events."""
    runs: list[TaskRun] = []
    with get_client(sync_client=True) as client:
        for _ in range(100):
            runs = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[flow_run])))
            if len(runs) == 2 and all(run.state and run.state.is_final() for run in runs):
                break
            time.sleep(0.1)
    return {run.name: run.state.name if run.state else None for run in runs}


def test_a_flow_called_here_is_recorded_with_its_tasks_and_their_standings(
    server: Child, environment: dict[str, str]
) -> None:
    server.check()
    with prefect_client_settings(environment):
        state = directive(return_state=True)
    assert (state.type.value, state.name, state.message) == ("FAILED", "Quá hạn", "1 mốc quá hạn")
    with prefect_client_settings(environment):
        assert state.state_details.flow_run_id is not None
        recorded = recorded_tasks(state.state_details.flow_run_id)
        assert recorded == {"Khởi công · hạn 30/06/2024": "Quá hạn", "Giải ngân · hạn 30/09/2024": "Đạt"}
