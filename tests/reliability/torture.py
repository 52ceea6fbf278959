"""Kills at random moments, by the thousand: `python -m tests.reliability.torture --seeds 1000`.

A seed is one office with 208 rows due to 13 people, and workers at its first round that are killed at a moment drawn
uniformly from the whole run: planning, claiming, talking to the server, writing down. Then rounds until all is quiet.
Ends with 1 when anything is broken (tests/reliability/judging.py).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tests.reliability import forge
from tests.reliability.homes import crowd, founded
from tests.reliability.judging import Ordeal, Verdict
from tests.reliability.runs import Ground, endure
from tests.reliability.sink import Sink, serving

SIZE = (16, 13)
"""Directives and people of an office whose workers are killed."""
CROWDED = (20, 25)
"""The same of one that eight workers serve at once: 500 rows."""
MEMORY = Path("/dev/shm")  # noqa: S108 - what is killed is a process, not the machine: no disk has to be waited for


def main() -> int:
    """Run the seeds, print what came of them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=1000)
    asked.add_argument("--first", type=int, default=1)
    asked.add_argument("--crowds", type=int, default=0, help="offices with eight workers at once, and no kill")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = asked.parse_args()
    begun = time.monotonic()
    forge.warm()
    ordeals = [Ordeal.drawn(seed) for seed in range(options.first, options.first + options.seeds)]
    verdicts = list(_shared(ordeals, options.jobs, SIZE))
    code = _told(verdicts, options.seeds, time.monotonic() - begun)
    if options.crowds:
        crowds = [Ordeal.crowded(seed) for seed in range(options.first, options.first + options.crowds)]
        verdicts = list(_shared(crowds, 1, CROWDED))
        code |= _told(verdicts, options.crowds, time.monotonic() - begun)
    return code


def _shared(ordeals: list[Ordeal], jobs: int, size: tuple[int, int]) -> Iterator[Verdict]:
    """The verdicts of the ordeals, shared among that many processes; each writes them to a file."""
    with tempfile.TemporaryDirectory(prefix="dondoc-verdicts-") as folder:
        files = [Path(folder) / str(job) for job in range(jobs)]
        pids = [_forked(ordeals[job::jobs], size, file) for job, file in enumerate(files)]
        for pid in pids:
            os.waitpid(pid, 0)
        for file in files:
            yield from (Verdict(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines())


def _forked(ordeals: list[Ordeal], size: tuple[int, int], file: Path) -> int:
    """A process at work on the ordeals."""
    out = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            _work(ordeals, size, out)
            code = 0
        except BaseException:  # noqa: BLE001 - a process that was forked ends here, and says why
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(out)
    return pid


def _work(ordeals: list[Ordeal], size: tuple[int, int], out: int) -> None:
    folder = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="dondoc-torture-", dir=folder) as name:
        ground = _ground(Path(name), size)
        for ordeal in ordeals:
            home = ground.folder / f"seed-{ordeal.seed}"
            verdict = endure(ground, ordeal, home)
            os.write(out, f"{json.dumps(asdict(verdict))}\n".encode())
            if not verdict.broken:
                shutil.rmtree(home)


def _ground(folder: Path, size: tuple[int, int]) -> Ground:
    """The template, and a mail server in a process of its own: it must live on when its clients are killed."""
    journal = folder / "journal"
    reader, writer = os.pipe()
    if os.fork() == 0:
        _serve(journal, writer)
    port = int(os.read(reader, 16))
    template = founded(folder / "template", crowd(*size), port)
    return Ground.measured(folder, template, journal)


def _serve(journal: Path, out: int) -> None:
    """Serve until the parent is gone."""
    parent = os.getppid()
    sink = Sink(journal=os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), at_step=_think)
    with serving(sink) as port:
        os.write(out, str(port).encode())
        while os.getppid() == parent:
            time.sleep(0.2)
    os._exit(0)


def _think(step: str) -> None:
    """A server takes its time, most of all over a message that has come: there most kills should fall."""
    time.sleep({"RCPT": 0.002, "middle": 0.002, "dot": 0.012}.get(step, 0))


def _told(verdicts: list[Verdict], wanted: int, seconds: float) -> int:
    """Print the sums, and everything broken; the exit code."""
    sums: Counter[str] = Counter()
    for one in verdicts:
        sums.update({name: value for name, value in asdict(one).items() if isinstance(value, int) and name != "seed"})
    broken = [f"seed {one.seed}: {what}" for one in verdicts for what in one.broken]
    figures = {"seeds": len(verdicts), **sums, "violations": len(broken), "seconds": round(seconds, 1)}
    sys.stderr.writelines(f"{line}\n" for line in broken)
    sys.stdout.writelines(f"{name:<12}{value:>10}\n" for name, value in figures.items())
    sys.stdout.write(f"{json.dumps(figures)}\n")
    return 1 if broken or len(verdicts) < wanted else 0


if __name__ == "__main__":
    sys.exit(main())
