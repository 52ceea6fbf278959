"""A server of a few lines on plain sockets: who comes is spoken to in a thread of their own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

HOST = "127.0.0.1"


@contextmanager
def listening(converse: Callable[[socket.socket], None]) -> Iterator[int]:
    """The server, on the port it yields."""

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _ = front.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=converse, args=(client,), daemon=True).start()

    with socket.create_server((HOST, 0), backlog=64) as front:
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield int(front.getsockname()[1])
        front.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)


def hear_line(client: socket.socket, heard: bytes) -> tuple[str, bytes]:
    """The next line, and what was heard after it."""
    heard = hear_until(client, heard, lambda so_far: b"\n" in so_far)
    line, _, rest = heard.partition(b"\n")
    return line.decode("ascii", "replace").rstrip(), rest


def hear_until(client: socket.socket, heard: bytes, enough: Callable[[bytes], bool]) -> bytes:
    """What was heard, once it is enough. Raises ConnectionResetError where the other side is gone before."""
    while not enough(heard):
        more = client.recv(65536)
        if not more:
            raise ConnectionResetError
        heard += more
    return heard
