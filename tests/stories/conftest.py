"""The fixtures of the stories: a letter that no story took out of the box fails it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from config.reading import Draft
from domain.clocktime import at
from tests.stories.town import CODE, Town, drafted

Founding = Callable[[Draft, datetime], Town]


@pytest.fixture
def found(tmp_path: Path) -> Iterator[Founding]:
    """Found a town: an office with these directives, adopted at that instant."""
    towns: list[Town] = []

    def founded(draft: Draft, adopted: datetime) -> Town:
        towns.append(Town(tmp_path / str(len(towns)), draft, adopted))
        return towns[-1]

    yield founded
    for town in towns:
        town.store.engine.dispose()
    assert [town.taken() for town in towns] == [[] for _ in towns], "thư không ai chờ"


@pytest.fixture
def town(found: Founding) -> Town:
    """The town with footnote 8 alone, from the day of the inspection."""
    return found(drafted(CODE), at(date(2024, 4, 22)))
