"""A town hall for every test that asks for one: the home is made once, and copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.api_client import Program, program
from tests.web.town_hall import LEAD, MONITOR, LookedAt, TownHall, prepared, town_hall


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("trang") / "home"
    prepared(home)
    return home


@pytest.fixture
def hall(prepared_home: Path, tmp_path: Path) -> Iterator[TownHall]:
    with town_hall(prepared_home, tmp_path / "home") as opened:
        yield opened


@pytest.fixture(scope="session")
def looked_at(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownHall]:
    """Nothing is recorded in it."""
    with town_hall(prepared_home, tmp_path_factory.mktemp("xem") / "home") as opened:
        yield LookedAt(opened.office, opened.app, opened.wall)


@pytest.fixture(scope="module")
def writing(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownHall]:
    """One for all tests of a module that writes by programs: each reports on a project of its own."""
    home = tmp_path_factory.mktemp("ghi") / "home"
    with town_hall(prepared_home, home, api_per_minute="100000") as opened:
        yield opened


@pytest.fixture(scope="module")
def lead(hall: TownHall) -> Program:
    """What writes for the focal person of the huyện, in the module's hall."""
    return program(hall, LEAD)


@pytest.fixture(scope="module")
def monitor(hall: TownHall) -> Program:
    """What writes for the monitor."""
    return program(hall, MONITOR)
