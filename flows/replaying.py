"""A period lived through the real flows: real flow runs, real outbox, real e-mail.

Every directive runs once at the start; later those with a date run at the rungs of their ladders, each as a flow run of
its own. What remains (the monitor's weekly list, the quarter's word on what has no date) is swept in one run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import State, StateType

from actions.evaluate import situation
from actions.office import Office
from actions.replay import replay
from config.reading import Configuration
from domain.ledger import Entry
from domain.situation import urges_at
from flows.deliver import deliver_flow
from flows.directive import OVERDUE, directive_flow
from flows.quiet import overdue_unsaid
from flows.reconcile import flow_name
from flows.sweep import sweep_flow
from store import reading


class ReplayFailedError(RuntimeError):
    """A flow run of the replay ended by a fault of the program."""


@dataclass
class Runs:
    """How many flow runs the replay made."""

    count: int = 0


def live(
    office: Office,
    scenario: Sequence[Entry],
    start: datetime,
    end: datetime,
    progress: Callable[[datetime, int], None] = lambda _moment, _runs: None,
) -> int:
    """Replay from `start` to `end`; the number of flow runs made. Interrupted, it goes on where it stopped.

    Must run inside flows.environment.prefect_client_settings. Raises ReplayFailedError.
    """
    configuration = office.configuration()
    runs = Runs()

    def look(codes: Sequence[str], as_of: datetime) -> None:
        with reading(office.store) as opened:
            alone = [c for c in codes if as_of == start or urges_at(situation(opened, configuration, c, as_of))]
        for code in alone:
            _run(_flow_of(configuration, code), runs, directive=code, as_of=as_of)
        if len(alone) < len(codes):
            _run(sweep_flow, runs, as_of=as_of)

    def post(as_of: datetime) -> None:
        _run(deliver_flow, runs, as_of=as_of)

    with overdue_unsaid():
        replay(
            office.store, configuration, scenario, start, end, look, post, lambda moment: progress(moment, runs.count)
        )
    return runs.count


def _flow_of(configuration: Configuration, code: str) -> Flow[Any, Any]:
    directive = configuration.directives[code]
    return directive_flow.with_options(name=flow_name(code, directive.title))


def _run(flow: Flow[Any, Any], runs: Runs, **parameters: object) -> None:
    runs.count += 1
    outcome: Any = flow(**parameters, return_state=True)
    state: State[Any] = outcome
    if state.type is StateType.CRASHED or (state.type is StateType.FAILED and state.name != OVERDUE):
        raise ReplayFailedError(f"lượt chạy {flow.name} không xong: {state.name} — {state.message}")
