"""Workers that cost milliseconds: forked from a process in which the whole product is loaded and has once run.

Each is a real process that runs one command of `dondoc` as a shell would start it, and can be killed as any other.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from typer.main import get_command

import cli.main as commands
from domain.clocktime import iso
from tests.reliability.homes import ADOPTED, MORNING, crowd, founded
from tests.reliability.sink import Sink, serving
from tests.reliability.traps import Trap

PATIENCE = 60.0
"""Seconds after which a worker hangs."""


@dataclass(frozen=True)
class Ended:
    """How a worker ended."""

    code: int
    """Exit code; below zero the signal that ended it."""
    out: str
    err: str


@dataclass(frozen=True)
class Worker:
    """A command at work, and where it writes."""

    pid: int
    folder: Path


def start(home: Path, *command: str, trap: Trap | None = None, folder: Path | None = None) -> Worker:
    """Fork a worker that runs `dondoc command…` for the office in `home`."""
    return start_doing(lambda: run_command(*command), home, trap=trap, folder=folder)


def start_doing(work: Callable[[], int], home: Path, *, trap: Trap | None = None, folder: Path | None = None) -> Worker:
    """Fork a worker that does any piece of work for the office in `home`; what it returns is the exit code."""
    folder = folder or Path(tempfile.mkdtemp(prefix="worker-", dir=home))
    for name in ("out", "err"):
        (folder / name).touch()  # it may be dead before it writes
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            for name, descriptor in (("out", 1), ("err", 2)):
                file = os.open(folder / name, os.O_WRONLY)
                os.dup2(file, descriptor)
            os.environ["DONDOC_HOME"] = str(home)
            gc.disable()  # it lives for a second
            if trap:
                trap.set()
            code = work()
        except BaseException:  # noqa: BLE001 - whatever happened, this process ends here and says so
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return Worker(pid, folder)


def reap(worker: Worker, patience: float = PATIENCE) -> Ended:
    """Wait for the end. Raises TimeoutError, the worker killed."""
    until = time.monotonic() + patience
    while True:
        pid, status = os.waitpid(worker.pid, os.WNOHANG)
        if pid:
            out, err = ((worker.folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
            return Ended(os.waitstatus_to_exitcode(status), out, err)
        if time.monotonic() > until:
            os.kill(worker.pid, signal.SIGKILL)
            os.waitpid(worker.pid, 0)
            raise TimeoutError(f"worker {worker.pid} hangs")
        time.sleep(0.002)


def warm() -> None:
    """Let this process have run everything once: templates compiled, plugins loaded, classes built."""
    with tempfile.TemporaryDirectory(prefix="dondoc-warm-") as folder, serving(Sink()) as port:
        home = founded(Path(folder) / "home", crowd(1, 1), port)
        os.environ["DONDOC_HOME"] = str(home)
        kept, quiet = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        for moment in (ADOPTED, MORNING):
            run_command("tick", "--as-of", iso(moment), "--format", "json")
        run_command("doctor", "--as-of", iso(MORNING), "--format", "json")
        sys.stdout.flush()
        os.dup2(kept, 1)
    until = time.monotonic() + 5
    while threading.active_count() > 1 and time.monotonic() < until:
        time.sleep(0.01)
    assert threading.active_count() == 1, threading.enumerate()  # a fork takes one thread along
    commands.app = get_command(commands.app)  # type: ignore[assignment]  # built anew for each worker it takes 0.1 s
    gc.collect()
    gc.freeze()  # or each worker copies every page it looks at


def run_command(*command: str) -> int:
    """Run `dondoc command…` in this process; its exit code."""
    sys.argv = ["dondoc", *command]
    try:
        commands.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0
