"""The files of a configuration folder that are read whole: units, people, policy, channels, calendar.

A broken one yields findings and nothing else: whoever asked keeps the last good version of the whole file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import BaseModel, Field, StrictBool, ValidationError, model_validator

from config.channel import Channel
from config.daysoff import days_off
from config.yamlfile import YamlFile, load, plain
from domain.findings import Finding
from domain.frozen import Frozen, MisfitError
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


CalendarDate = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class CalendarDay(Frozen):
    """A line of calendar.yaml: a day that is not what its weekday says, and the letter that says so."""

    day: CalendarDate
    works: StrictBool
    name: str
    source: str


class CalendarFile(Frozen):
    """calendar.yaml: lines that win over the library's list of holidays."""

    version: str
    """What people call this state of the calendar; a digest of its days is added to it."""
    first: CalendarDate
    last: CalendarDate
    confirmed_from: CalendarDate | None = None
    """From this day on the letters were entered; None: from `first`."""
    confirmed_through: CalendarDate
    """Up to this day the letters were entered."""
    days: tuple[CalendarDay, ...]

    @model_validator(mode="after")
    def _days_lie_within(self) -> Self:
        if self.first > self.last:
            raise MisfitError("ngày đầu của lịch (first) phải trước ngày cuối (last)", "first")
        if self.confirmed_from and self.confirmed_from > self.confirmed_through:
            raise MisfitError("confirmed_from phải trước confirmed_through", "confirmed_from")
        for index, line in enumerate(self.days):
            if not self.first <= line.day <= self.last:
                raise MisfitError(f"ngày {line.day:%d/%m/%Y} nằm ngoài lịch (first đến last)", "days", index, "day")
        return self

    def calendar(self) -> Calendar:
        """The working calendar: the package `holidays` below (Vietnam), the office's own lines above.

        Its version is the file's with a digest of everything the calendar says: a line changed without raising the
        version, or another edition of the package, makes another version.
        """
        base = days_off(self.first.year, self.last.year)
        above = (Special(line.day, line.works, line.name, line.source) for line in self.days)
        specials = layered(base.specials, above)
        confirmed = self.confirmed_from or self.first, self.confirmed_through
        said = json.dumps([self.first, self.last, confirmed, [list(vars(s).values()) for s in specials]], default=str)
        version = f"{self.version}+{sha256(said.encode()).hexdigest()[:8]}"
        return Calendar(version, self.first, self.last, confirmed[1], specials, confirmed[0], base.new_years)


MODELS: dict[Area, type[Frozen]] = {
    Area.UNITS: Units,
    Area.PEOPLE: People,
    Area.POLICY: Policy,
    Area.CHANNELS: Channels,
    Area.CALENDAR: CalendarFile,
}
"""The model behind each whole-file area; its JSON Schema is in config/schema."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class AreaFile:
    """One whole-file area as it was read."""

    model: Frozen | None
    """None where anything is wrong with the file."""
    file: YamlFile | None
    """None where it could not even be parsed."""
    findings: tuple[Finding, ...]


def read_area(folder: Path, area: Area) -> AreaFile:
    """The area's file as its model, or why not."""
    file, findings = load(folder / f"{area}.yaml", f"{area}.yaml")
    if file is None:
        return AreaFile(None, None, findings)
    model, refused = validated(file, (), MODELS[area])
    refused = refused or tuple(_twice(file, *LISTS[area]))
    return AreaFile(None if refused else model, file, refused)


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


def _twice(file: YamlFile, key: str, *lists: str) -> Iterator[Finding]:
    """A finding for each element of the lists whose `key` an earlier one already has."""
    seen: dict[object, int] = {}
    for name in lists:
        for index, element in enumerate(file.listed(name)):
            place = (name, index, key)
            if element[key] in seen:
                yield file.error(place, f"“{element[key]}” đã có ở dòng {seen[element[key]]}")
            seen.setdefault(element[key], file.line(place))


LISTS: dict[Area, tuple[str, ...]] = {
    Area.UNITS: ("code", "units", "groups"),
    Area.PEOPLE: ("code", "people"),
    Area.POLICY: ("",),  # nothing is listed
    Area.CHANNELS: ("code", "channels"),
    Area.CALENDAR: ("day", "days"),
}
"""By area: the key that is unique, and the lists it is unique over."""
