"""Pictures of pace for pages: the chart of letters, drawn for whoever may see the directive, kept by its content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import APIRouter, Depends, Request, Response
from starlette.exceptions import HTTPException

from config.pages import DIRECTIVES
from domain.access import Part
from domain.chart import Chart, trajectory
from domain.plan import Track
from domain.situation import Situation
from reports.curve import curve
from reports.pace import draw
from web.callers import Caller
from web.house import House
from web.moments import at_moment
from web.paging import address
from web.then import then

UNIT, PLACE = "don-vi", "muc"
"""Of an address: the unit whose subjects are meant, and which of a milestone's dues."""


class Drawn(NamedTuple):
    """A picture on a page."""

    name: str
    """Of the milestone it leads to."""
    source: str
    """Its address."""
    told: str
    """Its text for who does not see it."""


def charts(situation: Situation, asked: Mapping[str, str], unit: str = "") -> tuple[Drawn, ...]:
    """A picture for each figure that has one: of as many subjects as one due holds, for they are to add up."""

    def fullest(track: Track) -> tuple[bool, int]:
        return not situation.whole(track).open, -len(_codes(track, unit) if unit else track.subjects)

    found, done = [], set()
    for track in sorted(situation.tracks, key=fullest):
        metric, chart = (
            track.milestone.metric,
            trajectory(situation, track, _codes(track, unit), _which(situation, unit)),
        )
        if chart is not None and metric not in done and (not unit or _codes(track, unit)):
            done.add(metric)
            place = situation.tracks_of(track.milestone.id).index(track)
            here = f"{DIRECTIVES}/{situation.directive.code}/bieu-do/{track.milestone.id}.svg"
            further = {**asked, UNIT: unit, PLACE: str(place) if place else ""}
            found.append(Drawn(track.name, address(here, further), chart.told))
    return tuple(found)


def chart_routes(house: House) -> APIRouter:
    """The routes of the pictures."""
    routes, entering = APIRouter(), Depends(house.entering(Part.LOOK))

    @routes.api_route(DIRECTIVES + "/{code}/bieu-do/{milestone}.{kind}", methods=["GET", "HEAD"])
    def show(
        request: Request,
        code: str,
        milestone: str,
        kind: str,
        caller: Caller = entering,
    ) -> Response:
        found = at_moment(house, caller, code, then(request.query_params, caller.moment))
        chart = _chart(found, milestone, request.query_params)
        if chart is None or kind not in _DRAWN:
            raise HTTPException(404)
        tag = f'"{chart.cid}.{kind}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        media_type, drawn = _DRAWN[kind]
        return Response(drawn(chart), media_type=media_type, headers=headers)

    return routes


_DRAWN = {"svg": ("image/svg+xml", curve), "png": ("image/png", draw)}


def _chart(situation: Situation, milestone: str, params: Mapping[str, str]) -> Chart | None:
    tracks, place = situation.tracks_of(milestone), params.get(PLACE, "0")
    number = int(place) if place.isascii() and place.isdigit() and len(place) < 5 else len(tracks)
    if number >= len(tracks):
        return None
    unit, codes = params.get(UNIT, ""), _codes(tracks[number], params.get(UNIT, ""))
    return None if unit and not codes else trajectory(situation, tracks[number], codes, _which(situation, unit))


def _codes(track: Track, unit: str) -> tuple[str, ...]:
    """The subjects that are the unit's; none are named where no unit is asked for."""
    return tuple(one.code for one in track.subjects if unit and unit in (one.unit, one.code))


def _which(situation: Situation, unit: str) -> str:
    return f"thuộc {situation.rules.office.name_of(unit)}"
