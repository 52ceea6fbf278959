"""The one place where the program reads a clock. Everywhere else time is an argument."""

from __future__ import annotations

from datetime import datetime

from config.settings import Settings
from domain.clocktime import VIETNAM


def now(settings: Settings) -> datetime:
    """This moment, aware, on Vietnamese clocks; a demo home's clock stands still at the end of its replay."""
    return settings.clock or datetime.now(VIETNAM)


def wall() -> datetime:
    """This moment by the machine, also in a demo home: what guards a door goes by real time."""
    return datetime.now(VIETNAM)
