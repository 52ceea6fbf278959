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
from config.settings import ENV_FILE, ROOT, Settings, load, write_home
from config.settings import HOME as OFFICE
from demo.zalo.phones import Phones
from demo.zalo.setup import on_zalo
from domain.clocktime import at, iso
from domain.directive import Directive
from domain.findings import has_errors
from domain.ledger import Entry
from store import open_store, session, upgrade
from store.configuration import current
from store.ledger import head
from store.marks import read_mark, set_mark

HOME = ROOT / "var" / "demo"
SCENARIO = ROOT / "config" / "scenarios" / "2024-bac-son.yaml"
START = at(date(2024, 4, 22))
"""The day of the inspection; the office adopts the notice as it begins."""
END = at(date(2025, 1, 31), time(17))
"""Where the demo's clock stands: the real one would send two years of urgings to a huyện that ended in 2025."""


class NotADemoError(RuntimeError):
    """The home belongs to a real office."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            f"{home} (hoặc cơ sở dữ liệu của nó) là của một đơn vị thật; bản minh hoạ cần nơi lưu riêng: "
            "bỏ hoặc đổi DONDOC_HOME, DONDOC_DATABASE_URL"
        )


def settings() -> Settings:
    """The demo's settings, written into its home on first use; ports come from the environment as anywhere.

    Its home is var/demo unless DONDOC_HOME names another. Raises NotADemoError for the home of a real office.
    """
    ours = load()
    home = HOME if ours.home == OFFICE else ours.home
    if not (home / ENV_FILE).exists():
        if (home / "dondoc.sqlite").exists():
            raise NotADemoError(home)
        write_home(home, {"demo": "true", "clock": iso(END)})
    ours = load(home)
    if not ours.demo:
        raise NotADemoError(home)
    return ours


def prepare(ours: Settings, phones: Phones | None = None) -> Office:
    """The demo's office with the notice adopted at the start; again and again without harm. Raises NotADemoError.

    With `phones`, some of its people are reminded on Zalo.
    """
    store = open_store(ours.database, ours.head_file)
    upgrade(store)
    with session(store) as opened:
        if read_mark(opened, DEMO_MARK) is None and (head(opened).count or current(opened)):
            raise NotADemoError(ours.home)
        set_mark(opened, DEMO_MARK, "scenario")
        draft = sending(read(ours.config_dir))
        adopt(opened, on_zalo(draft) if phones else draft, START, by="minh hoạ")
    store.engine.dispose()
    office = open_office(ours)
    if phones:
        phones.join(office)
    return office


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
