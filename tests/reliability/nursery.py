"""Workers for the tests: pytest has threads and cannot fork, so it asks a process that has none.

`python -m tests.reliability.nursery` loads the product, says `ready`, and takes one JSON object a line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from config.settings import ROOT
from domain.clocktime import iso
from tests.reliability.forge import PATIENCE, Ended, Worker
from tests.reliability.homes import round_at
from tests.reliability.traps import Moment, Trap


@dataclass(frozen=True)
class Nursery:
    """The process, seen from the tests."""

    to: IO[str]
    back: IO[str]

    def start(self, home: Path, *command: str, trap: Trap | None = None, chore: str = "") -> Worker:
        """A worker at work on `dondoc command…`, or on a chore (chores.py) with those arguments."""
        asked = asdict(trap) if trap else None
        said = self._ask(do="start", home=str(home), command=command, trap=asked, chore=chore)
        return Worker(said["pid"], Path(said["folder"]))

    def reap(self, worker: Worker, patience: float = PATIENCE) -> Ended:
        """How the worker ended. Fails where it hangs."""
        said = self._ask(do="reap", pid=worker.pid, folder=str(worker.folder), patience=patience)
        assert "code" in said, said
        return Ended(**said)

    def run(self, home: Path, *command: str, trap: Trap | None = None) -> Ended:
        """Start and wait."""
        return self.reap(self.start(home, *command, trap=trap))

    def tick(self, home: Path, number: int = 0, trap: Trap | None = None) -> Worker:
        """A worker at the round of that number."""
        return self.start(home, *ticking(number), trap=trap)

    def ticked(self, home: Path, number: int = 0, code: int = 0) -> dict[str, int]:
        """What the round of that number counted; nobody disturbed it."""
        done = self.run(home, *ticking(number))
        assert (done.code, done.err) == (code, ""), done
        counts: dict[str, int] = json.loads(done.out)
        return counts

    def _ask(self, **wish: Any) -> dict[str, Any]:
        self.to.write(f"{json.dumps(wish)}\n")
        self.to.flush()
        said: dict[str, Any] = json.loads(self.back.readline())
        return said


def ticking(number: int) -> tuple[str, ...]:
    """The command of the round of that number."""
    return ("tick", "--as-of", iso(round_at(number)), "--format", "json")


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A warm process for the time of the block."""
    command = [sys.executable, "-m", "tests.reliability.nursery"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Nursery(process.stdin, process.stdout)
        process.stdin.close()


def is_dead(pid: int) -> bool:
    """Whether the process runs no more, reaped or not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:  # gone, even while we read
        return True


def kill(pid: int) -> None:
    """Kill the process; it is dead afterwards."""
    os.kill(pid, 9)
    while not is_dead(pid):
        time.sleep(0.001)


def _serve() -> None:
    from tests.reliability import forge  # noqa: PLC0415  seconds of loading, for the process itself alone
    from tests.reliability.chores import CHORES  # noqa: PLC0415  the same

    forge.warm()
    _say("ready")
    for line in sys.stdin:
        wish = json.loads(line)
        if wish["do"] == "start":
            trap = Trap(**{**wish["trap"], "moment": Moment(wish["trap"]["moment"])}) if wish["trap"] else None
            home, command = Path(wish["home"]), wish["command"]
            if wish["chore"]:
                worker = forge.start_doing(lambda: CHORES[wish["chore"]](*command), home, trap=trap)  # noqa: B023
            else:
                worker = forge.start(home, *command, trap=trap)
            said: dict[str, Any] = {"pid": worker.pid, "folder": str(worker.folder)}
        else:
            said = _reaped(Worker(wish["pid"], Path(wish["folder"])), wish["patience"])
        _say(json.dumps(said))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _reaped(worker: Worker, patience: float) -> dict[str, Any]:
    from tests.reliability import forge  # noqa: PLC0415  as above

    try:
        return asdict(forge.reap(worker, patience))
    except TimeoutError as error:
        return {"hangs": str(error)}


if __name__ == "__main__":
    _serve()
