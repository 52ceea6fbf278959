"""What pages showed, kept as bytes, and a ledger written anew: the two things a replay is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter

from actions.evaluate import situations
from actions.office import Office
from config.reading import Configuration
from domain.ledger import Entry
from domain.situation import Situation
from store import Store, open_store, reading, session, upgrade
from store.ledger import append

Picture = Mapping[str, bytes]
"""Directive → all that is said of it."""
_WHOLE = TypeAdapter(Situation)


def picture(found: Iterable[Situation]) -> Picture:
    """Every field of every value, in its order, as JSON.

    Without the rules, which are the configuration's and no matter of the ledger, and the instant of the look: pages
    look again only at what may have changed.
    """
    return {one.directive.code: _WHOLE.dump_json(one, exclude={"rules", "as_of"}) for one in found}


@dataclass(frozen=True)
class Shown:
    """What a page showed at a moment, when the ledger had so many entries."""

    moment: datetime
    entries: int
    standings: Picture


@dataclass
class Clock:
    """A clock that is put where a story wants it."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class Travelling(Office):
    """An office that lives by such a clock."""

    clock: Clock = field(kw_only=True)

    def moment(self) -> datetime:
        """Now."""
        return self.clock()

    def shown(self) -> Shown:
        """What its pages show now, out of their memory."""
        book = self.overlook()
        return Shown(self.clock(), book.entries, picture(book.situations.values()))


def fresh(folder: Path, adopted: Callable[[Store], None]) -> Store:
    """An empty database elsewhere, in which the same configuration is in force."""
    folder.mkdir(parents=True)
    store = open_store(f"sqlite:///{folder / 'dondoc.sqlite'}", folder / "ledger.head")
    upgrade(store)
    adopted(store)
    return store


def look(store: Store, configuration: Configuration, as_of: datetime, known_at: datetime | None = None) -> Picture:
    """The standings of the whole book at an instant, as known at an instant, with nothing remembered."""
    with reading(store) as opened:
        return picture(situations(opened, configuration, as_of, known_at).values())


def replayed(
    store: Store, configuration: Configuration, ledger: Iterable[Entry], shown: Iterable[Shown]
) -> Iterator[Picture]:
    """For each picture that was kept the one that so much of the ledger gives in this store, and no more of it."""
    rest, written = iter(ledger), 0
    for one in shown:
        with session(store) as opened:
            for entry in islice(rest, one.entries - written):
                append(opened, entry)
        written = one.entries
        yield look(store, configuration, one.moment)
