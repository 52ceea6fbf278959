"""Situations found lately: each is good until something is written about its directive, or time alone changes it.

Nothing here is the authority. One statement asks for the situation of its directive several times, some of them before
its transaction, and the next page asks for it again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from config.reading import Configuration
from domain.ledger import Entry
from domain.situation import Situation
from store.head import Head


@dataclass(frozen=True)
class Known:
    """A situation, and what it rests on."""

    situation: Situation
    configuration: Configuration
    entries: tuple[Entry, ...]
    """All that was said of the directive."""
    said: Head
    """The last of it: it names everything before it, and one that was rolled back is another."""
    until: datetime
    """If nothing is written, it holds from its own moment to before this one."""

    def holds(self, configuration: Configuration, said: Head, as_of: datetime) -> bool:
        """Whether a look would find the same."""
        in_time = self.situation.as_of <= as_of < self.until
        return self.configuration is configuration and self.said == said and in_time

    def at(self, as_of: datetime) -> Situation:
        """The situation at a moment for which it holds."""
        return self.situation if self.situation.as_of == as_of else replace(self.situation, as_of=as_of)


class Remembered:
    """The latest of so many directives. Threads may share it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._hand = threading.Lock()
        self._known: OrderedDict[str, Known] = OrderedDict()

    def recall(self, code: str) -> Known | None:
        """What is known of the directive."""
        with self._hand:
            if code in self._known:
                self._known.move_to_end(code)
            return self._known.get(code)

    def keep(self, known: Known) -> None:
        """In the place of what was known of the directive; what was not asked for the longest is forgotten."""
        with self._hand:
            self._known[known.situation.directive.code] = known
            self._known.move_to_end(known.situation.directive.code)
            if len(self._known) > self._size:
                self._known.popitem(last=False)
