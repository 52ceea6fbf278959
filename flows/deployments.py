"""The deployments that carry a tag of ours: read them all, remove some and make sure they are gone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.sorting import DeploymentSort, FlowSort
from prefect.exceptions import ObjectNotFound
from prefect.workers.process import ProcessWorker

from flows.pool import POOL, POOL_TYPE

#: Objects per request: the most Prefect's API returns.
PAGE = 200


class DeploymentStaysError(RuntimeError):
    """Prefect still has a deployment, or runs of it, after its removal."""


def ensure_pool(client: SyncPrefectClient) -> None:
    """Create the work pool where it is missing, as its first worker would: deployments are refused without it."""
    try:
        client.read_work_pool(POOL)
    except ObjectNotFound:
        template = ProcessWorker.get_default_base_job_template()
        client.create_work_pool(WorkPoolCreate(name=POOL, type=POOL_TYPE, base_job_template=template))


def owned(client: SyncPrefectClient, tag: str) -> dict[tuple[str, str], DeploymentResponse]:
    """Every deployment with the tag, by flow name and own name."""
    tagged = DeploymentFilter(tags=DeploymentFilterTags(all_=[tag]))
    flows: dict[UUID, str] = {}
    while page := client.read_flows(
        deployment_filter=tagged, sort=FlowSort.CREATED_DESC, limit=PAGE, offset=len(flows)
    ):
        flows |= {flow.id: flow.name for flow in page}
    found: dict[UUID, DeploymentResponse] = {}
    while batch := client.read_deployments(
        deployment_filter=tagged, sort=DeploymentSort.CREATED_DESC, limit=PAGE, offset=len(found)
    ):
        found |= {deployment.id: deployment for deployment in batch}
    return {(flows[deployment.flow_id], deployment.name): deployment for deployment in found.values()}


def remove(client: SyncPrefectClient, deployments: Collection[DeploymentResponse]) -> None:
    """Delete the deployments and their runs still to come. Raises DeploymentStaysError if Prefect keeps any."""
    ids = [deployment.id for deployment in deployments]
    for deployment_id in ids:
        client.delete_deployment(deployment_id)
    # The scheduler may have been making runs of them meanwhile: such a run has no deployment any more and would fail.
    for run in _runs_to_come(client, ids):
        client.delete_flow_run(run.id)
    if ids and (_still_there(client, ids) or _runs_to_come(client, ids)):
        names = ", ".join(deployment.name for deployment in deployments)
        raise DeploymentStaysError(f"Prefect chưa xoá hết các lịch theo dõi không còn dùng: {names}.")


def _still_there(client: SyncPrefectClient, ids: list[UUID]) -> bool:
    return bool(client.read_deployments(deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=ids)), limit=1))


def _runs_to_come(client: SyncPrefectClient, ids: list[UUID]) -> list[FlowRun]:
    to_come = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=ids),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
    )
    return client.read_flow_runs(flow_run_filter=to_come, limit=PAGE) if ids else []
