"""The files of a configuration folder that are read whole: units, people, policy, channels, calendar.

A broken one yields findings and nothing else: whoever asked keeps the last good version of the whole file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import holidays
from pydantic import BaseModel, ValidationError

from config.channel import Channel
from config.yamlfile import YamlFile, load, plain
from domain.findings import Finding
from domain.frozen import Frozen
from domain.office import Group, Person, Unit
from domain.policy import Policy
from domain.workdays import Calendar, Special, layered


class Area(StrEnum):
    """A part of the configuration that is adopted, and kept, as one piece."""

    UNITS = "units"
    PEOPLE = "people"
    POLICY = "policy"
    CHANNELS = "channels"
    CALENDAR = "calendar"
    NOTICE = "notice"
    """A notice and what the source says of itself; one version per notice."""
    DIRECTIVE = "directive"
    """One version per directive."""


class Units(Frozen):
    """units.yaml"""

    units: tuple[Unit, ...]
    groups: tuple[Group, ...] = ()


class People(Frozen):
    """people.yaml"""

    people: tuple[Person, ...]


class Channels(Frozen):
    """channels.yaml"""

    channels: tuple[Channel, ...]


class CalendarDay(Frozen):
    """A line of calendar.yaml: a day that is not what its weekday says, and the letter that says so."""

    day: date
    works: bool
    name: str
    source: str


class CalendarFile(Frozen):
    """calendar.yaml: lines that win over the library's list of holidays."""

    version: str
    first: date
    last: date
    confirmed_through: date
    days: tuple[CalendarDay, ...]

    def calendar(self) -> Calendar:
        """The working calendar: the package `holidays` below (Vietnam), the office's own lines above."""
        above = (Special(line.day, line.works, line.name, line.source) for line in self.days)
        base = _library(self.first.year, self.last.year)
        return Calendar(self.version, self.first, self.last, self.confirmed_through, layered(base, above))


def _library(first: int, last: int) -> list[Special]:
    known = holidays.country_holidays("VN", years=range(first, last + 1), language="vi")
    off = [Special(day, works=False, name=name, source="") for day, name in known.items()]
    worked = [Special(day, works=True, name="Làm bù", source="") for day in known.weekend_workdays]
    return off + worked


MODELS: dict[Area, type[Frozen]] = {
    Area.UNITS: Units,
    Area.PEOPLE: People,
    Area.POLICY: Policy,
    Area.CHANNELS: Channels,
    Area.CALENDAR: CalendarFile,
}
"""The model behind each whole-file area; its JSON Schema is in config/schema."""

Model = TypeVar("Model", bound=BaseModel)


def read_area(folder: Path, area: Area) -> tuple[Frozen | None, tuple[Finding, ...]]:
    """The area's file as its model, or None and why not."""
    file, findings = load(folder / f"{area}.yaml", f"{area}.yaml")
    if file is None:
        return None, findings
    model, refused = validated(file, (), MODELS[area])
    if model is None:
        return None, refused
    twice = _TWICE[area](file)
    return (None, twice) if twice else (model, ())


def validated(
    file: YamlFile, place: tuple[str | int, ...], model: type[Model]
) -> tuple[Model | None, tuple[Finding, ...]]:
    """The part of the file at `place` as `model`, or None and every refusal with its line."""
    node = file.data
    for step in place:
        node = node[step]
    try:
        return model.model_validate(plain(node)), ()
    except ValidationError as error:
        return None, file.errors(place, error)


def repeated(file: YamlFile, place: tuple[str | int, ...], key: str = "code") -> tuple[Finding, ...]:
    """A finding for each element of the list at `place` whose `key` an earlier one already has."""
    node = file.data
    for step in place:
        node = node[step]
    seen: set[str] = set()
    found = []
    for index, element in enumerate(node):
        if element[key] in seen:
            found.append(file.error((*place, index, key), f"trùng mã “{element[key]}”; mỗi mã chỉ dùng một lần"))
        seen.add(element[key])
    return tuple(found)


def _units_twice(file: YamlFile) -> tuple[Finding, ...]:
    return repeated(file, ("units",)) + (repeated(file, ("groups",)) if "groups" in file.data else ())


def _nothing_twice(_file: YamlFile) -> tuple[Finding, ...]:
    return ()


_TWICE: dict[Area, Callable[[YamlFile], tuple[Finding, ...]]] = {
    Area.UNITS: _units_twice,
    Area.POLICY: _nothing_twice,
    Area.PEOPLE: lambda file: repeated(file, ("people",)),
    Area.CHANNELS: lambda file: repeated(file, ("channels",)),
    Area.CALENDAR: lambda file: repeated(file, ("days",), "day"),
}
