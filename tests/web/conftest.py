"""A town hall for every test that asks for one: the home is made once, and copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.town_hall import LookedAt, TownHall, prepared, town_hall


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
