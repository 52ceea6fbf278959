"""Prefect's database is deleted: the directives come back, and nobody is told anything twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State

from actions.deliver import Delivered, deliver
from actions.evaluate import evaluate_each
from config.settings import ROOT
from demo.world import END
from flows.deliver import deliver_flow
from flows.directive import OVERDUE, directive_flow
from flows.following import follow
from flows.pool import process_worker
from flows.reconcile import DEPLOYMENT, Reconciled, flow_name
from flows.sweep import sweep_flow
from store import reading
from store.moments import due_for_look
from tests.stories.replayed.years import Year, deployed, logged, prefect, runs_known

pytestmark = [pytest.mark.prefect, pytest.mark.timeout(400)]

PRESSED = "bac-son-khoi-cong-moi"
"""Overdue at the end of the year: the one directive that a second look could urge again."""
BY_WORKER, IN_PROCESS = 3, 7

# What somebody does who starts us from their shell, Prefect not yet imported: home and port are the arguments.
FROM_A_SHELL = """
import sys
from pathlib import Path
from actions.office import open_office
from flows.environment import prefect_client_settings, prefect_environment
home = Path(sys.argv[1])
with prefect_client_settings(prefect_environment(home, int(sys.argv[2]), {})):
    from flows.deliver import deliver_flow
    from flows.following import follow
    office = open_office()
    print(len(follow(office, office.moment()).unchanged), deliver_flow(return_state=True).name)
"""


@dataclass(frozen=True)
class Reborn:
    """A new Prefect, on the port of `environment`, that has just been told of the directives."""

    environment: dict[str, str]
    runs_at_first: int
    told: Reconciled


@pytest.fixture(scope="module")
def reborn(year: Year) -> Iterator[Reborn]:
    shutil.rmtree(year.office.settings.home / "prefect")
    with prefect(year.office, year.user) as environment:
        runs_at_first = runs_known(environment)
        assert deployed() == {}
        yield Reborn(environment, runs_at_first, follow(year.office, END))


def completed(state: Any) -> State[Any]:
    """The state of a flow called here, which must not be a fault of the program."""
    ended: State[Any] = state
    assert ended.is_completed() or ended.name == OVERDUE, ended.message
    return ended


def finished(runs: list[FlowRun], patience: float = 90.0) -> list[State[Any]]:
    """The last states of these runs, once a worker has carried them out."""
    deadline = time.monotonic() + patience
    with get_client(sync_client=True) as client:
        while True:
            states = [state for run in runs if (state := client.read_flow_run(run.id).state) and state.is_final()]
            if len(states) == len(runs):
                return states
            assert time.monotonic() < deadline, "the worker did not finish the runs"
            time.sleep(0.5)


def test_every_directive_comes_back_under_its_name_with_its_schedule(year: Year, reborn: Reborn) -> None:
    assert reborn.runs_at_first == 0
    directives = year.office.configuration().directives
    names = {flow_name(code, directive.title) for code, directive in directives.items()}
    assert set(reborn.told.added) == names
    back = deployed()
    assert set(back) == {(name, DEPLOYMENT) for name in names}
    assert back == year.deployed
    assert {parameters["directive"] for _, parameters, _ in back.values()} == set(directives)
    assert any(schedule for _, _, schedule in back.values())


def test_telling_it_again_changes_nothing(year: Year, reborn: Reborn) -> None:
    again = follow(year.office, END)
    assert set(again.unchanged) == set(reborn.told.added)
    assert (again.added, again.updated, again.removed) == ((), (), ())


def test_the_system_flows_find_everything_said(year: Year, reborn: Reborn) -> None:
    before = runs_known(reborn.environment)
    completed(sweep_flow(as_of=END, return_state=True))
    completed(deliver_flow(as_of=END, return_state=True))
    assert runs_known(reborn.environment) == before + 2
    assert year.unchanged()


def test_a_tick_without_prefect_finds_everything_said(year: Year) -> None:
    office = year.office
    with reading(office.store) as opened:
        codes = due_for_look(opened, END)
    assert evaluate_each(office.store, office.configuration(), codes, END).planned == 0
    assert deliver(office.courier(), office.configuration(), END) == Delivered()
    assert year.unchanged()


def test_ten_presses_of_run_tell_nobody_anything(year: Year, reborn: Reborn) -> None:
    (name,) = [name for name, (_, parameters, _) in deployed().items() if parameters["directive"] == PRESSED]
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name("/".join(name))
        pressed = [client.create_flow_run_from_deployment(deployment.id) for _ in range(BY_WORKER)]
    with process_worker(year.office.settings.home, reborn.environment):
        assert {state.name for state in finished(pressed)} == {OVERDUE}
    run = directive_flow.with_options(name=name[0])
    with logged() as errors:
        for _ in range(IN_PROCESS):
            assert completed(run(directive=PRESSED, return_state=True)).name == OVERDUE
        completed(deliver_flow(return_state=True))
    assert errors == []
    assert year.unchanged()


def test_the_users_own_prefect_is_neither_called_nor_written_to(year: Year, reborn: Reborn) -> None:
    home, port = year.office.settings.home, reborn.environment["PREFECT_SERVER_API_PORT"]
    command = [sys.executable, "-c", FROM_A_SHELL, str(home), port]
    shell = {"PATH": os.environ["PATH"], "DONDOC_HOME": str(home), **year.user.variables}
    done = subprocess.run(command, cwd=ROOT, env=shell, capture_output=True, text=True, check=False, timeout=90)
    assert done.stdout == f"{len(reborn.told.added)} Đã gửi\n", done.stderr
    assert year.user.calls == []
    assert year.user.belongings() == year.user.brought
    assert year.unchanged()
