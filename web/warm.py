"""The book is looked at before anybody asks: nobody waits for a thousand directives, at the start or after midnight."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from actions.office import Office

EVERY = 30.0
"""Seconds between two looks; one that finds nothing new takes a millisecond."""
_PATIENCE = 10.0
"""Seconds that the end of the block waits for a look that has begun."""
_THRESHOLDS = (10_000, 20, 100)
"""Of the garbage collector: a look makes thousands of values, and Python's own are for programs that make few."""

_log = logging.getLogger(__name__)


@contextmanager
def warm(office: Office) -> Iterator[None]:
    """Keep what `office.overlook` shows at hand, in a thread of its own, for the time of the block."""
    over = threading.Event()
    thread = threading.Thread(target=_keep, args=(office, over), name="warm", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(_PATIENCE)


def _keep(office: Office, over: threading.Event) -> None:
    kept = None
    while not over.is_set():
        try:
            seen = office.overlook()
        except Exception as error:  # noqa: BLE001 - whoever opens a page is told what is wrong; here it is tried again
            _log.debug("chưa xem trước được sổ: %s", error)
        else:
            if kept != seen.since:
                kept = seen.since
                _set_aside()
        over.wait(EVERY)


def _set_aside() -> None:
    """What is kept for the day is not searched for garbage again and again: that took a fifth of all time."""
    gc.set_threshold(*_THRESHOLDS)
    gc.unfreeze()
    gc.collect()
    gc.freeze()
