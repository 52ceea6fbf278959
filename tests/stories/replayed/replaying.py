"""The year of the scenario, in homes of their own: which directives, from when to when, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from actions.adopt import adopt
from actions.deliver import deliver
from actions.evaluate import evaluate
from actions.office import Office, open_office
from actions.record import DEMO_MARK
from actions.replay import replay
from config.areas import Area, Channels
from config.reading import Draft, read
from config.scenario import read_scenario
from config.settings import ROOT, load, write_home
from domain.clocktime import at, iso
from domain.directive import Directive
from domain.ledger import Entry
from domain.outbox import Delivery
from store import open_store, reading, session, upgrade
from store.ledger import entries
from store.marks import set_mark
from store.messages import StoredMessage, all_messages, attempts, carried
from store.outbox import history

START = at(date(2024, 4, 22))
END = at(date(2025, 1, 31), time(17))
"""Where a demonstration's clock stands still."""
CONFIG = ROOT / "config"
SECRET = "khoá chỉ dùng trong kiểm thử, đủ dài"
UNDATED = 5
"""Directives without a date that a smaller year has beside all those with one."""


def written(codes: Collection[str] | None = None) -> Draft:
    """The configuration of the project, e-mail switched on, with these directives alone where given."""
    draft = read(CONFIG)
    channels = draft.areas[Area.CHANNELS]
    assert isinstance(channels, Channels)
    sending = tuple(channel.model_copy(update={"sending": True}) for channel in channels.channels)
    notices = tuple(
        replace(notice, directives=tuple(one for one in notice.directives if _among(one.directive, codes)))
        for notice in draft.notices
    )
    return replace(draft, areas={**draft.areas, Area.CHANNELS: Channels(channels=sending)}, notices=notices)


def a_few() -> tuple[str, ...]:
    """Every directive with a date and five without."""
    directives = [placed.directive for placed in read(CONFIG).placed]
    dated = [directive.code for directive in directives if directive.has_dates()]
    return (*dated, *(directive.code for directive in directives if not directive.has_dates()))[: len(dated) + UNDATED]


def settled(home: Path, draft: Draft, mail_port: int) -> Office:
    """A new demonstration office in `home` that has adopted the draft at the start and posts to that port."""
    said = {"demo": "true", "clock": iso(END), "secret": SECRET, "smtp_port": str(mail_port)}
    write_home(home, said)
    settings = load(home)
    store = open_store(settings.database, settings.head_file)
    upgrade(store)
    with session(store) as opened:
        set_mark(opened, DEMO_MARK, "replay")
        adopt(opened, draft, START, by="kiem-thu")
    store.engine.dispose()
    return open_office(settings)


def scenario(office: Office) -> tuple[Entry, ...]:
    """What will be recorded of the directives this office has."""
    path = CONFIG / "scenarios" / "2024-bac-son.yaml"
    found, _ = read_scenario(path, office.configuration().directives)
    return found


def live_plainly(office: Office, end: datetime = END) -> None:
    """The replay without Prefect, from the start or from where a killed one stopped."""
    configuration, courier = office.configuration(), office.courier()

    def look(codes: Sequence[str], as_of: datetime) -> None:
        for code in codes:
            with session(office.store) as opened:
                evaluate(opened, configuration, code, as_of)

    def post(as_of: datetime) -> None:
        deliver(courier, configuration, as_of)

    replay(office.store, configuration, scenario(office), START, end, look, post)


def rows(office: Office) -> list[Delivery]:
    """Every row of the outbox."""
    with reading(office.store) as opened:
        return [row for code in office.configuration().directives for row in history(opened, code)]


def sent(office: Office) -> dict[StoredMessage, tuple[Delivery, ...]]:
    """Every message with the rows it carries."""
    with reading(office.store) as opened:
        return {message: carried(opened, message.id) for message in all_messages(opened)}


def outcomes(office: Office) -> dict[str, list[str]]:
    """The attempt log: what each transmission of a message came to, by Message-ID."""
    with reading(office.store) as opened:
        return {one.id: [line.outcome.value for line in attempts(opened, one.id)] for one in all_messages(opened)}


def everything(office: Office) -> tuple[tuple[Entry, ...], list[Delivery], dict[StoredMessage, tuple[Delivery, ...]]]:
    """Entries, rows and messages, to be compared with what they are later."""
    with reading(office.store) as opened:
        known = entries(opened)
    return known, rows(office), sent(office)


def _among(directive: Directive, codes: Collection[str] | None) -> bool:
    return codes is None or directive.code in codes
