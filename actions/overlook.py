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
    ahead: datetime | None
    """When an entry comes to be known that a clock which goes ahead has written."""

    def goes_on(self, configuration: Configuration, moment: datetime) -> bool:
        """Whether at that moment most of it holds: the day, the clock and all that is adopted are the same."""
        same = self.configuration is configuration and local_date(self.since) == local_date(moment)
        return same and self.since <= moment and (self.ahead is None or moment < self.ahead)

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
            if known is None or not known.goes_on(configuration, moment):
                known = _anew(opened, configuration, moment, count)
            elif known.entries != count or moment >= known.until:
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
    ahead = first_after(opened, moment)
    until = _until(ordered.values(), moment, ahead)
    return Overlook(configuration, MappingProxyType(ordered), count, moment, until, ahead)


def _caught_up(opened: Session, known: Overlook, moment: datetime, count: int) -> Overlook:
    """The same with the directives looked at again about which something was written, or whose due has passed."""
    passed, before = moment >= known.until, known.situations
    written = [code for code in directives_since(opened, known.entries) if code in before]
    late = [code for code, one in before.items() if steady_until(one) <= moment] if passed else []
    again = {code: situation(opened, known.configuration, code, moment) for code in (*written, *late)}
    newly = first_after(opened, moment, known.entries)
    ahead = min((one for one in (known.ahead, newly) if one), default=None)
    situations = {**before, **again}
    if passed:
        since, until = moment, _until(situations.values(), moment, ahead)
    else:
        since, until = known.since, min(known.until, _until(again.values(), moment, ahead))
    return Overlook(known.configuration, MappingProxyType(situations), count, since, until, ahead)


def _until(found: Iterable[Situation], moment: datetime, entry: datetime | None) -> datetime:
    """When something changes though nothing is written; `entry`: when one of a clock gone ahead comes to be known."""
    midnight = at(local_date(moment) + timedelta(days=1))
    return min([*map(steady_until, found), entry or midnight, midnight])
