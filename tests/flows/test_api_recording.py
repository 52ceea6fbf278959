"""What a program records is seen by the watcher: its directive is run again within seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun

from actions.office import Office, open_office
from config.settings import load
from flows.following import follow
from flows.reconcile import reconcile
from flows.watching import watching
from tests.web.api_client import program
from tests.web.town_hall import LEAD, MOMENT, UNDATED, TownHall, Wall, prepared
from web.office_pages import office_app

pytestmark = pytest.mark.prefect


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    prepared(tmp_path / "home")
    opened = open_office(load())
    yield opened
    opened.store.engine.dispose()


def test_an_entry_of_a_program_starts_a_run_of_its_directive_alone(client: SyncPrefectClient, office: Office) -> None:
    wall = Wall()
    writer = program(TownHall(office, office_app(office, wall=wall), wall), LEAD)
    follow(office, MOMENT)
    try:
        with watching(office):
            word = {"directive": UNDATED, "metric": "tinh-hinh", "value": "Đã họp dân.", "as_of": "2024-09-26"}
            assert writer.state("report", **word).status_code == 201
            (run,) = _started(client)
            name = client.read_flow(run.flow_id).name
    finally:
        reconcile((), environment={})  # the server is shared with other tests
    assert name.split(" · ")[0] == UNDATED


def _started(client: SyncPrefectClient) -> list[FlowRun]:
    deadline = time.monotonic() + 20
    asked = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    while True:
        waiting = client.request("POST", "/flow_runs/filter", json=asked).json()
        if ours := [FlowRun.model_validate(one) for one in waiting if not one["auto_scheduled"]]:
            return ours
        assert time.monotonic() < deadline
        time.sleep(0.2)
