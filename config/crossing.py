"""References between files: every code named must exist. A directive that names an unknown one is not adopted."""

from __future__ import annotations

from collections.abc import Iterator

from config.areas import Area, Channels, People, Units
from config.notices import Placed
from config.reading import Draft
from domain.findings import Finding, Severity


def crossed(draft: Draft) -> tuple[dict[str, tuple[Finding, ...]], tuple[Finding, ...]]:
    """Faults by directive code, and faults of the other files. A broken file is not held against those that name it."""
    units, people, channels = (draft.areas[area] for area in (Area.UNITS, Area.PEOPLE, Area.CHANNELS))
    by_directive: dict[str, tuple[Finding, ...]] = {}
    if isinstance(units, Units):
        for placed in draft.placed:
            faults = tuple(_unknown_units(placed, units))
            if faults:
                by_directive[placed.directive.code] = faults
    for code, faults in _twice_between_files(draft):
        by_directive[code] = by_directive.get(code, ()) + faults
    others = [*_units(units), *_people(people, units, channels)]
    return by_directive, tuple(others)


def sound(draft: Draft) -> tuple[Placed, ...]:
    """The directives that may be adopted: readable, naming only what exists."""
    faults, _ = crossed(draft)
    return tuple(placed for placed in draft.placed if placed.directive.code not in faults)


def _unknown_units(placed: Placed, units: Units) -> Iterator[Finding]:
    known = _codes(units)
    directive = placed.directive
    for field, codes in (
        ("lead", directive.lead),
        ("coordinating", directive.coordinating),
        ("monitor", (directive.monitor,)),
    ):
        for index, code in enumerate(codes):
            if code not in known:
                place = (*placed.place, field) if field == "monitor" else (*placed.place, field, index)
                yield placed.file.error(place, f"không có đơn vị hoặc nhóm “{code}” trong units.yaml")


def _twice_between_files(draft: Draft) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    first: dict[str, Placed] = {}
    for placed in draft.placed:
        code = placed.directive.code
        earlier = first.setdefault(code, placed)
        if earlier is not placed:
            where = f"{earlier.file.name}:{earlier.file.line(earlier.place)}"
            yield code, (placed.file.error((*placed.place, "code"), f"trùng mã nhiệm vụ “{code}” đã có ở {where}"),)


def _codes(units: Units) -> set[str]:
    return {unit.code for unit in units.units} | {group.code for group in units.groups}


def _units(units: object) -> Iterator[Finding]:
    if not isinstance(units, Units):
        return
    known = {unit.code for unit in units.units}
    named = [(f"đơn vị {unit.code}", code) for unit in units.units for code in (*unit.successors, unit.within) if code]
    named += [(f"nhóm {group.code}", code) for group in units.groups for code in group.members]
    for who, code in named:
        if code not in known:
            yield _error("units.yaml", f"{who} dẫn tới đơn vị không tồn tại “{code}”")


def _people(people: object, units: object, channels: object) -> Iterator[Finding]:
    if not isinstance(people, People):
        return
    known = _codes(units) if isinstance(units, Units) else None
    ways = {channel.code for channel in channels.channels} if isinstance(channels, Channels) else None
    for person in people.people:
        for post in person.posts:
            if known is not None and post.unit not in known:
                yield _error("people.yaml", f"{person.code}: không có đơn vị “{post.unit}” trong units.yaml")
        for channel in person.channels:
            if ways is not None and channel not in ways:
                yield _error("people.yaml", f"{person.code}: không có kênh “{channel}” trong channels.yaml")
        if person.email is None and "email" in person.channels:
            yield _error("people.yaml", f"{person.code}: nhận qua thư điện tử nhưng không có địa chỉ email")


def _error(file: str, message: str) -> Finding:
    return Finding(severity=Severity.ERROR, message=message, file=file)
