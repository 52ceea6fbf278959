"""Visitors of a web server, all at once: each asks over one connection, and asks again as soon as it was answered.

They speak HTTP by hand: a client that took its time would be measured along with the server, and the more of it the
faster the server is.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from typing import NamedTuple

from web.serve import HOST

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Request(NamedTuple):
    """A request, and what proves that it was answered."""

    sent: bytes
    shows: bytes
    """The answer's status is 200 or 201, and this stands in its body."""


def request(method: str, path: str, headers: dict[str, str], body: bytes, shows: str) -> Request:
    """A request as it is sent."""
    lines = [f"{method} {path} HTTP/1.1", f"host: {HOST}", *(f"{name}: {value}" for name, value in headers.items())]
    if method == "POST":
        lines.append(f"content-length: {len(body)}")
    return Request("\r\n".join([*lines, "", ""]).encode() + body, shows.encode())


def visited(port: int, each: Sequence[Sequence[Request]]) -> list[float]:
    """Milliseconds of every request; `each`: those of one visitor. Raises AssertionError for a wrong answer."""
    return asyncio.run(_visited(port, each))


async def _visited(port: int, each: Sequence[Sequence[Request]]) -> list[float]:
    taken = await asyncio.gather(*(_visitor(port, those) for those in each))
    return [one for those in taken for one in those]


async def _visitor(port: int, those: Sequence[Request]) -> list[float]:
    reader, writer = await asyncio.open_connection(HOST, port)
    taken = []
    for one in those:
        begun = time.perf_counter()
        writer.write(one.sent)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        assert length is not None, head
        body = await reader.readexactly(int(length[1]))
        taken.append(1000 * (time.perf_counter() - begun))
        assert head[9:12] in (b"200", b"201") and one.shows in body, (one.sent, head, body.decode())
    writer.close()
    return taken
