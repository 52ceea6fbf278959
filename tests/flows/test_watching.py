"""What is adopted while everything runs, by a page or a command, reaches Prefect by itself."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import httpx
import pytest
from prefect.client.orchestration import SyncPrefectClient

from actions.adopt import adopt
from actions.office import Office, open_office
from config.reading import Draft
from config.settings import load
from domain.clocktime import at
from flows import watching as under_test
from flows.deployments import owned
from flows.following import follow
from flows.reconcile import TAG, Reconciled, reconcile
from flows.watching import watching
from store import open_store, session, upgrade
from tests.stories.town import drafted

pytestmark = pytest.mark.prefect

FIRST, SECOND = "bac-son-y-te", "tan-thanh-tuyen-truyen-ntm"
START = at(date(2024, 4, 22))


@pytest.fixture(scope="module")
def drafts() -> tuple[Draft, Draft]:
    return drafted(FIRST), drafted(FIRST, SECOND)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """With its tables, and nothing adopted."""
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    ours = load()
    store = open_store(ours.database, ours.head_file)
    upgrade(store)
    store.engine.dispose()
    opened_office = open_office(ours)
    yield opened_office
    opened_office.store.engine.dispose()


def adopted(office: Office, draft: Draft) -> None:
    with session(office.store) as opened:
        adopt(opened, draft, START, by="quan-tri")


def test_a_directive_adopted_while_everything_runs_gets_its_deployment(
    client: SyncPrefectClient, office: Office, drafts: tuple[Draft, Draft], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_test, "SECONDS", 0.1)
    adopted(office, drafts[0])
    follow(office, START)
    try:
        with watching(office):
            time.sleep(0.3)  # the watcher has taken its bearings
            adopted(office, drafts[1])
            deadline = time.monotonic() + 20
            while codes(client) != {FIRST, SECOND}:
                assert time.monotonic() < deadline, codes(client)
                time.sleep(0.2)
    finally:
        reconcile((), environment={})  # the server is shared with other tests


def codes(client: SyncPrefectClient) -> set[str]:
    return {flow.split(" · ")[0] for flow, _ in owned(client, TAG)}


def test_a_prefect_that_is_away_is_asked_again_and_only_until_it_followed(
    office: Office, drafts: tuple[Draft, Draft], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = Reconciled(added=("x",), updated=(), unchanged=(), removed=())
    asked, twice = [], threading.Event()

    def follows(_office: Office, moment: datetime) -> Reconciled:
        asked.append(moment)
        if len(asked) == 1:
            raise httpx.ConnectError("không nối được")
        twice.set()
        return done

    monkeypatch.setattr(under_test, "follow", follows)
    monkeypatch.setattr(under_test, "run_again", len)  # the facts of a notice are entries, and there is no server here
    monkeypatch.setattr(under_test, "SECONDS", 0.05)
    with caplog.at_level(logging.WARNING), watching(office):
        time.sleep(0.2)
        assert asked == [], "nothing was adopted"
        adopted(office, drafts[0])
        assert twice.wait(timeout=15)
        time.sleep(0.3)
    assert len(asked) == 2
    assert "chưa đồng bộ được lịch theo dõi" in caplog.text
