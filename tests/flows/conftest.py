"""One Prefect server for all tests of flows, on a fresh home, and a project folder with a small directive flow."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client

from flows.child import Child
from flows.environment import HOST, prefect_client_settings, prefect_environment
from flows.server import prefect_server

DIRECTIVE_FLOW = '''
import os
from datetime import datetime
from pathlib import Path

from prefect import allow_failure, flow, task
from prefect.states import Completed, Failed

@task(task_run_name="{name}")
def look(name, late):
    return Failed(name="Quá hạn", message="quá hạn từ 01/07/2024") if late else Completed(name="Đúng tiến độ")

@flow
def directive_flow(code: str, as_of: datetime | None = None):
    """Look at two milestones.

    Args:
        code: mã nhiệm vụ
    """
    late = look.submit("Khởi công", True)
    early = look.submit("Giải ngân", False, wait_for=[allow_failure(late)])
    early.wait()
    Path(os.environ["DONDOC_HOME"], code).write_text(str(Path.cwd()))
    return Failed(name="Quá hạn", message="1 mốc quá hạn")
'''


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder, its name with a space and Vietnamese letters, with a directive flow."""
    root = tmp_path_factory.mktemp("dự án")
    (root / "flows").mkdir()
    (root / "flows" / "directive.py").write_text(DIRECTIVE_FLOW, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nhà")


@pytest.fixture(scope="session")
def environment(home: Path, project: Path) -> dict[str, str]:
    return prefect_environment(home, free_port(), {"DONDOC_HOME": str(home), "DONDOC_ROOT": str(project)})


@pytest.fixture(scope="session")
def server(home: Path, environment: dict[str, str]) -> Iterator[Child]:
    with prefect_server(home, environment) as child:
        yield child
    assert child.process.returncode is not None


@pytest.fixture
def client(server: Child, environment: dict[str, str]) -> Iterator[SyncPrefectClient]:
    """A client of the server; all else of Prefect in the test goes there too."""
    server.check()
    with prefect_client_settings(environment), get_client(sync_client=True) as client:
        yield client
