"""Workers that deliver from one outbox, each in a process of its own, all started at the same instant."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from actions.deliver import deliver
from actions.office import open_office
from bench.common.crowd import MORNING
from config.settings import ROOT, Settings


class Worked(NamedTuple):
    """What one worker did."""

    sent: int
    not_sent: int
    """Refused, of unknown end, faulty: all of these should be none."""
    cpu: float
    """Seconds of the processor that its round took."""
    memory: float
    """MB it held at most, program and libraries included."""


class Crew(NamedTuple):
    """What the workers did together."""

    seconds: float
    workers: tuple[Worked, ...]


def at_work(settings: Settings, workers: int) -> Crew:
    """Let so many workers deliver until nothing waits."""
    with ExitStack() as stack:
        crew = [stack.enter_context(_hired(settings)) for _ in range(workers)]
        for one in crew:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        begun = time.perf_counter()
        for one in crew:
            assert one.stdin is not None
            one.stdin.close()
        said = [_said(one) for one in crew]
    return Crew(time.perf_counter() - begun, tuple(said))


def _hired(settings: Settings) -> subprocess.Popen[str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
    command = [sys.executable, "-m", "bench.common.crew"]
    env = {**others, "DONDOC_HOME": str(settings.home)}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _said(one: subprocess.Popen[str]) -> Worked:
    assert one.stdout is not None
    return Worked(*json.loads(one.stdout.readline()))


def _work() -> None:
    """One worker: everything is loaded and read before it says that it is ready; the round begins when told."""
    office = open_office()
    courier, configuration = office.courier(), office.configuration()
    print("ready", flush=True)
    sys.stdin.read()
    begun = time.process_time()
    done = deliver(courier, configuration, MORNING)
    cpu = time.process_time() - begun
    others = done.failed + done.unknown + done.faults + done.previewed + done.obsolete
    print(json.dumps(Worked(done.sent, others, cpu, _peak())), flush=True)
    office.store.engine.dispose()


def _peak() -> float:
    """MB. On Linux not by `getrusage`: it counts what the parent held when it started this process."""
    status = Path("/proc/self/status")
    if status.exists():
        (most,) = (line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(most) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    _work()
