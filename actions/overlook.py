"""The whole book as the pages see it: every directive's situation, kept in memory until something in it may change.

Nothing here is the authority: it is what `actions.evaluate.situations` would say, and a test holds the two together.
What stands in the ledger is asked with every look; time changes a standing at midnight and when a due passes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from actions.adopt import current
from actions.evaluate import NoSuchDirectiveError, each_situation, situation
from config.reading import Configuration
from domain.clocktime import at, local_date
from domain.situation import Situation, steady_until
from store import Session
from store.configuration import newest
from store.ledger import directives_since, first_after, head


@dataclass(frozen=True)
class Overlook:
    """Every directive at one moment."""

    configuration: Configuration
    situations: Mapping[str, Situation]
    """By code, in the order of the configuration; one that cannot be looked at is missing, and logged."""
    entries: int
    """How much of the ledger this is."""
    since: datetime
    until: datetime
    """As long as nothing is written, it holds from `since` to before `until`."""

    def situation(self, code: str) -> Situation:
        """Raises NoSuchDirectiveError."""
        if code not in self.situations:
            raise NoSuchDirectiveError(code)
        return self.situations[code]


class Memory:
    """What one process remembers of an office's book. Threads may share it."""

    def __init__(self) -> None:
        self._hand = threading.Lock()
        self._eye = threading.Lock()
        """Apart, so that who asks for no picture does not wait until one is made."""
        self._version = 0
        self._configuration: Configuration | None = None
        self._seen: Overlook | None = None

    def configuration(self, opened: Session) -> Configuration:
        """What is adopted now. Raises IncompleteError before the first adoption."""
        with self._hand:
            return self._current(opened)

    def look(self, opened: Session, clock: Callable[[], datetime]) -> Overlook:
        """The book now. Raises IncompleteError before the first adoption.

        The clock is read after the ledger: what stands there was written before this moment, and is in the picture.
        """
        with self._eye:
            configuration, count, moment = self.configuration(opened), head(opened).count, clock()
            known = self._seen
            if known is None or known.configuration is not configuration or not known.since <= moment < known.until:
                known = _anew(opened, configuration, moment, count)
            elif known.entries != count:
                known = _caught_up(opened, known, moment, count)
            self._seen = known
            return known

    def _current(self, opened: Session) -> Configuration:
        version = newest(opened)
        if self._configuration is None or version != self._version:
            self._configuration, self._version = current(opened), version
        return self._configuration


def _anew(opened: Session, configuration: Configuration, moment: datetime, count: int) -> Overlook:
    found = {one.directive.code: one for one in each_situation(opened, configuration, moment)}
    ordered = {code: found[code] for code in configuration.directives if code in found}
    until = _until(ordered.values(), moment, first_after(opened, moment))
    return Overlook(configuration, MappingProxyType(ordered), count, moment, until)


def _caught_up(opened: Session, known: Overlook, moment: datetime, count: int) -> Overlook:
    """The same with the directives looked at again about which something was written."""
    codes = [code for code in directives_since(opened, known.entries) if code in known.situations]
    again = {code: situation(opened, known.configuration, code, moment) for code in codes}
    until = min(known.until, _until(again.values(), moment, first_after(opened, moment, known.entries)))
    situations = MappingProxyType({**known.situations, **again})
    return Overlook(known.configuration, situations, count, known.since, until)


def _until(found: Iterable[Situation], moment: datetime, entry: datetime | None) -> datetime:
    """When something changes though nothing is written; `entry`: when one of a clock gone ahead comes to be known."""
    midnight = at(local_date(moment) + timedelta(days=1))
    return min([*map(steady_until, found), entry or midnight, midnight])
