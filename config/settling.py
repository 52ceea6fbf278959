"""What of a draft comes into force: what is sound, as long as it fits what stays in force beside it.

A broken part keeps its own last good version. So a good file may have to wait as well: the new list of channels without
the channel that the people in force still use would leave them without word. Nothing is removed because of a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.areas import MODELS, Area
from config.crossing import crossed, sound
from config.leaving import left_out, vanished
from config.reading import Draft
from config.references import Lack, of_area, of_directive
from domain.directive import Directive
from domain.findings import Finding, Severity
from domain.frozen import Frozen


@dataclass(frozen=True)
class InForce:
    """What holds now: areas and directives by code; nothing before the first adoption."""

    areas: dict[Area, Frozen]
    directives: dict[str, Directive]


@dataclass(frozen=True)
class Settled:
    """What changes hands: parts that come into force, directives that leave it, and why others do not."""

    areas: dict[Area, Frozen]
    directives: dict[str, Directive]
    removed: tuple[str, ...]
    findings: tuple[Finding, ...]


def settle(draft: Draft, current: InForce) -> Settled:
    """What of the draft comes into force beside what is in force now."""
    by_directive, others = crossed(draft)
    spoilt = {finding.file for finding in others}
    areas = {area: model for area, model in draft.areas.items() if model is not None and _file(area) not in spoilt}
    directives = {placed.directive.code: placed.directive for placed in sound(draft)}
    removed, staying = ((), ()) if by_directive else left_out(draft, current.directives)
    kept = {code: directive for code, directive in current.directives.items() if code not in removed}
    waiting = tuple(_wait(areas, directives, InForce(current.areas, kept)))
    faults = (fault for found in by_directive.values() for fault in found)
    told = (*draft.findings, *faults, *others, *staying, *waiting, *vanished(areas, current.areas))
    return Settled(areas, directives, removed, told)


def _wait(areas: dict[Area, Frozen], directives: dict[str, Directive], kept: InForce) -> Iterator[Finding]:
    """Take back, one by one, what would not fit: first a file that lacks something, else who names what is lacking."""
    while found := _first_misfit(areas, directives, kept):
        named_by, lack = found
        if lack.area in areas:
            del areas[lack.area]
            yield _waits(_file(lack.area), f"{lack.message}, mà {named_by} đang có hiệu lực còn dùng")
            continue
        directives.pop(named_by, None)
        for area in [area for area in areas if _file(area) == named_by]:
            del areas[area]
        yield _waits(named_by, lack.message)


def _first_misfit(
    areas: Mapping[Area, Frozen], directives: Mapping[str, Directive], kept: InForce
) -> tuple[str, Lack] | None:
    """Who names what is lacking, if that can be helped by leaving something of the draft out."""
    future = {**kept.areas, **areas}
    named = [(_file(area), lack) for area in MODELS for lack in of_area(area, future)]
    for code, directive in {**kept.directives, **directives}.items():
        named += [(code, lack) for lack in of_directive(directive, future)]
    new = {*(_file(area) for area in areas), *directives}
    return next((one for one in named if one[1].area in areas or one[0] in new), None)


def _file(area: Area) -> str:
    return f"{area}.yaml"


def _waits(part: str, why: str) -> Finding:
    return Finding(severity=Severity.ERROR, message=f"chưa đưa vào hiệu lực, giữ bản trước: {why}", file=part)
