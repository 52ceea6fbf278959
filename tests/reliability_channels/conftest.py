"""An office in its own folder, with a healthy mail server and the stand-in; made anew for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.ways_out import smtp_of
from channels.smtp import Smtp
from config.settings import Settings
from demo.zalo.setup import give_tokens
from demo.zalo.standin import Standin
from store import open_store, upgrade
from tests.reliability_channels.hall import ADMIN, READERS, TEMPLATE, Clock, Hall, found
from tests.reliability_channels.mailserver import Mailserver, serving

SILENCE, DIALOGUE = 0.4, 0.8
"""Seconds for which a mail server of these tests may say nothing, and for which it may talk."""


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables; made once, then copied."""
    file = tmp_path_factory.mktemp("template") / "dondoc.sqlite"
    store = open_store(f"sqlite:///{file}", file.with_name("ledger.head"))
    upgrade(store)
    store.engine.dispose()
    return file


@pytest.fixture
def server() -> Mailserver:
    """A mail server that takes everything, until a test says otherwise."""
    return Mailserver()


@pytest.fixture
def hall(tmp_path: Path, empty_store: Path, server: Mailserver, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """The office on its first morning, nothing said yet; e-mail first, then Zalo."""

    def impatient(settings: Settings) -> Smtp:
        return smtp_of(settings).model_copy(update={"timeout": SILENCE, "patience": DIALOGUE})

    monkeypatch.setattr("actions.ways_out.smtp_of", impatient)
    clock = Clock()
    with Standin(clock) as standin, serving(server) as port:
        home = tmp_path / "office"
        settings = found(home, standin, {"smtp_port": str(port)})
        shutil.copyfile(empty_store, home / "dondoc.sqlite")
        store = open_store(settings.database, settings.head_file)
        give_tokens(standin, store, home, clock())
        standin.account.templates[TEMPLATE] = "<ten>: <so_viec>, <viec>, hạn <han>. <duong_dan>"
        made = Hall(home, store, standin, clock, bag=server.bag)
        made.people("email", "zalo")
        made.on_zalo(*READERS, ADMIN)
        made.first_look()
        yield made
        store.engine.dispose()
