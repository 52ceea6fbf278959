"""Live through a period: record what was recorded, look when there is something to see, deliver what is due.

The same loop drives a rehearsal (a throw-away store, nothing sent) and the demo's replay (the real store, Prefect flow
runs, real e-mail), so the two cannot tell different stories.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from actions.record import record
from config.reading import Configuration
from domain.ledger import Entry
from store import Store, reading, session
from store.messages import first_lease_end
from store.moments import due_for_look, last_look, next_look
from store.outbox import first_opening

Look = Callable[[Sequence[str], datetime], None]
"""Evaluates these directives at an instant."""
Deliver = Callable[[datetime], None]
"""Delivers what may go out at an instant."""


def replay(
    store: Store,
    configuration: Configuration,
    scenario: Sequence[Entry],
    start: datetime,
    end: datetime,
    look: Look,
    deliver: Deliver,
    progress: Callable[[datetime], None] = lambda _: None,
) -> None:
    """From `start` to `end`, both included; goes on from the last look of an earlier, interrupted run of it.

    `scenario` is in the order of recording; an entry that was already recorded changes nothing. `progress` is told each
    moment before it is lived.
    """
    waiting = list(scenario)
    with reading(store) as opened:
        now: datetime | None = max(start, last_look(opened) or start)
    while now is not None and now <= end:
        progress(now)
        while waiting and waiting[0].recorded_at <= now:
            with session(store) as opened:
                record(opened, configuration, waiting.pop(0))
        with reading(store) as opened:
            directives = due_for_look(opened, now)
        if directives:
            look(directives, now)
        if _something_to_send(store, now):
            deliver(now)
        now = _next(store, waiting, now)


def _next(store: Store, waiting: Sequence[Entry], now: datetime) -> datetime | None:
    """The next instant at which anything can happen; once more the same where delivering called for a look."""
    with reading(store) as opened:
        if due_for_look(opened, now):
            return now
        moments = [next_look(opened, now), first_opening(opened), first_lease_end(opened)]
    if waiting:
        moments.append(waiting[0].recorded_at)
    return min((moment for moment in moments if moment and moment > now), default=None)


def _something_to_send(store: Store, now: datetime) -> bool:
    with reading(store) as opened:
        waiting = [first_opening(opened), first_lease_end(opened)]
    return any(moment is not None and moment <= now for moment in waiting)
