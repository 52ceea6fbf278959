"""The switch and SIGTERM in the middle of a round, in processes of their own as an operator meets them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from actions.deliver import deliver
from actions.office import opened_office
from actions.switching import Scope, switch_on
from config.settings import ROOT, load
from domain.clocktime import iso
from store import session
from tests.reliability.homes import crowd, founded, round_at
from tests.reliability.judging import Left
from tests.reliability_channels.mailserver import Mailserver, serving

PEOPLE = 3


@pytest.fixture
def server() -> Mailserver:
    return Mailserver()


@pytest.fixture
def home(tmp_path: Path, server: Mailserver) -> Iterator[Path]:
    """An office with three readers by e-mail alone."""
    with serving(server) as port:
        yield founded(tmp_path / "home", crowd(1, PEOPLE), port)


def dondoc(home: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "cli", *words]
    pipe = subprocess.PIPE
    environment = {**os.environ, "DONDOC_HOME": str(home)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)


def ended(process: subprocess.Popen[str], code: int = 0) -> str:
    out, err = process.communicate(timeout=60)
    assert process.returncode == code, err
    return out


def tick(home: Path) -> subprocess.Popen[str]:
    return dondoc(home, "tick", "--as-of", iso(round_at(0)), "--format", "json")


@contextmanager
def held_at_the_first_message(server: Mailserver) -> Iterator[threading.Event]:
    """The server has all of the first message and says nothing, as long as the block lasts; the event: it has come."""
    come, go_on = threading.Event(), threading.Event()

    def before(step: str) -> None:
        if step == "dot":
            come.set()
            go_on.wait(60)

    server.before = before
    try:
        yield come
    finally:
        go_on.set()


def test_switched_off_by_another_process_the_round_finishes_its_message_and_begins_no_other(
    home: Path, server: Mailserver
) -> None:
    with held_at_the_first_message(server) as come:
        round_ = tick(home)
        assert come.wait(60)
        ended(dondoc(home, "sending", "--stop", "--reason", "nhầm văn bản"))
    ended(round_)
    assert sorted(Left.of(home).states.values()) == ["accepted", "planned", "planned"]
    with opened_office(load(home)) as office:
        assert "nhầm văn bản" in deliver(office.courier(), office.configuration(), round_at(1)).stopped
        assert len(server.bag) == 1
        with session(office.store) as opened:
            assert switch_on(opened, office.configuration(), Scope(), round_at(2), "quản trị") == 1
        assert deliver(office.courier(), office.configuration(), round_at(2)).sent == PEOPLE - 1
    assert len({copy.to for copy in server.bag}) == len(server.bag) == PEOPLE


def test_asked_to_end_the_round_finishes_its_message_and_begins_no_other(home: Path, server: Mailserver) -> None:
    with held_at_the_first_message(server) as come:
        round_ = tick(home)
        assert come.wait(60)
        round_.send_signal(signal.SIGTERM)
    ended(round_, code=-signal.SIGTERM)
    assert sorted(Left.of(home).states.values()) == ["accepted", "planned", "planned"]
    assert len(server.bag) == 1
