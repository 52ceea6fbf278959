"""Lãnh đạo: one page that says what is late, what will be, whose it is and since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from fastapi import APIRouter, Depends, Response

from domain.access import Part
from domain.clocktime import local_date
from domain.compose import summary
from domain.office import Role
from domain.outlook import late, threatened
from domain.situation import Situation
from domain.standing import Official
from web.callers import Caller
from web.house import House

PATH = "/lanh-dao"
HORIZON = 30
"""Calendar days ahead."""


def leader(house: House) -> APIRouter:
    """The route of the room."""
    routes, entering = APIRouter(), Depends(house.entering(Part.LEADER))

    @routes.api_route(PATH, methods=["GET", "HEAD"])
    def show(caller: Caller = entering) -> Response:
        _, seen = house.seen(caller)
        return house.page(
            caller,
            PATH,
            "leader.j2",
            as_of=caller.moment,
            counts=_counts(seen),
            directives=len(seen),
            late=late(seen),
            threatened=threatened(seen, HORIZON),
            horizon=HORIZON,
            units=_units,
            heads=_heads,
            summary=lambda one: summary(one.situation, one.standing.track),
        )

    return routes


def _counts(situations: Iterable[Situation]) -> dict[Official, int]:
    """Milestones as wholes by their official class, each class once."""
    found = Counter(one.whole(track).official for one in situations for track in one.tracks)
    return {official: found[official] for official in Official}


def _units(situation: Situation) -> list[str]:
    """Names of the units that lead."""
    return [situation.rules.office.name_of(unit) for unit in situation.leads or situation.lead]


def _heads(situation: Situation) -> list[str]:
    """Who heads them today."""
    office, day = situation.rules.office, local_date(situation.as_of)
    return [person.name for unit in situation.leads for person in office.holders(unit, Role.HEAD, day)]
