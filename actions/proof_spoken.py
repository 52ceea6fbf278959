"""Which urging spoke for one that was not sent by itself, and which messages carried one before the last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from domain.outbox import State
from domain.past import voice
from domain.plan import RungKind
from store.proof import Decided, Written

_SILENT = frozenset({State.COALESCED, State.BEFORE_START})
_HEARD = frozenset({State.ACCEPTED, State.DELIVERED, State.PREVIEWED, "seen"})


def speakers(rows: Iterable[Decided]) -> dict[int, Decided]:
    """Row that was coalesced → the row that spoke for it, where there is one.

    Of rows that say the same the latest rung known when the row was decided speaks (domain/reminders.py); what fell
    into a suspension is said when the work goes on.
    """
    voices: defaultdict[tuple[str, ...], list[Decided]] = defaultdict(list)
    resumed: defaultdict[tuple[str, ...], list[Decided]] = defaultdict(list)
    coalesced = []
    for row in rows:
        if row.state == State.COALESCED:
            coalesced.append(row)
        elif row.state not in _SILENT:
            voices[_voice(row)].append(row)
            if row.rung == RungKind.RESUMED:
                resumed[row.directive, row.milestone, row.person].append(row)
    for group in (*voices.values(), *resumed.values()):
        group.sort(key=lambda row: row.rung_at)
    found = {}
    for row in coalesced:
        later = _after(voices[_voice(row)], row)
        known = [one for one in later if one.planned_at <= row.planned_at]
        speaker = _loudest(known[-1:], later) or _loudest(later[:1], later)
        going_on = _after(resumed[row.directive, row.milestone, row.person], row)
        if speaker := speaker or _loudest(going_on[:1], going_on):
            found[row.id] = speaker
    return found


def earlier(rows: Iterable[Decided], last: Mapping[str, Written], back: Sequence[Written]) -> dict[int, list[Written]]:
    """Row → the messages that carried it before its last one, and were put off.

    The outbox names the last alone, and counts them all. `back` are the messages put off or called back: where there
    are as many of them to the same person on the same channel in that time as the row was claimed before, it was in
    each; where there are more, nothing is claimed.
    """
    to: defaultdict[tuple[str, str], list[Written]] = defaultdict(list)
    for message in back:
        to[message.person, message.channel].append(message)
    found = {}
    for row in rows:
        carrier = last.get(row.message_id or "")
        if row.attempt < 2 or carrier is None:
            continue
        theirs = to[row.person, row.channel]
        until = bisect_left(theirs, carrier.claimed_at, key=lambda message: message.claimed_at)
        before = [one for one in theirs[:until] if one.claimed_at >= row.planned_at]
        if len(before) == row.attempt - 1:
            found[row.id] = before
    return found


def _voice(row: Decided) -> tuple[str, ...]:
    return row.directive, *voice(row.milestone, row.rung, row.occurrence, row.person)


def _after(rows: Sequence[Decided], row: Decided) -> Sequence[Decided]:
    """Those of a later moment, of rows in order of their moments."""
    return rows[bisect_right(rows, row.rung_at, key=lambda one: one.rung_at) :]


def _loudest(those: Sequence[Decided], among: Sequence[Decided]) -> Decided | None:
    """Of the same rung on several channels the row that was heard; None where there is no such rung."""
    if not those:
        return None
    same = [one for one in among if (one.rung, one.occurrence) == (those[0].rung, those[0].occurrence)]
    return next((one for one in same if one.state in _HEARD), those[0])
