"""Overdue is a standing, not a fault: in a terminal its lines would bury what a person has to read.

Prefect prints an ERROR for every failed state. In the UI and the API's logs they stay.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from domain import vietnamese as vn
from domain.standing import Official

_LINES = tuple(f"{said} {vn.OFFICIAL[Official.OPEN_OVERDUE]}(" for said in ("Finished in state", "failed with state:"))


@contextmanager
def overdue_unsaid() -> Iterator[None]:
    """While the block lasts, Prefect's console prints no line about an overdue state."""
    handlers = [handler for name in ("", "prefect") for handler in logging.getLogger(name).handlers]
    for handler in handlers:
        handler.addFilter(_another_line)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(_another_line)


def _another_line(record: logging.LogRecord) -> bool:
    return not any(line in record.getMessage() for line in _LINES)
