"""Prefect at work for an office: worker, schedules, and the watcher of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from prefect.client.orchestration import get_client

from actions.office import Office
from config.reading import IncompleteError
from flows.following import follow
from flows.orphans import close_orphans
from flows.pool import process_worker
from flows.reconcile import Reconciled
from flows.system import deploy_system_flows
from flows.watching import watching


@contextmanager
def working(office: Office, environment: Mapping[str, str]) -> Iterator[Reconciled | None]:
    """While the block lasts, runs are carried out and recording starts new ones; None where nothing is adopted yet.

    The server must be up and its settings entered (flows.environment.prefect_client_settings).
    """
    with get_client(sync_client=True) as client:
        close_orphans(client)
    with process_worker(office.settings.home, environment):
        deploy_system_flows(environment)
        try:
            followed = follow(office, office.moment())
        except IncompleteError:
            followed = None
        with watching(office):
            yield followed
