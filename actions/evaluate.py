"""Look at a directive: where it stands, who has to be told, when to look again."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.reach import within_reach
from config.areas import Area
from config.reading import Configuration
from domain.clocktime import at, local_date
from domain.reminders import decide
from domain.situation import Situation, look, next_moment
from store import Session, Store
from store import session as in_transaction
from store.configuration import all_first_adopted, first_adopted
from store.head import Head
from store.ledger import Unread, by_directive, entries, head, read
from store.moments import looks, set_next
from store.outbox import history, insert_new, obsolete, revive

_log = logging.getLogger(__name__)
_FAULT = "không rà soát được nhiệm vụ %s; các nhiệm vụ khác vẫn tiếp tục"


@dataclass(frozen=True)
class Evaluated:
    """What a look found and decided."""

    situation: Situation
    planned: int
    """Deliveries that will go out, new or wanted again."""
    next_moment: datetime | None


class _Lately:
    """Situations found lately, by all they rest on: the head of the chain names everything before it.

    One statement asks for the same one several times, some of them before its transaction. Threads may share it.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._hand = threading.Lock()
        self._found: OrderedDict[_Asked, tuple[Configuration, Situation]] = OrderedDict()

    def get(self, configuration: Configuration, asked: _Asked) -> Situation | None:
        """The situation, if it was found under this very configuration."""
        with self._hand:
            known = self._found.get(asked)
            return known[1] if known and known[0] is configuration else None

    def keep(self, configuration: Configuration, asked: _Asked, found: Situation) -> None:
        """Instead of the one that was found first of all."""
        with self._hand:
            self._found[asked] = configuration, found
            if len(self._found) > self._size:
                self._found.popitem(last=False)


_Asked = tuple[str, datetime, datetime | None, Head]
"""Directive, as of, as known at, and the end of the ledger."""
_LATELY = _Lately(16)


class NoSuchDirectiveError(LookupError):
    """The code belongs to no adopted directive."""

    def __init__(self, code: str) -> None:
        super().__init__(f"không có nhiệm vụ “{code}” đang có hiệu lực; xem danh sách bằng lệnh dondoc plan")


def situation(
    session: Session, configuration: Configuration, code: str, as_of: datetime, known_at: datetime | None = None
) -> Situation:
    """Where the directive stands. Raises NoSuchDirectiveError.

    Asked again with nothing written since, it is the very same.
    """
    directive = configuration.directives.get(code)
    if directive is None:
        raise NoSuchDirectiveError(code)
    asked = (code, as_of, known_at, head(session))
    if (kept := _LATELY.get(configuration, asked)) is not None:
        return kept
    known = entries(session, code, known_at or as_of)
    adopted_at = first_adopted(session, Area.DIRECTIVE, code) or as_of
    found = look(directive, known, configuration.rules, as_of, adopted_at, known_at)
    _LATELY.keep(configuration, asked, found)
    return found


def situations(
    session: Session, configuration: Configuration, as_of: datetime, known_at: datetime | None = None
) -> Mapping[str, Situation]:
    """Where every adopted directive stands, by code; one that cannot be looked at is logged and left out."""
    found = {one.directive.code: one for one in each_situation(session, configuration, as_of, known_at)}
    return {code: found[code] for code in configuration.directives if code in found}


def each_situation(
    session: Session, configuration: Configuration, as_of: datetime, known_at: datetime | None = None
) -> Iterator[Situation]:
    """As `situations`, one after the other: of thousands of directives only one is held, and two queries are made."""
    adopted = all_first_adopted(session, Area.DIRECTIVE)
    for code, unread in _said(session, configuration, known_at or as_of):
        directive, started = configuration.directives[code], adopted.get(code, as_of)
        try:
            found = look(directive, read(unread), configuration.rules, as_of, started, known_at)
        except Exception:  # noqa: BLE001 - whatever is wrong with one directive, the others go on
            _log.exception(_FAULT, code)
        else:
            yield found


def _said(session: Session, configuration: Configuration, known_at: datetime) -> Iterator[tuple[str, Unread]]:
    """Every adopted directive with its entries, one after the other: the whole book is never held."""
    silent = dict.fromkeys(configuration.directives)
    for code, unread in by_directive(session, known_at):
        if code in configuration.directives:
            del silent[code]
            yield code, unread
    yield from ((code, ()) for code in silent)


@dataclass(frozen=True)
class Swept:
    """What a look at many directives came to."""

    planned: int
    """Deliveries that will go out, new or wanted again."""
    faults: tuple[str, ...]
    """Codes of directives that could not be evaluated; the others were."""


def evaluate_each(store: Store, configuration: Configuration, codes: Iterable[str], as_of: datetime) -> Swept:
    """Evaluate each directive in a transaction of its own: a fault of one is logged and stops no other."""
    planned, faults = 0, []
    for code in codes:
        try:
            with in_transaction(store) as opened:
                planned += evaluate(opened, configuration, code, as_of).planned
        except Exception:  # noqa: BLE001 - whatever is wrong with one directive, the others go on
            _log.exception(_FAULT, code)
            faults.append(code)
    return Swept(planned, tuple(faults))


def evaluate(session: Session, configuration: Configuration, code: str, as_of: datetime) -> Evaluated:
    """Look, write the deliveries that follow into the outbox, and remember when to look again.

    Each person is told by the first of their channels that can carry a word now (actions/reach.py).
    """
    configuration = within_reach(session, configuration, as_of)
    seen = head(session).count
    found = situation(session, configuration, code, as_of)
    decision = decide(found, history(session, code))
    for key, note in decision.overtaken:
        obsolete(session, [key], note, as_of)
    revive(session, decision.revived, as_of)
    insert_new(session, decision.new, as_of)
    moment = next_moment(found)
    set_next(session, code, moment, as_of, seen)
    return Evaluated(found, len(decision.planned), moment)


def reschedule(session: Session, configuration: Configuration, code: str, as_of: datetime) -> datetime | None:
    """After something was recorded: when to look again.

    If a look would now tell somebody something, the next opening of the sending window after today, so that a day of
    recording makes one message; the window of today where it would be too late by then; else the next rung.
    """
    found = situation(session, within_reach(session, configuration, as_of), code, as_of)
    moment = next_moment(found)
    if told := {row.key.milestone for row in decide(found, history(session, code)).planned}:
        soon = _soon(found, told)
        moment = min(moment, soon) if moment else soon
    _, owed = looks(session).get(code, (None, None))
    if owed is not None and owed <= as_of:
        moment = min(owed, moment) if moment else owed  # recording puts no look off that is already owed
    set_next(session, code, moment, as_of, head(session).count)
    return moment


def _soon(found: Situation, milestones: Collection[str]) -> datetime:
    """When what a recording brings up on these milestones is said: tomorrow, or today while it is the last day."""
    calendar, window = found.rules.calendar, found.rules.policy.window
    morning = at(calendar.add(local_date(found.as_of), 1), window.opens)
    dues = [track.due for track in found.tracks if track.milestone.id in milestones and found.whole(track).open]
    last_day = any(due and found.as_of < due.overdue_after <= morning for due in dues)
    return window.opening(found.as_of, calendar) if last_day else morning
