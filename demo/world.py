"""The demonstration: a home of its own whose clock stands at the end of the scenario's year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from actions.adopt import adopt
from actions.office import Office, open_office
from actions.record import DEMO_MARK
from config.areas import Area, Channels
from config.reading import Draft, IncompleteError, read
from config.scenario import read_scenario
from config.settings import ROOT, Settings, load, write_home
from domain.clocktime import at, iso
from domain.directive import Directive
from domain.findings import has_errors
from domain.ledger import Entry
from store import open_store, session, upgrade
from store.marks import set_mark

HOME = ROOT / "var" / "demo"
SCENARIO = ROOT / "config" / "scenarios" / "2024-bac-son.yaml"
START = at(date(2024, 4, 22))
"""The day of the inspection; the office adopts the notice as it begins."""
END = at(date(2025, 1, 31), time(17))
"""Where the demo's clock stands: the real one would send two years of urgings to a huyện that ended in 2025."""


def settings(home: Path = HOME) -> Settings:
    """The demo's settings, written into its home on first use; ports come from the environment as anywhere."""
    if not (home / "settings.env").exists():
        write_home(home, {"demo": "true", "clock": iso(END)})
    return load(home)


def prepare(ours: Settings) -> Office:
    """The demo's office with the notice adopted at the start; again and again without harm."""
    store = open_store(ours.database, ours.head_file)
    upgrade(store)
    with session(store) as opened:
        set_mark(opened, DEMO_MARK, "scenario")
        adopt(opened, sending(read(ours.config_dir)), START, by="minh hoạ")
    store.engine.dispose()
    return open_office(ours)


def sending(draft: Draft) -> Draft:
    """The draft with its channels switched to sending: the demo's only mail server is its own mailbox."""
    channels = draft.areas[Area.CHANNELS]
    if not isinstance(channels, Channels):
        return draft
    switched = tuple(channel.model_copy(update={"sending": True}) for channel in channels.channels)
    return replace(draft, areas={**draft.areas, Area.CHANNELS: Channels(channels=switched)})


def scenario(directives: dict[str, Directive]) -> Sequence[Entry]:
    """The illustrative year. Raises IncompleteError when its file has faults."""
    entries, findings = read_scenario(SCENARIO, directives)
    if has_errors(findings):
        raise IncompleteError([], findings)
    return entries


def elapsed(moment: datetime) -> float:
    """How much of the year has been lived at `moment`, 0 to 1."""
    return max(0.0, min(1.0, (moment - START) / (END - START)))
