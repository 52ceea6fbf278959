"""Look at a directive: where it stands, who has to be told, when to look again."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from actions.reach import within_reach
from actions.remembered import Known, Remembered
from config.areas import Area
from config.reading import Configuration
from domain.clocktime import at, local_date
from domain.directive import Directive
from domain.ledger import Entry
from domain.reminders import decide
from domain.situation import Situation, look, next_moment, steady_until
from store import Session, Store
from store import session as in_transaction
from store.configuration import all_first_adopted, first_adopted
from store.head import Head
from store.ledger import Unread, by_directive, continues, entries, head, last_of, read
from store.moments import owed_look, set_next
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


_LATELY = Remembered(256)
"""Of this process."""


class NoSuchDirectiveError(LookupError):
    """The code belongs to no adopted directive."""

    def __init__(self, code: str) -> None:
        super().__init__(f"không có nhiệm vụ “{code}” đang có hiệu lực; xem danh sách bằng lệnh dondoc plan")


def situation(
    session: Session, configuration: Configuration, code: str, as_of: datetime, known_at: datetime | None = None
) -> Situation:
    """Where the directive stands. Raises NoSuchDirectiveError.

    The present is remembered (actions/remembered.py): most often nothing was written since it was last asked for.
    """
    directive = configuration.directives.get(code)
    if directive is None:
        raise NoSuchDirectiveError(code)
    if known_at is not None:
        return _looked(session, configuration, directive, entries(session, code, known_at), as_of, known_at)
    said, known = last_of(session, code), _LATELY.recall(code)
    if known and known.holds(configuration, said, as_of):
        return known.at(as_of)
    told = _told(session, code, known, said)
    found = _looked(session, configuration, directive, told, as_of)
    ahead = min((one.recorded_at for one in told if one.recorded_at > as_of), default=None)
    until = steady_until(found)
    _LATELY.keep(Known(found, configuration, told, said, min(until, ahead or until)))
    return found


def _told(session: Session, code: str, known: Known | None, said: Head) -> tuple[Entry, ...]:
    """All that was said of the directive through `said`: what others write meanwhile is for the next look.

    What is known is read on from, where the ledger still passes through it.
    """
    if known and continues(session, known.said):
        return known.entries + entries(session, code, after=known.said.count, upto=said.count)
    return entries(session, code, upto=said.count)


def _looked(
    session: Session,
    configuration: Configuration,
    directive: Directive,
    said: Iterable[Entry],
    as_of: datetime,
    known_at: datetime | None = None,
) -> Situation:
    adopted_at = first_adopted(session, Area.DIRECTIVE, directive.code) or as_of
    return look(directive, said, configuration.rules, as_of, adopted_at, known_at)


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
    seen = head(session).count
    found = _within_reach(session, configuration, code, as_of)
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
    found = _within_reach(session, configuration, code, as_of)
    moment = next_moment(found)
    if told := {row.key.milestone for row in decide(found, history(session, code)).planned}:
        soon = _soon(found, told)
        moment = min(moment, soon) if moment else soon
    owed = owed_look(session, code)
    if owed is not None and owed <= as_of:
        moment = min(owed, moment) if moment else owed  # recording puts no look off that is already owed
    set_next(session, code, moment, as_of, head(session).count)
    return moment


def _within_reach(session: Session, configuration: Configuration, code: str, as_of: datetime) -> Situation:
    """The situation, with whoever can be told something, and how: where the directive stands does not rest on it."""
    rules = within_reach(session, configuration, as_of).rules
    found = situation(session, configuration, code, as_of)
    return found if found.rules is rules else replace(found, rules=rules)


def _soon(found: Situation, milestones: Collection[str]) -> datetime:
    """When what a recording brings up on these milestones is said: tomorrow, or today while it is the last day."""
    calendar, window = found.rules.calendar, found.rules.policy.window
    morning = at(calendar.add(local_date(found.as_of), 1), window.opens)
    dues = [track.due for track in found.tracks if track.milestone.id in milestones and found.whole(track).open]
    last_day = any(due and found.as_of < due.overdue_after <= morning for due in dues)
    return window.opening(found.as_of, calendar) if last_day else morning
