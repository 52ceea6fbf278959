"""An empty store for the tests of actions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Store, open_store, upgrade


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'dondoc.sqlite'}", tmp_path / "ledger.head")
    upgrade(opened)
    yield opened
    opened.engine.dispose()
