"""Twenty people record at once, on the real server: no word is lost, none is there twice, and nobody sees a fault.

A minute of it is `python -m tests.web.crowd`; here each engine has a few seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings
from tests.web.crowd import ENGINES, PEOPLE, crowded, recorded_at_once

SECONDS = 5


@pytest.fixture(params=[ENGINES[0], pytest.param(ENGINES[1], marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Of an office on each engine."""
    with crowded(request.param, tmp_path) as made:
        yield made


def test_of_twenty_who_record_at_once_nobody_loses_a_word_or_is_shown_a_fault(settings: Settings) -> None:
    ordeal = recorded_at_once(settings, SECONDS)
    assert ordeal.broken == []
    assert len({person for person, _, _ in ordeal.acknowledged}) == PEOPLE
    assert ordeal.seconds["form"]
    assert ordeal.seconds["api"]
    assert ordeal.rounds > 0
