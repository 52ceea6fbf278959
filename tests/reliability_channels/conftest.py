"""An office in its own folder, with a healthy mail server and the stand-in; made anew for each test."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from actions.ways_out import smtp_of
from demo.zalo.faults import Fault
from demo.zalo.keeping import Bubbles
from demo.zalo.setup import give_tokens
from demo.zalo.standin import Standin
from store import open_store, upgrade
from tests.actions.offices import known
from tests.reliability_channels.hall import ADMIN, HOUR, READERS, START, TEMPLATE, Clock, Hall, found
from tests.reliability_channels.mailserver import Mailserver, serving
from tests.world import PROJECTS


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables; made once, then copied."""
    file = tmp_path_factory.mktemp("template") / "dondoc.sqlite"
    store = open_store(f"sqlite:///{file}", file.with_name("ledger.head"))
    upgrade(store)
    store.engine.dispose()
    return file


@pytest.fixture(scope="session")
def one_standin() -> Iterator[tuple[Standin, Clock]]:
    """The stand-in and its clock: started once, a server takes longer to start than a test to run."""
    clock = Clock()
    with Standin(clock) as standin:
        yield standin, clock


@pytest.fixture
def standin(one_standin: tuple[Standin, Clock], monkeypatch: pytest.MonkeyPatch) -> Standin:
    """As on its first morning: no users, no messages, a pair of tokens nobody has used, nothing wrong."""
    found, clock = one_standin
    clock.moment = START
    account = found.account
    account.bubbles, account.readers, account.left_today = Bubbles(None), {}, 5000
    account.templates[TEMPLATE] = "<ten>: <so_viec>, <viec>, hạn <han>. <duong_dan>"
    while found.faults.take(""):
        pass
    found.grants.asked = 0
    found.grants.grant()
    monkeypatch.setattr(found.faults, "take", found.faults.take)  # whatever a test puts in its place is taken off
    return found


@pytest.fixture
def server() -> Mailserver:
    """A mail server that takes everything, until a test says otherwise."""
    return Mailserver()


@pytest.fixture
def ways() -> tuple[str, ...]:
    """The channels of everybody, in order."""
    return ("email", "zalo")


@pytest.fixture
def heard() -> datetime:
    """When everybody was last heard on Zalo."""
    return START - HOUR


@pytest.fixture
def hall(
    tmp_path: Path,
    empty_store: Path,
    server: Mailserver,
    standin: Standin,
    monkeypatch: pytest.MonkeyPatch,
    ways: tuple[str, ...],
    heard: datetime,
) -> Iterator[Hall]:
    """The office on its first morning, nothing said yet."""
    with serving(server) as port:
        home, clock = tmp_path / "office", standin.account.clock
        assert isinstance(clock, Clock)
        settings = found(home, standin, {"smtp_port": str(port)})
        shutil.copyfile(empty_store, home / "dondoc.sqlite")
        store = open_store(settings.database, settings.head_file)
        event.listen(store.engine, "connect", _hasty)
        give_tokens(standin, store, home, clock())
        made = Hall(home, store, standin, clock, bag=server.bag)
        monkeypatch.setattr("actions.ways_out.smtp_of", lambda ours: smtp_of(ours).model_copy(update=made.patience))
        made.people(*ways)
        made.on_zalo(*READERS, ADMIN, at=heard)
        known(store, *PROJECTS)
        monkeypatch.setattr(standin.faults, "take", _counted(made, standin.faults.take))
        yield made
        store.engine.dispose()


def _hasty(connection: sqlite3.Connection, _record: object) -> None:
    """Nobody cuts the power to these tests."""
    connection.execute("PRAGMA synchronous = OFF")


def _counted(hall: Hall, take: Callable[[str], Fault | None]) -> Callable[[str], Fault | None]:
    def counting(path: str) -> Fault | None:
        hall.asked["/" + "/".join(path.split("/")[-(2 if "/message/" in path else 1) :])] += 1
        return take(path)

    return counting
