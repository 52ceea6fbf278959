"""A few plain questions to the Prefect API on this machine, for those who wait for it: no Prefect import needed."""

from __future__ import annotations

import http
import http.client
import json
import time
from collections.abc import Callable
from typing import Any

from flows.child import Child, ChildEndedError, tail
from flows.environment import HOST


def ask(port: int, path: str, body: object = None) -> Any:
    """The JSON answer to a GET, or to a POST of `body`; None when nobody answers or the answer is not 200.

    It goes straight to the loopback address, past any proxy of the office.
    """
    connection = http.client.HTTPConnection(HOST, port, timeout=5.0)
    method, payload = ("GET", None) if body is None else ("POST", json.dumps(body))
    try:
        connection.request(method, f"/api/{path}", payload, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return json.load(answer) if answer.status == http.HTTPStatus.OK else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def await_child(child: Child, ready: Callable[[], bool], patience: float) -> None:
    """Return when the child is ready; raise ChildEndedError when it ends or is not ready after `patience` seconds."""
    deadline = time.monotonic() + patience
    while not ready():
        child.check()
        if time.monotonic() > deadline:
            raise ChildEndedError(
                f"Tiến trình Prefect chưa sẵn sàng sau {patience:.0f} giây. Nhật ký: {child.log}\n{tail(child.log)}"
            )
        time.sleep(0.2)
    child.check()
