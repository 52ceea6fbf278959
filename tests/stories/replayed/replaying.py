"""The scenario's year in homes of their own: which directives, how it is lived, and what is there afterwards."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from actions.adopt import adopt
from actions.deliver import deliver
from actions.evaluate import evaluate_each
from actions.office import Office, open_office
from actions.record import DEMO_MARK
from actions.replay import replay
from config.reading import Draft, read
from config.scenario import read_scenario
from config.settings import ROOT, load, write_home
from demo.world import END, SCENARIO, START, sending
from domain.clocktime import iso
from domain.ledger import Entry
from domain.outbox import Delivery
from store import open_store, reading, session, upgrade
from store.ledger import entries
from store.marks import set_mark
from store.messages import StoredMessage, all_messages, attempts, carried
from store.outbox import history

UNDATED = 5
"""Directives without a date that the smaller year has beside all those with one."""


class Kept(NamedTuple):
    """What an office keeps, to be compared with what it keeps later."""

    entries: tuple[Entry, ...]
    rows: tuple[Delivery, ...]
    messages: dict[StoredMessage, tuple[Delivery, ...]]
    """With the rows each of them carries."""


def written(codes: Collection[str] | None = None) -> Draft:
    """The configuration of the project, e-mail switched on; with these directives alone where given."""
    draft = sending(read(ROOT / "config"))
    if codes is None:
        return draft
    notices = tuple(
        replace(notice, directives=tuple(one for one in notice.directives if one.directive.code in codes))
        for notice in draft.notices
    )
    return replace(draft, notices=notices)


def a_few() -> tuple[str, ...]:
    """Every directive with a date and five without."""
    directives = [placed.directive for placed in written().placed]
    dated = [directive.code for directive in directives if directive.has_dates()]
    undated = [directive.code for directive in directives if not directive.has_dates()]
    return (*dated, *undated[:UNDATED])


def settled(home: Path, draft: Draft, mail_port: int) -> Office:
    """A new demonstration office in `home` that has adopted the draft at the start and posts to that port."""
    secret = "only-of-tests-" * 3
    write_home(home, {"demo": "true", "clock": iso(END), "secret": secret, "smtp_port": str(mail_port)})
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
    found, _ = read_scenario(SCENARIO, office.configuration().directives)
    return found


def live_plainly(office: Office, end: datetime) -> None:
    """The replay without Prefect, from the start or from where a killed one stopped."""
    configuration, courier = office.configuration(), office.courier()

    def look(codes: Sequence[str], as_of: datetime) -> None:
        assert evaluate_each(office.store, configuration, codes, as_of).faults == ()

    def post(as_of: datetime) -> None:
        deliver(courier, configuration, as_of)

    replay(office.store, configuration, scenario(office), START, end, look, post)


def kept(office: Office) -> Kept:
    """Everything the office keeps now."""
    codes = office.configuration().directives
    with reading(office.store) as opened:
        return Kept(
            entries=entries(opened),
            rows=tuple(row for code in codes for row in history(opened, code)),
            messages={message: carried(opened, message.id) for message in all_messages(opened)},
        )


def outcomes(office: Office) -> dict[str, list[str]]:
    """The attempt log: what each transmission of a message came to, by Message-ID."""
    with reading(office.store) as opened:
        return {one.id: [line.outcome.value for line in attempts(opened, one.id)] for one in all_messages(opened)}
