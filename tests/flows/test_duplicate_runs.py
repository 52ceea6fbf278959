"""Prefect runs a thing twice, or again and again: the outbox, not Prefect, says what was sent."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from prefect import flow, task
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import State

from actions.deliver import deliver
from actions.evaluate import evaluate_each
from actions.office import opened_office
from config.settings import load
from flows.directive import directive_flow
from flows.reconcile import flow_name
from flows.sweep import sweep_flow
from tests.reliability.homes import MORNING, crowd, founded, round_at
from tests.reliability.judging import Left
from tests.reliability.sink import Sink, serving

pytestmark = pytest.mark.prefect

PEOPLE = 3


@pytest.fixture
def people() -> int:
    return PEOPLE


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def posting(sink: Sink, people: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with serving(sink) as port:
        monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
        yield founded(tmp_path / "home", crowd(2, people), port)


@pytest.fixture
def expected_errors() -> list[str]:
    return [r"^Task run failed with exception: RuntimeError\('451'\)"]


def at_once(*runs: Any) -> list[State[Any]]:
    """The ends of runs that start at one instant, each under the settings of this test."""
    with ThreadPoolExecutor(len(runs)) as pool:
        started = [pool.submit(copy_context().run, run) for run in runs]
        return [one.result() for one in started]


def test_two_runs_of_a_directive_and_two_sweeps_at_one_instant_send_one_message_each(
    client: SyncPrefectClient,  # noqa: ARG001
    sink: Sink,
    posting: Path,
) -> None:
    with opened_office(load(posting)) as office:
        directive = next(iter(office.configuration().directives.values()))
    own = directive_flow.with_options(name=flow_name(directive.code, directive.title))  # as its deployment names it
    states = at_once(
        *(lambda: own(directive.code, MORNING, return_state=True),) * 2,
        *(lambda: sweep_flow(MORNING, return_state=True),) * 2,
    )
    assert {state.type.value for state in states} == {"COMPLETED"}
    sweep_flow(round_at(1), return_state=True)
    left = Left.of(posting)
    assert len(left.states) == 2 * PEOPLE
    assert set(left.states.values()) == {"accepted"}
    told = [key for key, message in left.carried.items() if message in sink.copies()]
    assert (len(told), set(sink.copies().values())) == (2 * PEOPLE, {1})


@pytest.mark.parametrize("people", [1])
def test_retries_of_prefect_around_a_server_that_says_451_twice_make_one_copy(
    client: SyncPrefectClient,  # noqa: ARG001
    sink: Sink,
    posting: Path,
) -> None:
    sink.replies["dot"] = ["451 later"] * 2
    moments = iter([round_at(number) for number in range(4)])

    @task(retries=3, retry_delay_seconds=0)
    def send() -> int:
        with opened_office() as office:
            done = deliver(office.courier(), office.configuration(), next(moments))
        if done.troubled or not done.sent:
            raise RuntimeError("451")
        return done.sent

    @flow
    def wrapped() -> int:
        return send()

    with opened_office(load(posting)) as office:
        assert evaluate_each(office.store, office.configuration(), office.configuration().directives, MORNING).planned
    assert wrapped() == 1
    left = Left.of(posting)
    assert set(left.states.values()) == {"accepted"}
    assert (len(sink.taken), sorted(left.messages.values())) == (1, ["accepted", "deferred", "deferred"])
