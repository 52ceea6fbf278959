"""Who there is: units with their years of life, groups of units, and people in posts. Nobody is identified by name."""

from __future__ import annotations

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


class Office(Frozen):
    """The whole of it, asked by code and day."""

    units: tuple[Unit, ...]
    groups: tuple[Group, ...]
    people: tuple[Person, ...]

    def unit(self, code: str) -> Unit:
        """Raises KeyError."""
        for unit in self.units:
            if unit.code == code:
                return unit
        raise KeyError(code)

    def name_of(self, code: str) -> str:
        """The display name of a unit or group; the code itself if there is none."""
        names = {unit.code: unit.name for unit in self.units} | {group.code: group.name for group in self.groups}
        return names.get(code, code)

    def person(self, code: str) -> Person | None:
        """The person of that code, if any."""
        return next((person for person in self.people if person.code == code), None)

    def expand(self, codes: tuple[str, ...], day: date) -> tuple[str, ...]:
        """Unit codes meant by codes of units and groups on `day`, in order, once each; ended units are left out."""
        members = {group.code: group.members for group in self.groups}
        named = [unit for code in codes for unit in members.get(code, (code,))]
        alive = {unit.code for unit in self.units if unit.code in named and unit.valid.holds(day)}
        return tuple(dict.fromkeys(unit for unit in named if unit in alive))

    def holders(self, unit: str, role: Role, day: date) -> tuple[Person, ...]:
        """People who hold such a post in the unit on `day`, in the order of the file."""
        found = [
            person
            for person in self.people
            for post in person.posts
            if post.unit == unit and post.role is role and post.valid.holds(day)
        ]
        return tuple(dict.fromkeys(found))

    def responsible(self, unit: str, day: date) -> tuple[Person, ...]:
        """Who is told of the unit's work: its focal persons, or its head where there is none."""
        return self.holders(unit, Role.FOCAL, day) or self.holders(unit, Role.HEAD, day)
