"""Which Chromium does this machine have? Browser tests drive that one; none is downloaded."""

from __future__ import annotations

import shutil
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_chromium() -> Path | None:
    """The executable to drive, or None where there is none."""
    for command in COMMANDS:
        if found := shutil.which(command):
            return Path(found)
    return next((Path(name) for name in MAC_APPLICATIONS if Path(name).exists()), None)
