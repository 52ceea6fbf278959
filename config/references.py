"""What one part of the configuration names in another: units, channels, days of the calendar.

A part that is not there (None, or broken) is not held against those that name something in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from config.areas import Area, CalendarFile, Channels, People, Units
from config.channel import ChannelKind
from config.yamlfile import Path_
from domain import vietnamese as vn
from domain.directive import Directive
from domain.frozen import Frozen
from domain.policy import Policy

Areas = Mapping[Area, Frozen | None]


@dataclass(frozen=True)
class Lack:
    """Something is named that its own file does not have."""

    area: Area
    """The file that lacks it."""
    place: Path_
    """Where it is named, seen from the part that names it."""
    message: str


def of_directive(directive: Directive, areas: Areas) -> Iterator[Lack]:
    """What the directive names and the areas lack."""
    named = [*_listed(("lead",), directive.lead), *_listed(("coordinating",), directive.coordinating)]
    yield from _units((*named, (("monitor",), directive.monitor)), areas, groups=True)
    calendar = areas.get(Area.CALENDAR)
    if not isinstance(calendar, CalendarFile):
        return
    span = f"{calendar.first.year}-{calendar.last.year}"
    for place, what, day in _days(directive):
        if not calendar.first <= day <= calendar.last:
            message = f"{what} {vn.day(day)} nằm ngoài lịch làm việc {span}; hãy bổ sung năm này vào calendar.yaml"
            yield Lack(Area.CALENDAR, place, message)


def _days(directive: Directive) -> Iterator[tuple[Path_, str, date]]:
    """The days written into its dues, and what each of them is."""
    for index, milestone in enumerate(directive.milestones):
        place: Path_ = ("milestones", index, "due")
        due = milestone.due
        if due and (day := due.written_day()):
            yield place, "hạn", day
        if due and due.every and due.every.starts:
            yield (*place, "every", "starts"), "hạn định kỳ từ", due.every.starts
        if due and due.every and due.every.until:
            yield (*place, "every", "until"), "hạn định kỳ đến", due.every.until


def of_area(area: Area, areas: Areas) -> Iterator[Lack]:
    """What the area names and the areas lack."""
    model = areas.get(area)
    if isinstance(model, Units):
        yield from _of_units(model, areas)
    elif isinstance(model, People):
        yield from _of_people(model, areas)
    elif isinstance(model, Policy):
        yield from _units([(("fallback_monitor",), model.fallback_monitor)], areas)


def _of_units(units: Units, areas: Areas) -> Iterator[Lack]:
    for index, unit in enumerate(units.units):
        named = _listed(("units", index, "successors"), unit.successors)
        yield from _units([*named, (("units", index, "within"), unit.within)], areas)
    for index, group in enumerate(units.groups):
        yield from _units(_listed(("groups", index, "members"), group.members), areas)


_NEEDED = {
    ChannelKind.EMAIL: ("email", "nhận qua thư điện tử nhưng không có địa chỉ email"),
    ChannelKind.ZBS: ("phone", "nhận mẫu tin Zalo nhưng không có số điện thoại (phone)"),
    ChannelKind.ZALOBOT: ("zalo_chat", "nhận qua bot Zalo nhưng không có mã cuộc trò chuyện (zalo_chat)"),
}
"""What of a person each kind of channel needs. Who they are for the Official Account they say themselves."""
_USUAL = {"email": ChannelKind.EMAIL}
"""What is known of a code while channels.yaml cannot be read."""


def _of_people(people: People, areas: Areas) -> Iterator[Lack]:
    channels = areas.get(Area.CHANNELS)
    ways = {channel.code: channel.kind for channel in channels.channels} if isinstance(channels, Channels) else None
    for index, person in enumerate(people.people):
        place: Path_ = ("people", index)
        yield from _units([((*place, "posts", n, "unit"), post.unit) for n, post in enumerate(person.posts)], areas)
        for where, channel in _listed((*place, "channels"), person.channels):
            if ways is not None and channel not in ways:
                yield Lack(Area.CHANNELS, where, f"không có kênh “{channel}” trong channels.yaml")
        for channel in person.channels:
            kind = ways.get(channel) if ways is not None else _USUAL.get(channel)
            if kind in _NEEDED and getattr(person, _NEEDED[kind][0]) is None:
                yield Lack(Area.PEOPLE, (*place, "channels"), _NEEDED[kind][1])


def _units(named: Iterable[tuple[Path_, str | None]], areas: Areas, *, groups: bool = False) -> Iterator[Lack]:
    units = areas.get(Area.UNITS)
    if not isinstance(units, Units):
        return
    known = {unit.code for unit in units.units} | ({group.code for group in units.groups} if groups else set())
    word = "đơn vị hoặc nhóm" if groups else "đơn vị"
    for place, code in named:
        if code is not None and code not in known:
            yield Lack(Area.UNITS, place, f"không có {word} “{code}” trong units.yaml")


def _listed(place: Path_, codes: tuple[str, ...]) -> list[tuple[Path_, str]]:
    return [((*place, index), code) for index, code in enumerate(codes)]
