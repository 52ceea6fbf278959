"""Check a configuration: every fault of its files, and whether each directive reaches somebody."""

from __future__ import annotations

from datetime import datetime, timedelta

from config.areas import MODELS
from config.channel import Channel
from config.crossing import crossed, sound
from config.reading import Configuration, Draft, IncompleteError, configuration
from domain import vietnamese as vn
from domain.findings import Finding, Severity
from domain.reach import calendar_ends, reach
from domain.situation import Situation, look
from domain.workdays import OutsideCalendarError


def as_written(draft: Draft) -> Configuration:
    """The sound part of the files as a configuration of its own. Raises IncompleteError where an area is broken."""
    broken = [area for area in MODELS if draft.areas[area] is None]
    if broken:
        raise IncompleteError(broken, draft.findings)
    return configuration(draft.areas, {placed.directive.code: placed.directive for placed in sound(draft)})


def check(draft: Draft, as_of: datetime) -> tuple[Finding, ...]:
    """Findings by gravity: files, references between them, reach at `as_of`."""
    by_directive, others = crossed(draft)
    found = [*draft.findings, *others, *(fault for faults in by_directive.values() for fault in faults)]
    if all(draft.areas[area] is not None for area in MODELS):
        found += _reach(draft, as_of)
    order = list(Severity)
    return tuple(
        sorted(found, key=lambda finding: (order.index(finding.severity), finding.file or "", finding.line or 0))
    )


def working(channels: tuple[Channel, ...]) -> frozenset[str]:
    """Codes of the channels that can be used at all."""
    return frozenset(channel.code for channel in channels)


def situations_as_written(written: Configuration, draft: Draft, as_of: datetime) -> tuple[Situation, ...]:
    """Every sound directive as it would stand if adopted at `as_of` with nothing recorded but the notices' facts."""
    facts = [fact.entry(as_of) for fact in draft.facts]
    return tuple(
        look(directive, [fact for fact in facts if fact.directive == code], written.rules, as_of, as_of)
        for code, directive in written.directives.items()
    )


def _reach(draft: Draft, as_of: datetime) -> list[Finding]:
    written = as_written(draft)
    found: list[Finding] = []
    for placed in sound(draft):
        try:
            situation = look(placed.directive, (), written.rules, as_of, as_of)
            said = reach(situation, working(written.channels))
        except OutsideCalendarError as error:
            said = (Finding(severity=Severity.ERROR, message=f"{placed.directive.title}: {error}"),)
        line = placed.file.line(placed.place)
        found += [finding.model_copy(update={"file": placed.file.name, "line": line}) for finding in said]
    found += _calendar(written, as_of)
    return found


def _calendar(written: Configuration, as_of: datetime) -> list[Finding]:
    calendar = written.rules.calendar
    found = list(calendar_ends(calendar, as_of))
    if not calendar.confirms((as_of + timedelta(days=30)).date()):
        through = vn.day(calendar.confirmed_through)
        message = f"lịch làm việc mới được xác nhận đến {through}; các ngày sau đó chưa có văn bản"
        found.append(Finding(severity=Severity.WARNING, message=message))
    return [finding.model_copy(update={"file": "calendar.yaml", "line": 1}) for finding in found]
