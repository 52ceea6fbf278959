"""A run interrupted by a stop is shown as crashed, not as running for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.states import Running

from flows.orphans import close_orphans
from flows.reconcile import DEPLOYMENT, DirectiveDeployment, flow_name, reconcile

pytestmark = pytest.mark.prefect


def test_an_interrupted_run_is_closed_once_and_one_to_come_is_left(client: SyncPrefectClient, project: Path) -> None:
    name = flow_name("bo-do", "Bị ngắt giữa chừng")
    wanted = DirectiveDeployment(code="bo-do", flow_name=name, points=[], parameters={"code": "bo-do"}, description="")
    reconcile([wanted], environment={}, root=project)
    deployment = client.read_deployment_by_name(f"{name}/{DEPLOYMENT}")
    interrupted = client.create_flow_run_from_deployment(deployment.id, state=Running())
    to_come = client.create_flow_run_from_deployment(deployment.id)
    assert (close_orphans(client), close_orphans(client)) == (1, 0)
    states = [client.read_flow_run(run.id).state for run in (interrupted, to_come)]
    assert [state.name for state in states if state] == ["Crashed", "Scheduled"]
    client.delete_deployment(deployment.id)
