"""A person at the keyboard: an office of their own, whose clock stands in July 2024."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from tests.config.poisoning import copy_config

NOW = "2024-07-04T08:00:00+07:00"
"""Four days after the projects should have been begun."""


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be JSON and nothing else."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """The office's folders."""

    home: Path
    config: Path

    def environment(self) -> dict[str, str]:
        own = {"DONDOC_HOME": str(self.home), "DONDOC_CONFIG_DIR": str(self.config)}
        return {**own, "DONDOC_DEMO": "true", "DONDOC_CLOCK": NOW}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A configuration, and no home yet."""
    copy_config(tmp_path / "config")
    made = Desk(tmp_path / "office", tmp_path / "config")
    for name, value in made.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COLUMNS", "120")
    return made


Dondoc = Callable[..., Answer]


@pytest.fixture
def dondoc(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dondoc:  # noqa: ARG001
    """The program as a person runs it: `dondoc("plan", "--format", "json")`."""

    def run(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["dondoc", *words])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Answer(end.value.code, said.out, said.err)

    return run
