"""Who may say what of a directive: those who carry it out ask, the unit that monitors it decides.

The source for both is practice: completion by the executor is not final, the assigner confirms, and who asks does not
decide. Each rule answers with the sentence that refuses, or None.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.clocktime import local_date
from domain.office import Office, Person, Role
from domain.situation import Situation
from domain.state import WHOLE

_WORKING = (Role.FOCAL, Role.HEAD)
"""Posts that answer for a unit's work."""


def not_monitor(situation: Situation, person: str) -> str | None:
    """Only somebody who holds a post in the monitoring unit on that day decides."""
    office, unit = situation.rules.office, situation.directive.monitor
    deciding = _staff(situation, _monitoring(situation), Role)
    if person in {one.code for one in deciding}:
        return None
    return f"chỉ cán bộ của đơn vị theo dõi ({office.name_of(unit)}) được quyết định; {_now(deciding)}"


def not_responsible(situation: Situation, person: str, subject: str) -> str | None:
    """Only a focal person or head of the lead unit, or of the subject's own unit, speaks for the work."""
    units = responsible_units(situation, subject)
    asking = _staff(situation, units, _WORKING)
    if person in {one.code for one in asking}:
        return None
    named = ", ".join(situation.rules.office.name_of(unit) for unit in units) or "chưa có"
    return f"chỉ đầu mối hoặc thủ trưởng của đơn vị phải thực hiện ({named}) được ghi việc này; {_now(asking)}"


def not_told(situation: Situation, person: str) -> str | None:
    """Only who may be urged can say that the urging was read."""
    directive, day = situation.directive, local_date(situation.as_of)
    units = [*_monitoring(situation), *situation.rules.office.expand((*situation.lead, *directive.coordinating), day)]
    units += [subject.unit for subject in situation.state.subjects if subject.unit]
    told = _staff(situation, units, _WORKING)
    if person in {one.code for one in told}:
        return None
    return f"người này không thuộc diện được nhắc về nhiệm vụ {directive.code}, nên không có gì để tiếp nhận"


def nothing_open(situation: Situation) -> str | None:
    """Where nothing is urged any more there is no urging to have read."""
    if any(one.open for one in situation.standings):
        return None
    return f"nhiệm vụ {situation.directive.code} không còn mốc nào phải nhắc, không cần báo tiếp nhận"


def is_admin(office: Office, person: str, day: date) -> bool:
    """Whether the person runs the system on that day: an admin decides where no single monitor could."""
    known = office.person(person)
    return known is not None and any(post.role is Role.ADMIN and post.valid.holds(day) for post in known.posts)


def unknown_subject(situation: Situation, subject: str) -> str | None:
    """A subject that is named has been enrolled."""
    known = sorted(one.code for one in situation.state.subjects)
    if subject == WHOLE or subject in known:
        return None
    return f"không có {situation.directive.subject_word} “{subject}”; đã ghi danh: {', '.join(known) or 'chưa có'}"


def responsible_units(situation: Situation, subject: str) -> tuple[str, ...]:
    """Units that carry it out now: the leads, and the subject's own; without a subject all that lead."""
    if subject == WHOLE:
        return situation.rules.office.expand(situation.lead, local_date(situation.as_of))
    own = (one.unit for one in situation.state.subjects if one.code == subject and one.unit)
    return tuple(dict.fromkeys((*situation.leads, *own)))


def _monitoring(situation: Situation) -> tuple[str, ...]:
    """The unit that monitors, or the units of the group that does; one that has ended keeps who still holds a post."""
    unit = situation.directive.monitor
    return situation.rules.office.expand((unit,), local_date(situation.as_of)) or (unit,)


def _staff(situation: Situation, units: Iterable[str], roles: Iterable[Role]) -> tuple[Person, ...]:
    """Who holds such a post in one of the units on the situation's day, once each."""
    office, day, held = situation.rules.office, local_date(situation.as_of), tuple(roles)
    people = [person for unit in units for role in held for person in office.holders(unit, role, day)]
    return tuple({person.code: person for person in people}.values())


def _now(people: tuple[Person, ...]) -> str:
    """Whom to turn to; where there is nobody, what to do about it."""
    if not people:
        return "hiện không ai giữ vị trí ấy: đề nghị quản trị viên bổ sung people.yaml"
    return "hiện là: " + ", ".join(f"{person.name} ({person.code})" for person in people)
