"""Whether rows that were decided earlier must still go out, looked at again in the moment before sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.consequences import fall_back
from actions.courier import Round
from actions.evaluate import situation
from domain.outbox import Delivery
from domain.overtaken import ADDRESSED_NO_MORE, CHANNEL_GIVEN_UP, overtaken_by
from domain.situation import Situation
from store import Session
from store.head import Head
from store.ledger import head
from store.outbox import obsolete

_NOT_IN_FORCE = "nhiệm vụ không còn hiệu lực"
_NOBODY = "cán bộ không còn trong danh sách"
_MATTER_STANDS = (ADDRESSED_NO_MORE, CHANNEL_GIVEN_UP, _NOBODY)
"""Why a row is dropped that somebody, or another channel, must take over."""


@dataclass(frozen=True)
class Checked:
    """The rows of one recipient, looked at again."""

    situations: Mapping[str, Situation]
    """What the rows speak of, as known now."""
    overtaken: Mapping[Delivery, str]
    """Rows that must not go out any more, and why (Vietnamese)."""
    head: Head
    """The end of the ledger they were looked at by."""


def check(opened: Session, round_: Round, rows: Sequence[Delivery]) -> Checked:
    """Look again. What was recorded since the round began is known; lateness is judged at the round's instant."""
    codes = {row.key.directive for row in rows} & round_.configuration.directives.keys()
    end = head(opened)
    found = {code: _seen(opened, round_, code, end) for code in sorted(codes)}
    notes = {row: _why_not(round_, row, found.get(row.key.directive)) for row in rows}
    return Checked(found, {row: note for row, note in notes.items() if note}, end)


def _seen(opened: Session, round_: Round, code: str, end: Head) -> Situation:
    """The directive as it stands; looked at once for all of its readers, and anew when anything was recorded."""
    state = (end.count, id(round_.narrowed))
    if round_.seen_at != state:
        round_.seen_at, round_.seen = state, {}
    if code not in round_.seen:
        round_.seen[code] = situation(opened, round_.narrowed, code, round_.as_of, round_.moment())
    return round_.seen[code]


def drop(opened: Session, round_: Round, overtaken: Mapping[Delivery, str]) -> int:
    """How many of the rows became obsolete. A directive whose matter somebody must take over is due for a look."""
    for row, note in overtaken.items():
        if note in _MATTER_STANDS:
            fall_back(opened, round_, [row.key.directive])
    return sum(obsolete(opened, [row.key], note, round_.as_of) for row, note in overtaken.items())


def _why_not(round_: Round, row: Delivery, found: Situation | None) -> str | None:
    if found is None:
        return _NOT_IN_FORCE
    if round_.configuration.rules.office.person(row.key.person) is None:
        return _NOBODY
    return overtaken_by(found, row)
