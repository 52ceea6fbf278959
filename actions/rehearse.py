"""Rehearse a period: every message it would bring, nothing sent, nothing kept.

The real ledger, outbox and delivery run over a throw-away store: a rehearsal shows what would happen, not a model.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from actions.adopt import adopt, current
from actions.compose import Desk
from actions.deliver import Courier, deliver
from actions.evaluate import evaluate, situation
from actions.record import DEMO_MARK
from actions.replay import replay
from channels.letter import Letter, Outcome, Previewed
from config.channel import Channel
from config.reading import Configuration, Draft
from domain.ledger import Entry
from domain.office import Person
from domain.outbox import Delivery, Key
from store import Session, Store, open_store, reading, session, upgrade
from store.ledger import append
from store.marks import set_mark
from store.messages import StoredMessage, all_messages, carried


@dataclass(frozen=True)
class Rehearsed:
    """One message and the deliveries it carries."""

    message: StoredMessage
    rows: tuple[Delivery, ...]
    standings: Mapping[Key, str]
    """Delivery → the official standing of its milestone, on its own due, when the message was written."""


def rehearse(
    draft: Draft,
    known: Sequence[Entry],
    scenario: Sequence[Entry],
    desk: Desk,
    start: datetime,
    end: datetime,
    progress: Callable[[datetime], None] = lambda _: None,
) -> tuple[Rehearsed, ...]:
    """Messages from `start` to `end`, by time, person and id, if the draft were adopted at `start`.

    `known` is the ledger as known at the start; `scenario` is what will be recorded, in order.
    Raises IncompleteError where the configuration is broken.
    """
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        store = open_store(f"sqlite:///{folder}/dondoc.sqlite", Path(folder) / "ledger.head")
        upgrade(store)
        try:
            _prepare(store, draft, known, start)
            configuration = _live(store, desk, scenario, start, end, progress)
            with reading(store) as opened:
                return _collect(opened, configuration)
        finally:
            store.engine.dispose()


def _prepare(store: Store, draft: Draft, known: Sequence[Entry], start: datetime) -> None:
    with session(store) as opened:
        set_mark(opened, DEMO_MARK, "rehearsal")
        for entry in known:
            append(opened, entry)
        adopt(opened, draft, start, by="dondoc")


def _live(
    store: Store,
    desk: Desk,
    scenario: Sequence[Entry],
    start: datetime,
    end: datetime,
    progress: Callable[[datetime], None],
) -> Configuration:
    with reading(store) as opened:
        configuration = current(opened)

    def look(codes: Sequence[str], as_of: datetime) -> None:
        with session(store) as opened:
            for code in codes:
                evaluate(opened, configuration, code, as_of)

    courier = Courier(store, replace(desk, pictures=False), _send_nothing, worker="rehearsal")

    def post(as_of: datetime) -> None:
        deliver(courier, configuration, as_of)

    replay(store, configuration, scenario, start, end, look, post, progress)
    return configuration


def _send_nothing(_channel: Channel, _person: Person, _letter: Letter) -> Outcome:
    return Previewed()


def _collect(opened: Session, configuration: Configuration) -> tuple[Rehearsed, ...]:
    @cache
    def standing(directive: str, milestone: str, occurrence: str, at: datetime) -> str:
        found = situation(opened, configuration, directive, at)
        tracks = [track for track in found.tracks if track.milestone.id == milestone]
        of_several = next((track for track in tracks if found.whole(track).open), tracks[0])
        own = next((track for track in tracks if track.occurrence == occurrence), of_several)
        return found.whole(own).official.value

    collected = []
    for message in all_messages(opened):
        rows = carried(opened, message.id)
        keys = [row.key for row in rows]
        said = {key: standing(key.directive, key.milestone, key.occurrence, message.at) for key in keys}
        collected.append(Rehearsed(message, rows, said))
    return tuple(collected)
