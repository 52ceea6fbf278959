"""The configuration of an office: everything it decided, as values, and everything wrong with how it wrote it down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from config.areas import MODELS, Area, CalendarFile, Channels, People, Units, read_area
from config.channel import Channel
from config.notices import NoticeFile, read_notices
from config.placed import Fact, Placed
from config.yamlfile import YamlFile
from domain.directive import Directive
from domain.findings import Finding
from domain.frozen import Frozen
from domain.office import Office
from domain.policy import Policy
from domain.situation import Rules


@dataclass(frozen=True)
class Draft:
    """What the files say: whole-file areas (None where broken), directives, and findings."""

    areas: dict[Area, Frozen | None]
    notices: tuple[NoticeFile, ...]
    findings: tuple[Finding, ...]
    files: dict[Area, YamlFile | None]
    """The parsed files of the areas, for findings of later checks."""

    @property
    def placed(self) -> tuple[Placed, ...]:
        """Every directive that could be read, with where it stands."""
        return tuple(placed for notice in self.notices for placed in notice.directives)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Facts stated by the notices."""
        return tuple(fact for notice in self.notices for fact in notice.facts)


@dataclass(frozen=True)
class Configuration:
    """What holds: rules, channels, directives by code."""

    rules: Rules
    channels: tuple[Channel, ...]
    directives: dict[str, Directive]

    @cached_property
    def monitors(self) -> frozenset[str]:
        """Codes of the units and groups that monitor a directive: every page asks whose it is."""
        return frozenset(one.monitor for one in self.directives.values())


class IncompleteError(RuntimeError):
    """An area is broken and there is no last good version of it."""

    def __init__(self, areas: list[Area], findings: tuple[Finding, ...]) -> None:
        names = ", ".join(f"{area}.yaml" for area in areas)
        super().__init__(f"không dùng được cấu hình: {names}\n" + "\n".join(str(finding) for finding in findings))
        self.findings = findings


def read(folder: Path, instead: Path | None = None) -> Draft:
    """Everything in the configuration folder; faults are findings, never exceptions.

    `instead`: a file of directives as it may come to stand there, read in the place of its namesake.
    """
    found = {area: read_area(folder, area) for area in MODELS}
    notices = read_notices(folder, instead)
    findings = [finding for part in found.values() for finding in part.findings]
    findings += [finding for notice in notices for finding in notice.findings]
    areas = {area: part.model for area, part in found.items()}
    return Draft(areas, notices, tuple(findings), {area: part.file for area, part in found.items()})


def configuration(areas: dict[Area, Frozen | None], directives: dict[str, Directive]) -> Configuration:
    """Put areas and directives together. Raises IncompleteError where an area is None."""
    units, people, policy, channels, calendar = (areas.get(area) for area in MODELS)
    if (
        isinstance(units, Units)
        and isinstance(people, People)
        and isinstance(policy, Policy)
        and isinstance(channels, Channels)
        and isinstance(calendar, CalendarFile)
    ):
        office = Office(units=units.units, groups=units.groups, people=people.people)
        return Configuration(Rules(office, calendar.calendar(), policy), channels.channels, directives)
    raise IncompleteError([area for area in MODELS if areas.get(area) is None], ())
