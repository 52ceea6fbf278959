"""Who there is: units with their years of life, groups of units, and people in posts. Nobody is identified by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from domain.frozen import Code, Frozen, MisfitError


class Interval(Frozen):
    """A span of days, both ends included; an open end means unknown or still running."""

    model_config = ConfigDict(populate_by_name=True)

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.from_ and self.to and self.from_ > self.to:
            raise MisfitError("ngày bắt đầu (from) phải trước ngày kết thúc (to)", "from")
        return self

    def holds(self, day: date) -> bool:
        """Whether `day` lies within."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


class Unit(Frozen):
    """A đơn vị, identified by code and validity, never by name: two communes may share one."""

    code: Code
    name: str
    valid: Interval = Interval()
    within: Code | None = None
    """The unit it belongs to."""
    successors: tuple[Code, ...] = ()
    """Who took over when it ended (many to many)."""
    legal_basis: str | None = None


class Group(Frozen):
    """A named set of units ("các sở, ngành"), expanded at the moment of sending."""

    code: Code
    name: str
    members: Annotated[tuple[Code, ...], Field(min_length=1)]


class Role(StrEnum):
    """What a person does in a unit."""

    FOCAL = "focal"
    """đầu mối: receives the work and records progress."""
    HEAD = "head"
    """thủ trưởng: told when it stays late, and when there is no focal person."""
    LEADER = "leader"
    """lãnh đạo giao việc: never mailed automatically."""
    ADMIN = "admin"
    """quản trị hệ thống: told when the system itself needs a person."""
    VIEWER = "viewer"
    """người xem: sees the pages of the whole office and changes nothing."""


class Post(Frozen):
    """A post held in a unit for an interval."""

    unit: Code
    role: Role
    valid: Interval = Interval()


class Person(Frozen):
    """A cán bộ: display name of the post, addresses, posts, channels in order of preference."""

    code: Code
    name: str
    email: str | None = None
    phone: str | None = None
    """8400… form."""
    zalo_chat: str | None = None
    """The id of their chat with the bot of a pilot: known once they wrote to it."""
    posts: Annotated[tuple[Post, ...], Field(min_length=1)]
    channels: Annotated[tuple[Code, ...], Field(min_length=1)]


@dataclass(frozen=True)
class _Index:
    """What an office is asked again and again, found once: thousands of messages ask for the same few."""

    of: tuple[object, ...]
    """The very tuples it was made from."""
    units: Mapping[str, Unit]
    names: Mapping[str, str]
    """Of units and groups."""
    members: Mapping[str, tuple[str, ...]]
    people: Mapping[str, Person]
    posts: Mapping[tuple[str, Role], Mapping[str, tuple[Person, list[Interval]]]]
    """Unit and role → code of each holder, in the order of the file → who that is, and when."""

    @classmethod
    def made(cls, units: tuple[Unit, ...], groups: tuple[Group, ...], people: tuple[Person, ...]) -> Self:
        """Of codes that stand there twice the first counts, but a group's name goes before a unit's."""
        posts: defaultdict[tuple[str, Role], dict[str, tuple[Person, list[Interval]]]] = defaultdict(dict)
        for person in people:
            for post in person.posts:
                held = posts[post.unit, post.role].setdefault(person.code, (person, []))
                held[1].append(post.valid)
        return cls(
            of=(units, groups, people),
            units={unit.code: unit for unit in reversed(units)},
            names={unit.code: unit.name for unit in units} | {group.code: group.name for group in groups},
            members={group.code: group.members for group in groups},
            people={person.code: person for person in reversed(people)},
            posts=posts,
        )


class Office(Frozen):
    """The whole of it, asked by code and day."""

    units: tuple[Unit, ...]
    groups: tuple[Group, ...]
    people: tuple[Person, ...]

    @property
    def _index(self) -> _Index:
        """Kept beside the fields, as `cached_property` would; a copy with other people must not go by its model's."""
        asked = (self.units, self.groups, self.people)
        known: _Index | None = self.__dict__.get("_known")
        if known is None or any(old is not new for old, new in zip(known.of, asked, strict=True)):
            known = self.__dict__["_known"] = _Index.made(*asked)
        return known

    def unit(self, code: str) -> Unit:
        """Raises KeyError."""
        return self._index.units[code]

    def name_of(self, code: str) -> str:
        """The display name of a unit or group; the code itself if there is none."""
        return self._index.names.get(code, code)

    def upwards(self, code: str) -> tuple[str, ...]:
        """The unit, the one it belongs to, and so on; a ring in the file ends where it began."""
        found: dict[str, None] = {}
        above: str | None = code
        while above is not None and above not in found:
            found[above] = None
            unit = self._index.units.get(above)
            above = unit.within if unit else None
        return tuple(found)

    def person(self, code: str) -> Person | None:
        """The person of that code, if any."""
        return self._index.people.get(code)

    def expand(self, codes: tuple[str, ...], day: date) -> tuple[str, ...]:
        """Unit codes meant by codes of units and groups on `day`, in order, once each; ended units are left out."""
        index = self._index
        named = dict.fromkeys(unit for code in codes for unit in index.members.get(code, (code,)))
        return tuple(code for code in named if code in index.units and index.units[code].valid.holds(day))

    def holders(self, unit: str, role: Role, day: date) -> tuple[Person, ...]:
        """People who hold such a post in the unit on `day`, in the order of the file."""
        held = self._index.posts.get((unit, role), {}).values()
        return tuple(person for person, times in held if any(valid.holds(day) for valid in times))

    def responsible(self, unit: str, day: date) -> tuple[Person, ...]:
        """Who is told of the unit's work: its focal persons, or its head where there is none."""
        return self.holders(unit, Role.FOCAL, day) or self.holders(unit, Role.HEAD, day)
