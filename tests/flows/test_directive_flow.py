"""A directive as Prefect shows it: its milestones as tasks, overdue in red, progress beside."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId, TaskRunFilter
from prefect.client.schemas.objects import Flow, FlowRun, State, TaskRun

from actions.adopt import adopt
from actions.office import Office, open_office
from actions.record import record
from config.reading import Draft, read
from config.settings import load
from domain.clocktime import VIETNAM, at
from domain.ledger import Entry, EntryKind
from domain.metric import DONE
from flows.directive import directive_flow
from flows.following import follow
from flows.reconcile import flow_name, reconcile
from flows.watching import watching
from store import open_store, session, upgrade

pytestmark = pytest.mark.prefect

CODE = "bac-son-khoi-cong-moi"
START = at(date(2024, 4, 22))


def only(*codes: str) -> Draft:
    """The shipped configuration with these directives alone."""
    draft = read(load().config_dir)
    kept = tuple(
        replace(
            notice,
            directives=tuple(placed for placed in notice.directives if placed.directive.code in codes),
            facts=tuple(fact for fact in notice.facts if fact.body["directive"] in codes),
        )
        for notice in draft.notices
    )
    return replace(draft, notices=kept)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    ours = load()
    store = open_store(ours.database, ours.head_file)
    upgrade(store)
    with session(store) as opened:
        adopt(opened, only(CODE, "bac-son-y-te"), START, by="quan-tri")
    store.engine.dispose()
    opened_office = open_office(ours)
    yield opened_office
    opened_office.store.engine.dispose()


def run(as_of: datetime) -> State[object]:
    own = directive_flow.with_options(name=flow_name(CODE, "Khởi công mới"))  # as its deployment names it
    outcome: Any = own(CODE, as_of, return_state=True)
    state: State[object] = outcome
    return state


def tasks(client: SyncPrefectClient, state: State[object]) -> dict[str, TaskRun]:
    """The run's task runs by name, once Prefect has heard of all of them."""
    ours = FlowRunFilter(id=FlowRunFilterId(any_=[UUID(str(state.state_details.flow_run_id))]))
    deadline = time.monotonic() + 20
    while True:
        found = {one.name: one for one in client.read_task_runs(flow_run_filter=ours, task_run_filter=TaskRunFilter())}
        if len(found) == 4 and all(one.state and one.state.is_final() for one in found.values()):
            return found
        assert time.monotonic() < deadline, f"chỉ thấy {sorted(found)}"
        time.sleep(0.2)


def test_before_the_first_due_nothing_is_red(client: SyncPrefectClient, office: Office) -> None:  # noqa: ARG001
    state = run(datetime(2024, 6, 28, 7, 30, tzinfo=VIETNAM))
    assert (state.type.value, state.name) == ("COMPLETED", "Đã rà soát")


def test_an_overdue_milestone_is_red_and_stops_nothing_after_it(client: SyncPrefectClient, office: Office) -> None:  # noqa: ARG001
    state = run(datetime(2024, 7, 1, 7, 30, tzinfo=VIETNAM))
    assert (state.type.value, state.name) == ("FAILED", "Quá hạn")
    found = tasks(client, state)
    assert {name: one.state_name for name, one in found.items()} == {
        "Khởi công · hạn 30/6/2024": "Quá hạn",
        "Giải ngân 40% kế hoạch vốn · hạn 30/9/2024": "Đang thực hiện, trong hạn",
        "Giải ngân 100% kế hoạch vốn · hạn 31/12/2024": "Đang thực hiện, trong hạn",
        "Nhắc việc": "Đã lập lời nhắc",
    }


