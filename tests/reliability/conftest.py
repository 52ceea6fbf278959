"""What the tests of reliability share: a warm process that forks workers, and templates of offices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.reliability.homes import copied, crowd, founded
from tests.reliability.nursery import Nursery
from tests.reliability.nursery import nursery as open_nursery
from tests.reliability.sink import Sink, serving

Settle = Callable[[int, int], Path]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with open_nursery() as opened:
        yield opened


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, int], Path]:
    """The template of an office with so many directives and people; made once."""
    made: dict[tuple[int, int], Path] = {}

    def of(directives: int, people: int) -> Path:
        size = (directives, people)
        if size not in made:
            home = tmp_path_factory.mktemp("template") / "home"
            made[size] = founded(home, crowd(directives, people), port=9)
        return made[size]

    return of


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    yield sink
    assert sink.gone == []


@pytest.fixture
def port(sink: Sink) -> Iterator[int]:
    with serving(sink) as opened:
        yield opened


@pytest.fixture
def settle(template: Callable[[int, int], Path], port: int, tmp_path: Path) -> Settle:
    """An office with so many directives and people, on SQLite, that posts to the sink."""

    def settled(directives: int, people: int) -> Path:
        return copied(template(directives, people), tmp_path / "home", smtp_port=port)

    return settled
