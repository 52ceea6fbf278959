"""The Prefect server of a fresh home starts, schedules, stops with us, and says in Vietnamese when it cannot."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId
from prefect.client.schemas.objects import StateType

from flows.child import Child, ChildEndedError
from flows.environment import HOST, prefect_environment
from flows.loopback import ask, await_child
from flows.reconcile import DEPLOYMENT, DirectiveDeployment, flow_name, reconcile
from flows.schedule import start_of
from flows.server import PortBusyError, prefect_server

# A parent that starts a server, prints its process id and waits to be killed.
PARENT = """
import sys, time
from pathlib import Path
from flows.child import start
from flows.environment import prefect_environment
home = Path(sys.argv[1])
print(start(["server", "start"], home, prefect_environment(home, int(sys.argv[2]), {}), "server.log").process.pid)
sys.stdout.flush()
time.sleep(60)
"""


def eventually(true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def is_running(pid: int) -> bool:
    """Whether the process is there; one that ended and waits for whoever adopted it is not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S607
    return state.stdout.strip() != "" and not state.stdout.startswith("Z")


@pytest.mark.prefect
def test_a_fresh_home_starts_the_server_and_its_scheduler_makes_the_runs(
    client: SyncPrefectClient, project: Path, environment: dict[str, str]
) -> None:
    points = [datetime.now(UTC) + timedelta(minutes=minutes) for minutes in (5, 35, 65)]
    name = flow_name("lich", "Lịch chạy thật")
    wanted = DirectiveDeployment(code="lich", flow_name=name, points=points, parameters={}, description="")
    reconcile([wanted], environment=environment, root=project)
    deployment = client.read_deployment_by_name(f"{name}/{DEPLOYMENT}")
    its = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[deployment.id]))
    assert eventually(lambda: len(client.read_flow_runs(flow_run_filter=its)) >= len(points), 90)
    runs = client.read_flow_runs(flow_run_filter=its)
    assert {run.state.type for run in runs if run.state} == {StateType.SCHEDULED}
    starts = sorted(run.expected_start_time for run in runs if run.expected_start_time)
    assert starts == [start_of(point, "lich") for point in points]


@pytest.mark.prefect
def test_the_server_tells_nobody_and_listens_to_this_machine_alone(server: Child, environment: dict[str, str]) -> None:
    port = int(environment["PREFECT_SERVER_API_PORT"])
    settings = ask(port, "admin/settings")["server"]
    assert settings["analytics_enabled"] is False
    assert settings["api"]["host"] == HOST
    assert "*" not in settings["api"]["cors_allowed_origins"]
    with urllib.request.urlopen(f"http://{HOST}:{port}/ui-settings", timeout=10) as answer:
        assert json.load(answer)["default_ui"] == "v2"
    assert server.log.exists()


def test_a_busy_port_is_named_with_the_setting_that_moves_it(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(PortBusyError, match=rf"Cổng {port} .*DONDOC_PREFECT_PORT"),
            prefect_server(tmp_path, prefect_environment(tmp_path, port, {})),
        ):
            pass
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_cannot_start_shows_the_end_of_its_log(tmp_path: Path) -> None:
    environment = prefect_environment(tmp_path, 4999, {}) | {"PREFECT_SERVER_API_KEEPALIVE_TIMEOUT": "chưa đặt"}
    with pytest.raises(ChildEndedError, match=r"đã dừng(.|\n)*chưa đặt"), prefect_server(tmp_path, environment):
        pass


def test_a_server_that_never_answers_is_given_up_and_stopped(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    log = tmp_path / "log"
    log.touch()
    with subprocess.Popen(command) as process:
        with pytest.raises(ChildEndedError, match="chưa sẵn sàng"):
            await_child(Child(process, log), lambda: False, patience=0.3)
        process.kill()


def test_the_server_dies_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    shell = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", PARENT, str(tmp_path), "4998"]
    with subprocess.Popen(command, env=shell, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.send_signal(signal.SIGKILL)
    assert eventually(lambda: not is_running(child), 15)
