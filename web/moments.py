"""A directive at the moment an address asks for, for who may see it now."""

from __future__ import annotations

from actions.evaluate import situation
from domain.situation import Situation
from store import reading
from web.callers import Caller
from web.house import House
from web.then import Then


def at_moment(house: House, caller: Caller, code: str, when: Then) -> Situation:
    """The directive then. Raises NoSuchDirectiveError, NotTheirsError."""
    now = house.situation(caller, code)
    if not when.past:
        return now
    with reading(house.office.store) as opened:
        return situation(opened, caller.configuration, code, when.as_of, when.known_at)
