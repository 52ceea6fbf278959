"""Where else there is something to see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Places:
    """Addresses the home page points to; None: not there."""

    mailbox: str | None = None
    prefect: str | None = None
    phones: str | None = None
