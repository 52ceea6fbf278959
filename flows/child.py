"""A Prefect command as a child process: own process group, own log file, gone when we are gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LEASH = Path(__file__).with_name("leash.py")


class ChildEndedError(RuntimeError):
    """A child process ended by itself; the message carries the end of its log."""


@dataclass(frozen=True, slots=True)
class Child:
    """A running Prefect command and where it writes."""

    process: subprocess.Popen[bytes]
    log: Path

    def check(self) -> None:
        """Raise ChildEndedError if the process is no longer there."""
        if self.process.poll() is not None:
            raise ChildEndedError(
                f"Tiến trình Prefect đã dừng ngoài ý muốn (mã {self.process.returncode}). "
                f"Nhật ký: {self.log}\n{tail(self.log)}"
            )


def start(arguments: Sequence[str], home: Path, environment: Mapping[str, str], log: str) -> Child:
    """Start `prefect <arguments>` with exactly this environment, logging to `<home>/logs/<log>`.

    It runs in the home folder, where no `.env` or `prefect.toml` of a user's project can be picked up.
    """
    path = home.resolve() / "logs" / log
    path.parent.mkdir(parents=True, exist_ok=True)
    Path(environment["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    with path.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-P", str(LEASH), *arguments],
            stdin=subprocess.PIPE,  # the leash
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=home,
            env=dict(environment),
            start_new_session=True,
        )
    return Child(process, path)


def stop(child: Child, grace: float = 10.0) -> None:
    """Ask the child to end; after `grace` seconds end its whole process group."""
    child.process.terminate()
    try:
        child.process.wait(grace)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
    if child.process.stdin is not None:
        child.process.stdin.close()


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for an error message."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
