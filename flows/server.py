"""The Prefect server of a home: a child process on the loopback address, ready when the `with` block begins."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flows.child import Child, start, stop
from flows.environment import HOST
from flows.loopback import ask, await_child


class PortBusyError(RuntimeError):
    """Another program listens on the port wanted for Prefect."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"Cổng {port} đang được một chương trình khác sử dụng nên không khởi động được máy chủ Prefect. "
            "Hãy đặt biến DONDOC_PREFECT_PORT bằng số của một cổng còn trống rồi chạy lại."
        )


@contextmanager
def prefect_server(home: Path, environment: Mapping[str, str], *, patience: float = 90.0) -> Iterator[Child]:
    """Run the server of an environment made by prefect_environment while the block lasts.

    Its log is `<home>/logs/prefect-server.log`. The first start of a home creates Prefect's database, about 10 s on two
    cores; `patience` is in seconds. Raises PortBusyError, and ChildEndedError when the server does not come up.
    """
    port = int(environment["PREFECT_SERVER_API_PORT"])
    refuse_busy(port)
    child = start(["server", "start"], home, environment, "prefect-server.log")
    try:
        await_child(child, lambda: ask(port, "health") is True, patience)
        yield child
    finally:
        stop(child)


def refuse_busy(port: int) -> None:
    """Raise PortBusyError if something listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server does: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortBusyError(port) from error
