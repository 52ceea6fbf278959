"""The work pool `dondoc` and its worker, which starts one Python process per flow run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flows.child import Child, start, stop
from flows.loopback import ask, await_child

POOL = "dondoc"
POOL_TYPE = "process"


@contextmanager
def process_worker(
    home: Path, environment: Mapping[str, str], *, limit: int = 1, patience: float = 60.0
) -> Iterator[Child]:
    """Run a worker of the pool while the block lasts; it creates the pool where there is none.

    Its log is `<home>/logs/prefect-worker.log`. `limit` is the number of flow runs at one time: 1 on SQLite, where more
    are slower and meet locks. Raises ChildEndedError when the worker does not come up within `patience` seconds.
    """
    port = int(environment["PREFECT_SERVER_API_PORT"])
    earlier = _signs_of_life(port)  # an earlier worker of this name may have left one
    command = ["worker", "start", "--pool", POOL, "--type", POOL_TYPE, "--limit", str(limit), "--name", POOL]
    child = start([*command, "--install-policy", "never"], home, environment, "prefect-worker.log")
    try:
        await_child(child, lambda: _signs_of_life(port) != earlier, patience)
        yield child
    finally:
        stop(child)


def _signs_of_life(port: int) -> list[str]:
    workers = ask(port, f"work_pools/{POOL}/workers/filter", {}) or []
    return sorted(worker["last_heartbeat_time"] for worker in workers)
