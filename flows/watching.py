"""The watcher: something was recorded, so its directive is run again; something was adopted, so Prefect follows.

Neither recording nor adopting ever waits for Prefect, whoever does it: a page, a command, a program.
"""

from __future__ import annotations

import logging
import threading
from contextlib import AbstractContextManager
from functools import partial

import httpx
from prefect.client.orchestration import get_client
from prefect.exceptions import PrefectException

from actions.alongside import alongside
from actions.office import Office
from config.reading import IncompleteError
from flows.deployments import DeploymentStaysError, owned
from flows.following import follow
from flows.reconcile import DEPLOYMENT, TAG
from store import reading
from store.configuration import newest
from store.ledger import head, since

SECONDS = 2.0
"""How often the ledger is looked at."""

_log = logging.getLogger(__name__)


def watching(office: Office) -> AbstractContextManager[None]:
    """While the block lasts, each newly recorded entry starts a run, and deployments follow what is newly adopted.

    A run that cannot be started is not lost: the directive is due for a look, and the next sweep takes it. Deployments
    that cannot be changed now are tried again, and renewed every morning in any case.
    """
    return alongside(partial(_watch, office), "watching")


def _watch(office: Office, stop: threading.Event) -> None:
    with reading(office.store) as opened:
        seen, followed = head(opened).count, newest(opened)
    while not stop.wait(SECONDS):
        with reading(office.store) as opened:
            news, adopted = since(opened, seen), newest(opened)
        if adopted != followed and _follows(office):
            followed = adopted
        if not news:
            continue
        try:
            run_again({entry.entry.directive for entry in news})
        except (httpx.HTTPError, PrefectException):  # the watcher outlives a Prefect that is being restarted
            _log.warning("chưa chạy lại được các nhiệm vụ vừa ghi sổ; lượt rà soát sau sẽ làm", exc_info=True)
        seen = news[-1].seq


def _follows(office: Office) -> bool:
    """Whether the deployments are now those of what is adopted."""
    try:
        done = follow(office, office.moment())
    except (httpx.HTTPError, PrefectException, DeploymentStaysError, IncompleteError):
        _log.warning("chưa đồng bộ được lịch theo dõi với cấu hình vừa áp dụng; sẽ thử lại", exc_info=True)
        return False
    _log.info("đã đồng bộ: thêm %d, đổi %d, bỏ %d", len(done.added), len(done.updated), len(done.removed))
    return True


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
