"""`prefect deploy --all` registers the system flows of prefect.yaml from any clone, asks nothing, may be repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.schedules import CronSchedule
from ruamel.yaml import YAML

from config.settings import ROOT
from flows.deployments import ensure_pool, owned
from flows.system import DeployError, deploy_system_flows

STAND_IN = "from prefect import flow\n\n@flow\ndef {name}() -> None:\n    pass\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A project folder with our prefect.yaml and, for each of its entrypoints, a flow that does nothing."""
    (tmp_path / "prefect.yaml").write_bytes((ROOT / "prefect.yaml").read_bytes())
    (tmp_path / "flows").mkdir()
    for deployment in YAML(typ="safe").load(tmp_path / "prefect.yaml")["deployments"]:
        path, name = deployment["entrypoint"].split(":")
        (tmp_path / path).write_text(STAND_IN.format(name=name))
    return tmp_path


@pytest.mark.prefect
def test_the_system_flows_are_registered_without_a_question(
    client: SyncPrefectClient, clone: Path, environment: dict[str, str]
) -> None:
    ensure_pool(client)
    deploy_system_flows(environment, root=clone)
    first = owned(client, "dondoc:system")
    deploy_system_flows(environment, root=clone)
    second = owned(client, "dondoc:system")
    assert set(first) == {
        ("sweep-flow", "ra-soat"),
        ("deliver-flow", "gui"),
        ("patrol-flow", "tuan-tra"),
        ("reconcile-flow", "dong-bo"),
    }
    assert {name: found.id for name, found in second.items()} == {name: found.id for name, found in first.items()}
    assert {found.work_pool_name for found in second.values()} == {"dondoc"}
    schedules = [schedule.schedule for found in second.values() for schedule in found.schedules]
    assert len(schedules) == len(second)
    assert all(isinstance(each, CronSchedule) and each.timezone == "Asia/Ho_Chi_Minh" for each in schedules)


def test_a_refusal_is_shown(tmp_path: Path, environment: dict[str, str]) -> None:
    with pytest.raises(DeployError, match="Không đăng ký được"):
        deploy_system_flows(environment, root=tmp_path)
