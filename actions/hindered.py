"""What keeps the office from sending anything at all, told before a reminder is late for it."""

from __future__ import annotations

from collections.abc import Iterator

from actions.office import Office
from actions.regression import held_because
from domain.findings import Finding, Severity
from store import UnusableStoreError, session
from store.ledger import lock


def hindered(office: Office) -> Iterator[Finding]:
    """A database that cannot be written to, so that nothing can be claimed; one that went back in time."""
    try:
        with session(office.store) as opened:
            lock(opened)
    except UnusableStoreError as error:
        yield Finding(severity=Severity.ERROR, message=str(error))
    if held := held_because(office.store):
        yield Finding(severity=Severity.ERROR, message=held)
