"""The watcher: something was recorded, so its directive is run again. Recording itself never waits for Prefect."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from prefect.client.orchestration import get_client
from prefect.exceptions import PrefectException

from actions.office import Office
from flows.deployments import owned
from flows.reconcile import DEPLOYMENT, TAG
from store import reading
from store.ledger import head, since

SECONDS = 2.0
"""How often the ledger is looked at."""

_log = logging.getLogger(__name__)


@contextmanager
def watching(office: Office) -> Iterator[None]:
    """While the block lasts, each newly recorded entry starts a run of its directive's deployment.

    A run that cannot be started is not lost: the directive is due for a look, and the next sweep takes it.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_watch, args=(office, stop), name="watching", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def _watch(office: Office, stop: threading.Event) -> None:
    with reading(office.store) as opened:
        seen = head(opened).count
    while not stop.wait(SECONDS):
        with reading(office.store) as opened:
            news = since(opened, seen)
        if not news:
            continue
        try:
            run_again({entry.entry.directive for entry in news})
        except (httpx.HTTPError, PrefectException):  # the watcher outlives a Prefect that is being restarted
            _log.warning("chưa chạy lại được các nhiệm vụ vừa ghi sổ; lượt rà soát sau sẽ làm", exc_info=True)
        seen = news[-1].seq


def run_again(directives: set[str]) -> int:
    """Start a run of each directive's deployment; how many were started."""
    with get_client(sync_client=True) as client:
        wanted = [
            deployment
            for (_, name), deployment in owned(client, TAG).items()
            if name == DEPLOYMENT and deployment.parameters.get("directive") in directives
        ]
        for deployment in wanted:
            client.create_flow_run_from_deployment(deployment.id)
        return len(wanted)
