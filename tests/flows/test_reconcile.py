"""Prefect has exactly the deployments of the directives in force, under each directive's own name."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId
from prefect.client.schemas.objects import FlowRun

from flows import deployments
from flows.deployments import owned
from flows.pool import process_worker
from flows.reconcile import DEPLOYMENT, TAG, DirectiveDeployment, Reconciled, flow_name, reconcile
from flows.schedule import start_of

pytestmark = pytest.mark.prefect
Apply = Callable[..., Reconciled]
NOTHING = Reconciled(added=(), updated=(), unchanged=(), removed=())


def directive(code: str, title: str = "Khởi công", days: Sequence[int] = (1, 2, 3)) -> DirectiveDeployment:
    midnight = datetime.now(UTC).replace(hour=17, minute=0, second=0, microsecond=0)
    return DirectiveDeployment(
        code=code,
        flow_name=flow_name(code, title),
        points=[midnight + timedelta(days=day) for day in days],
        parameters={"code": code},
        description="Các dự án khởi công mới năm 2024",
        tags=("van-ban:bac-son",),
    )


@pytest.fixture
def apply(client: SyncPrefectClient, project: Path, environment: dict[str, str]) -> Iterator[Apply]:
    """Reconcile with the directives given; afterwards the server has none."""

    def call(*wanted: DirectiveDeployment) -> Reconciled:
        variables = {name: value for name, value in environment.items() if name.startswith("DONDOC_")}
        return reconcile(wanted, environment=variables, root=project)

    call()
    yield call
    call()
    assert owned(client, TAG) == {}


def runs_of(client: SyncPrefectClient, wanted: DirectiveDeployment) -> list[FlowRun]:
    deployment = client.read_deployment_by_name(f"{wanted.flow_name}/{DEPLOYMENT}")
    return client.read_flow_runs(
        flow_run_filter=FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[deployment.id]))
    )


def scheduled(client: SyncPrefectClient, wanted: DirectiveDeployment, count: int) -> list[FlowRun]:
    """The runs of a directive, waited for until the scheduler has made so many."""
    for _ in range(150):
        if len(runs := runs_of(client, wanted)) >= count:
            return runs
        time.sleep(0.2)
    pytest.fail(f"no {count} runs after 30 s")


def test_a_second_call_changes_nothing_and_keeps_the_runs_already_made(apply: Apply, client: SyncPrefectClient) -> None:
    first, second = directive("bs-1"), directive("bs-2", "Rà soát")
    assert apply(first, second) == replace(NOTHING, added=(first.flow_name, second.flow_name))
    before = {run.id for run in scheduled(client, first, 3)}
    assert apply(first, second) == replace(NOTHING, unchanged=(first.flow_name, second.flow_name))
    assert {run.id for run in runs_of(client, first)} == before


def test_a_point_gone_by_changes_nothing(apply: Apply) -> None:
    today, tomorrow = directive("bs-1", days=(1, 2, 3)), directive("bs-1", days=(2, 3))
    apply(today)
    assert apply(tomorrow) == replace(NOTHING, unchanged=(tomorrow.flow_name,))


def test_a_moved_point_replaces_the_runs_made_for_the_old_one(apply: Apply, client: SyncPrefectClient) -> None:
    before, after = directive("bs-1", days=(1, 2, 3)), directive("bs-1", days=(1, 5, 6))
    apply(before)
    scheduled(client, before, 3)
    assert apply(after) == replace(NOTHING, updated=(after.flow_name,))
    starts = sorted(run.expected_start_time for run in scheduled(client, after, 3) if run.expected_start_time)
    assert starts == [start_of(point, "bs-1") for point in after.points]


def test_a_change_of_words_or_of_a_schedule_switched_off_by_hand_is_put_right(
    apply: Apply, client: SyncPrefectClient
) -> None:
    wanted = directive("bs-1")
    apply(wanted)
    assert apply(replace(wanted, description="Nội dung mới")).updated == (wanted.flow_name,)
    deployment = client.read_deployment_by_name(f"{wanted.flow_name}/{DEPLOYMENT}")
    client.update_deployment_schedule(deployment.id, deployment.schedules[0].id, active=False)
    assert apply(wanted).updated == (wanted.flow_name,)
    assert apply(wanted).unchanged == (wanted.flow_name,)


def test_a_directive_that_lost_its_last_date_loses_its_schedule(apply: Apply, client: SyncPrefectClient) -> None:
    apply(directive("bs-1"))
    undated = directive("bs-1", days=())
    assert apply(undated).updated == (undated.flow_name,)
    assert apply(undated).unchanged == (undated.flow_name,)
    assert client.read_deployment_by_name(f"{undated.flow_name}/{DEPLOYMENT}").schedules == []


def test_a_renamed_directive_leaves_no_deployment_and_no_run_under_its_old_name(
    apply: Apply, client: SyncPrefectClient
) -> None:
    old, new = directive("bs-1", "Tên cũ"), directive("bs-1", "Tên mới")
    apply(old)
    to_go = scheduled(client, old, 3)
    assert apply(new) == replace(NOTHING, added=(new.flow_name,), removed=(old.flow_name,))
    assert list(owned(client, TAG)) == [(new.flow_name, DEPLOYMENT)]
    assert {run.id for run in client.read_flow_runs()} & {run.id for run in to_go} == set()


def test_deployments_of_others_are_left_alone(apply: Apply, client: SyncPrefectClient) -> None:
    flow = client.create_flow_from_name("của người khác")
    theirs = client.create_deployment(flow, name=DEPLOYMENT, tags=["khac"])
    apply(directive("bs-1"))
    assert apply().removed == (flow_name("bs-1", "Khởi công"),)
    assert client.read_deployment(theirs).tags == ["khac"]


def test_more_deployments_than_prefect_returns_at_once_are_all_found(
    apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deployments, "PAGE", 2)
    many = [directive(f"bs-{number}", days=()) for number in range(5)]
    assert len(apply(*many).added) == len(many)
    assert len(apply(*many).unchanged) == len(many)
    assert len(apply().removed) == len(many)


def test_the_worker_runs_a_directive_under_the_directives_own_name(
    apply: Apply, client: SyncPrefectClient, home: Path, project: Path, environment: dict[str, str]
) -> None:
    wanted = directive("bs-1", "Khởi công, giải ngân dự án mới 2024", days=())
    apply(wanted)
    deployment = client.read_deployment_by_name(f"{wanted.flow_name}/{DEPLOYMENT}")
    run = client.create_flow_run_from_deployment(deployment.id)
    with process_worker(home, environment) as worker:
        for _ in range(200):
            run = client.read_flow_run(run.id)
            if run.state and run.state.is_final():
                break
            worker.check()
            time.sleep(0.2)
    assert run.state is not None
    assert (run.state.type.value, run.state.name, run.state.message) == ("FAILED", "Quá hạn", "1 mốc quá hạn")
    assert client.read_flow(run.flow_id).name == wanted.flow_name
    assert {flow.name for flow in client.read_flows()} & {"directive_flow", "directive-flow"} == set()
    assert (home / "bs-1").read_text() == str(project)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Giải ngân 40% & 100%", "bs-1 · Giải ngân 40 phần trăm và 100 phần trăm"),
        ("Khởi công trong tháng 6/2024", "bs-1 · Khởi công trong tháng 6-2024"),
        ("Hộ nghèo  <\n5", "bs-1 · Hộ nghèo ‹ 5"),
        ("dài " * 40, "bs-1 · " + ("dài " * 20).strip() + "…"),
        ("e\u0302\u0301".join("xx"), "bs-1 · xếx"),
    ],
)
def test_a_flow_name_is_the_code_and_a_title_prefect_accepts(title: str, name: str) -> None:
    assert flow_name("bs-1", title) == name
