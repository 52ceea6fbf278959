"""Who may see and do what in the pages: by the posts a person holds that day, never by their name.

That somebody may open a page does not let them speak for the work: domain/authority.py decides on every statement.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.clocktime import local_date
from domain.office import Person, Role
from domain.policy import Visibility
from domain.situation import Rules, Situation


class Part(StrEnum):
    """The parts of the pages, each for whose work it is."""

    LOOK = "look"
    """Lists, directives, units: whoever may come in, each as far as they may see."""
    OWN = "own"
    """Công việc của tôi: who answers for work."""
    MONITOR = "monitor"
    """Theo dõi: who decides on what others report and ask."""
    LEADER = "leader"
    """Lãnh đạo: what is late and what will be."""
    ADMIN = "admin"
    """Quản trị."""


_OF_ROLE = {Role.FOCAL: Part.OWN, Role.HEAD: Part.OWN, Role.LEADER: Part.LEADER, Role.ADMIN: Part.ADMIN}
_WIDE = frozenset({Role.LEADER, Role.ADMIN, Role.VIEWER})
"""Roles that see every unit's work."""


@dataclass(frozen=True)
class Access:
    """What one person may see and do on one day."""

    person: Person
    units: frozenset[str]
    """Where they hold a post."""
    parts: frozenset[Part]
    everything: bool
    """Whether they see every unit's work."""

    def may(self, part: Part) -> bool:
        """Whether that part of the pages is theirs."""
        return part in self.parts

    def sees(self, situation: Situation) -> bool:
        """Whether they may see the directive: it names their unit, or one within it, or they see everything."""
        return self.everything or not self.units.isdisjoint(concerned(situation))


def access(rules: Rules, monitors: Collection[str], person: Person, day: date) -> Access | None:
    """What the person may see and do on `day`; None for somebody who holds no post then.

    `monitors`: the units and groups that monitor a directive.
    """
    held = [post for post in person.posts if post.valid.holds(day)]
    if not held:
        return None
    units, roles = frozenset(post.unit for post in held), {post.role for post in held}
    parts = {Part.LOOK, *(part for role, part in _OF_ROLE.items() if role in roles)}
    if deciding := not units.isdisjoint({*monitors, *rules.office.expand(tuple(monitors), day)}):
        parts.add(Part.MONITOR)
    everything = deciding or not roles.isdisjoint(_WIDE) or rules.policy.visibility is Visibility.OFFICE
    return Access(person, units, frozenset(parts), everything)


def concerned(situation: Situation) -> frozenset[str]:
    """Units the directive names: leads, coordinators, monitor, those of its subjects; and what these belong to."""
    office, directive, day = situation.rules.office, situation.directive, local_date(situation.as_of)
    named = (*situation.lead, *directive.lead, *directive.coordinating, directive.monitor)
    units = {*named, *office.expand(named, day), *(one.unit for one in situation.state.subjects if one.unit)}
    return frozenset(above for unit in units for above in office.upwards(unit))
