"""A small office over a store of its own: the named world with e-mail addresses, and a postman who answers as told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from actions.compose import Desk
from actions.courier import Courier
from actions.evaluate import evaluate
from channels.letter import Accepted, Letter, Outcome
from config.channel import Channel, ChannelKind
from config.reading import Configuration
from domain.directive import Directive
from domain.ledger import Entry
from domain.office import Person
from domain.outbox import Delivery
from domain.situation import Rules
from store import Store, reading, session
from store.ledger import append
from store.messages import Attempt, StoredMessage, all_messages, attempts
from store.outbox import history
from tests.world import FOOTNOTE_8, PEOPLE, instant, rules

EMAIL = Channel(code="email", kind=ChannelKind.EMAIL, name="Thư điện tử", sending=True)
DESK = Desk(address="https://dondoc.example", secret="of-tests-only-" * 3, domain="dondoc.example", illustrative=False)
STARTS = instant("22/4/2024 07:30")
"""The first opening of the sending window after the directive starts."""
ALONE = FOOTNOTE_8.model_copy(update={"coordinating": ()})
"""Footnote 8 told to its lead alone."""


def by_mail(people: Iterable[Person]) -> tuple[Person, ...]:
    """The people with an address each."""
    return tuple(one.model_copy(update={"email": f"{one.code}@bacson.example"}) for one in people)


RULES = rules(people=by_mail(PEOPLE))


def configured(*directives: Directive, given: Rules = RULES) -> Configuration:
    """An office with these directives, and e-mail as its channel."""
    return Configuration(given, (EMAIL,), {directive.code: directive for directive in directives})


@dataclass
class Postman:
    """Answers each letter by the next of `answers` for its reader, then with 250; keeps what he was given."""

    answers: dict[str, list[Outcome]] = field(default_factory=dict)
    given: list[tuple[str, Letter]] = field(default_factory=list)
    takes: float = 0.0
    """Seconds per letter."""
    before: Callable[[str], None] = field(default=lambda _person: None)
    """Called with the reader's code before he answers."""
    _hand: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, channel: Channel, person: Person, letter: Letter) -> Outcome:
        assert channel.code == "email"
        time.sleep(self.takes)
        self.before(person.code)
        with self._hand:
            self.given.append((person.code, letter))
            waiting = self.answers.get(person.code)
            return waiting.pop(0) if waiting else Accepted(code=250)

    @property
    def readers(self) -> list[str]:
        """Who was written to, in order."""
        return [person for person, _ in self.given]


def courier(store: Store, post: Postman, worker: str = "a") -> Courier:
    return Courier(store, DESK, post, worker)


def known(store: Store, *entries: Entry) -> None:
    """The entries are in the ledger; nobody has looked since."""
    with session(store) as opened:
        for entry in entries:
            append(opened, entry)


def looked(store: Store, configuration: Configuration, as_of: datetime, code: str = FOOTNOTE_8.code) -> int:
    """Evaluate the directive; how many deliveries it planned."""
    with session(store) as opened:
        return evaluate(opened, configuration, code, as_of).planned


def rows(store: Store, code: str = FOOTNOTE_8.code) -> tuple[Delivery, ...]:
    with reading(store) as opened:
        return history(opened, code)


def messages(store: Store) -> tuple[StoredMessage, ...]:
    with reading(store) as opened:
        return all_messages(opened)


def log(store: Store, message: str) -> tuple[Attempt, ...]:
    with reading(store) as opened:
        return attempts(opened, message)
