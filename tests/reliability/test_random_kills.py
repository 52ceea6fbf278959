"""A sample of the thousand: `make torture` runs them all."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from config.settings import ROOT

SEEDS = 12


@pytest.mark.timeout(400)
def test_kills_at_random_moments_lose_nothing_and_double_only_what_may_have_arrived() -> None:
    command = [sys.executable, "-m", "tests.reliability.torture", "--seeds", str(SEEDS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["seeds"], figures["rows"], figures["lost"], figures["violations"]) == (SEEDS, SEEDS * 208, 0, 0)
    assert figures["kills"] >= SEEDS
    assert figures["extra"] <= figures["unknown"]
