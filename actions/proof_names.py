"""What codes in old rows are called: by what is in force or, where that knows them no more, by what last was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from channels.restricted import referred
from config.areas import Area, People
from config.reading import Configuration
from domain import vietnamese as vn
from domain.directive import Directive, Restriction
from domain.ledger import Entry, EntryKind
from domain.office import Person
from store import Session
from store.proof import bodies

WITHHELD = "Mốc công việc"
"""The name of every milestone of a restricted document."""


@dataclass
class Names:
    """Looks names up, each once. What a restricted document is about is never told."""

    session: Session
    configuration: Configuration
    _versions: dict[str, list[Directive]] = field(default_factory=dict)
    _people: dict[str, Person | None] = field(default_factory=dict)
    _subjects: dict[tuple[str, str], str] = field(default_factory=dict)

    def directive(self, code: str) -> Directive | None:
        """The directive as it was last in force, as it may be told; None where nobody ever adopted it."""
        found = self._known(code)
        return referred(found[0]) if found else None

    def restricted(self, code: str) -> bool:
        """Whether its document may be referred to alone."""
        found = self._known(code)
        return bool(found) and found[0].notice.restriction is not Restriction.NONE

    def title(self, code: str) -> str:
        """The short name of the directive."""
        found = self.directive(code)
        return found.title if found else code

    def milestone(self, directive: str, code: str) -> str:
        """Its name in the latest version of the directive that has it."""
        if self.restricted(directive):
            return WITHHELD
        named = (one.name for version in self._known(directive) for one in version.milestones if one.id == code)
        return next(named, code)

    def has_milestone(self, directive: str, code: str) -> bool:
        """Whether any version of the directive ever had it."""
        return any(one.id == code for version in self._known(directive) for one in version.milestones)

    def person(self, code: str) -> Person | None:
        """The person, also one who has left the list since."""
        if code not in self._people:
            self._people[code] = self.configuration.rules.office.person(code) or self._former(code)
        return self._people[code]

    def person_name(self, code: str) -> str:
        """What the person is called."""
        found = self.person(code)
        return found.name if found else "hệ thống" if code == "dondoc" else code

    def post(self, code: str, day: date) -> str:
        """`đầu mối UBND huyện Bắc Sơn`: the posts the person held on the day."""
        found = self.person(code)
        held = [post for post in found.posts if post.valid.holds(day)] if found else []
        return ", ".join(f"{vn.ROLES[post.role.value]} {self.unit(post.unit)}" for post in held)

    def unit(self, code: str) -> str:
        """What the unit or group is called."""
        return self.configuration.rules.office.name_of(code)

    def channel(self, code: str) -> str:
        """What the channel is called."""
        return next((one.name for one in self.configuration.channels if one.code == code), code)

    def learn_subjects(self, entries: Iterable[Entry]) -> None:
        """Subjects are named by the entries that enrol them."""
        for entry in entries:
            if entry.kind is EntryKind.ENROL and entry.subject:
                self._subjects[entry.directive, entry.subject] = entry.name or entry.subject

    def subject(self, directive: str, code: str) -> str:
        """What the subject is called; a lead unit that is one goes by its own name."""
        return self._subjects.get((directive, code)) or self.unit(code)

    def _known(self, code: str) -> list[Directive]:
        """Every version of the directive, the one in force, or last in force, first."""
        if code not in self._versions:
            adopted = map(Directive.model_validate_json, bodies(self.session, Area.DIRECTIVE, code))
            standing = self.configuration.directives.get(code)
            self._versions[code] = [*([standing] if standing else []), *adopted]
        return self._versions[code]

    def _former(self, code: str) -> Person | None:
        for body in bodies(self.session, Area.PEOPLE, Area.PEOPLE):
            people = People.model_validate_json(body).people
            if found := next((one for one in people if one.code == code), None):
                return found
        return None
