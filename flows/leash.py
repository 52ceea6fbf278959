"""Run Prefect's command line on a leash: when the process that started it is gone, even by `kill -9`, it goes too.

Run as a script (`python -P flows/leash.py server start`) with the leash, a pipe nobody writes to, as standard input.
The kernel closes the other end of the pipe with the parent, on Linux and macOS alike.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

#: Seconds between the polite signal and the end of the whole process group.
GRACE = 10.0


def follow(leash: int) -> None:
    """Wait until the leash is cut, then end this process and its group."""
    os.read(leash, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main(arguments: list[str]) -> None:
    """Keep the leash to ourselves, so that flow runs started below get an empty standard input, then be Prefect."""
    leash = os.dup(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    threading.Thread(target=follow, args=(leash,), daemon=True).start()
    sys.argv = ["prefect", *arguments]
    runpy.run_module("prefect", run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
