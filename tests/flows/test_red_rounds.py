"""A round that could not do its work is red in the operators' view."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import State

from actions.adopt import adopt
from actions.office import Office
from config.areas import Area, Channels
from config.settings import load
from domain.clocktime import at
from flows.deliver import deliver_flow
from flows.environment import HOST
from flows.sweep import sweep_flow
from store import open_store, session, upgrade
from store.marks import set_mark
from tests.stories.town import CODE, drafted

pytestmark = pytest.mark.prefect

MORNING = at(date(2024, 4, 22), time(8))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Footnote 8 with sending switched on, and a port at which no mail server listens."""
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    with socket.socket() as nobody:
        nobody.bind((HOST, 0))
        monkeypatch.setenv("DONDOC_SMTP_PORT", str(nobody.getsockname()[1]))
        ours, draft = load(), drafted(CODE)
        shipped = draft.areas[Area.CHANNELS]
        assert isinstance(shipped, Channels)
        on = Channels(channels=tuple(channel.model_copy(update={"sending": True}) for channel in shipped.channels))
        store = open_store(ours.database, ours.head_file)
        upgrade(store)
        with session(store) as opened:
            adopt(opened, replace(draft, areas={**draft.areas, Area.CHANNELS: on}), MORNING, by="quan-tri")
        yield Office(ours, store)
        store.engine.dispose()


def ended(flow: Callable[..., Any], *given: object) -> State[Any]:
    state: State[Any] = flow(*given, return_state=True)
    return state


def test_a_sweep_whose_letters_stay_in_the_house_is_red(client: SyncPrefectClient, office: Office) -> None:  # noqa: ARG001
    state = ended(sweep_flow, MORNING)
    assert (state.type.value, state.name) == ("FAILED", "Có thư chưa gửi được")
    assert "1 nhiệm vụ" in str(state.message)
    assert "0 thư đã gửi, 0 xem trước, 1 bị từ chối" in str(state.message)


@pytest.mark.parametrize("flow", [sweep_flow, deliver_flow])
def test_under_a_clock_nobody_believes_nothing_is_done(
    client: SyncPrefectClient,  # noqa: ARG001
    office: Office,
    expected_errors: list[str],
    flow: Callable[..., Any],
) -> None:
    expected_errors += ["HeldError", "Encountered exception", "Finished in state Failed", "hơn 30 ngày"]
    with session(office.store) as opened:
        set_mark(opened, "last_round", (office.moment() - timedelta(days=40)).isoformat())
    state = ended(flow)
    assert state.type.value == "FAILED"
    assert "dondoc tick --as-of" in str(state.message)