def test_each_milestone_waits_for_the_one_it_follows(client: SyncPrefectClient, office: Office) -> None:  # noqa: ARG001
    found = tasks(client, run(datetime(2024, 7, 1, 7, 30, tzinfo=VIETNAM)))
    broke, forty, all_, reminded = (
        next(one for name, one in found.items() if name.startswith(start))
        for start in ("Khởi công", "Giải ngân 40%", "Giải ngân 100%", "Nhắc việc")
    )
    assert parents(forty) == {broke.id}
    assert parents(all_) == {forty.id}
    assert parents(reminded) == {broke.id, forty.id, all_.id}


def parents(task: TaskRun) -> set[UUID]:
    return {UUID(str(given.id)) for given in task.task_inputs.get("wait_for", []) if hasattr(given, "id")}


def test_the_milestones_and_the_progress_are_artifacts(client: SyncPrefectClient, office: Office) -> None:
    reported = Entry(
        id="bao-cao-1",
        kind=EntryKind.REPORT,
        directive=CODE,
        metric="khoi-cong",
        value=DONE,
        as_of=date(2024, 6, 20),
        recorded_at=datetime(2024, 6, 21, 9, tzinfo=VIETNAM),
        actor="dau-moi-dau-tu-cong-bac-son",
        source="trang web",
    )
    with session(office.store) as opened:
        record(opened, office.configuration(), reported)
    state = run(datetime(2024, 7, 1, 7, 30, tzinfo=VIETNAM))
    ours = {"flow_run_id": {"any_": [str(state.state_details.flow_run_id)]}, "type": {"any_": ["table"]}}
    (table,) = client.request("POST", "/artifacts/filter", json={"artifacts": ours}).json()
    assert table["key"] == CODE
    assert [(row["Mốc"], row["Tình trạng"]) for row in json.loads(table["data"])] == [
        ("Khởi công", "Hoàn thành đúng hạn"),
        ("Giải ngân 40% kế hoạch vốn", "Đang thực hiện, trong hạn"),
        ("Giải ngân 100% kế hoạch vốn", "Đang thực hiện, trong hạn"),
    ]


def test_a_home_without_a_ledger_is_refused(
    client: SyncPrefectClient,  # noqa: ARG001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected_errors: list[str],
) -> None:
    expected_errors += ["MissingStoreError", "không thấy cơ sở dữ liệu", "Finished in state Failed"]
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "khong-co"))
    state = run(datetime(2024, 7, 1, 7, 30, tzinfo=VIETNAM))
    assert (state.type.value, state.name) == ("FAILED", "Failed")
    assert "không thấy cơ sở dữ liệu" in str(state.message)
    assert not (tmp_path / "khong-co").exists()


def test_recording_starts_a_run_of_the_directive_alone(client: SyncPrefectClient, office: Office) -> None:
    follow(office, START)
    try:
        with watching(office):
            with session(office.store) as opened:
                record(opened, office.configuration(), word("bao-cao-2"))
            started = runs_to_come(client, at_least=1)
    finally:
        reconcile((), environment={})  # the server is shared with other tests
    assert {flow_of(client, one).name.split(" · ")[0] for one in started} == {"bac-son-y-te"}


def word(entry: str) -> Entry:
    """A word on a directive without a date."""
    return Entry(
        id=entry,
        kind=EntryKind.NOTE,
        directive="bac-son-y-te",
        text="Đã họp giao ban.",
        as_of=date(2024, 6, 20),
        recorded_at=datetime(2024, 6, 21, 9, tzinfo=VIETNAM),
        actor="dau-moi-ubnd-huyen-bac-son",
        source="trang web",
    )


def runs_to_come(client: SyncPrefectClient, at_least: int) -> list[FlowRun]:
    deadline = time.monotonic() + 20
    while True:
        waiting = client.request(
            "POST", "/flow_runs/filter", json={"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
        ).json()
        manual = [FlowRun.model_validate(one) for one in waiting if not one["auto_scheduled"]]
        if len(manual) >= at_least:
            return manual
        assert time.monotonic() < deadline
        time.sleep(0.2)


def flow_of(client: SyncPrefectClient, run_: FlowRun) -> Flow:
    return client.read_flow(run_.flow_id)
