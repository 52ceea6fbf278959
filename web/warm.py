"""The book is looked at before anybody asks: nobody waits for a thousand directives, at the start or after midnight."""

from __future__ import annotations

import gc
import logging
import threading
from contextlib import AbstractContextManager
from functools import partial

from actions.alongside import alongside
from actions.office import Office

EVERY = 30.0
"""Seconds between two looks; one that finds nothing new takes a millisecond."""
_THRESHOLDS = (10_000, 20, 100)
"""Of the garbage collector: a look makes thousands of values, and Python's own are for programs that make few."""

_log = logging.getLogger(__name__)


def warm(office: Office) -> AbstractContextManager[None]:
    """Keep what `office.overlook` shows at hand, for the time of the block."""
    return alongside(partial(_keep, office), "warm")


def _keep(office: Office, over: threading.Event) -> None:
    kept = None
    while not over.is_set():
        try:
            seen = office.overlook()
        except Exception as error:  # noqa: BLE001 - whoever opens a page is told what is wrong; here it is tried again
            _log.debug("chưa xem trước được sổ: %s", error)
        else:
            if kept is None or not kept.goes_on(seen.configuration, seen.since):
                _set_aside()  # all of it was looked at anew
            kept = seen
        over.wait(EVERY)


def _set_aside() -> None:
    """What is kept for the day is not searched for garbage again and again: that took a fifth of all time."""
    gc.set_threshold(*_THRESHOLDS)
    gc.unfreeze()
    gc.collect()
    gc.freeze()
