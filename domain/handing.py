"""Handing open work over when a unit ends: what there is, whose it is, and who could take it. Nothing is passed here.

A row is one directive, or one subject of it, in the hands of one unit. Where units.yaml names a single successor it is
put forward; of several a person chooses, and none is a finding. The monitor and the coordinating units of a directive
are no rows: they stand in the directive itself, and are changed there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain import vietnamese as vn
from domain.carrying import members
from domain.clocktime import local_date
from domain.directive import LeadMode
from domain.findings import Finding, Severity
from domain.frozen import Code, Frozen, Instant
from domain.office import Office
from domain.situation import Situation
from domain.state import WHOLE


class Outcome(StrEnum):
    """How a proposal ended."""

    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class Row(Frozen):
    """One piece of open work, and who is to take it."""

    number: int
    directive: Code
    subject: Code | None
    """None: the lead of the directive."""
    former: Code
    choices: tuple[Code, ...]
    """Who took over from the unit, as units.yaml has it."""
    receivers: tuple[Code, ...] = ()
    """Units or groups; several may lead a directive, a subject has one."""
    left_out: bool = False
    """It stays where it is."""

    @property
    def settled(self) -> bool:
        """Whether nothing is left to choose."""
        return self.left_out or bool(self.receivers)


class Proposal(Frozen):
    """Open work that is to pass to others, under review until it is confirmed or withdrawn."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)]
    units: tuple[Code, ...]
    day: date
    """From which it holds."""
    reason: str
    rows: tuple[Row, ...]
    proposed_by: Code
    proposed_at: Instant
    outcome: Outcome | None = None
    decided_by: Code | None = None
    decided_at: Instant | None = None


def ending(office: Office, codes: Iterable[str], day: date) -> tuple[str, ...]:
    """The units of these codes, and those belonging to them that are no longer there on `day`."""
    found = dict.fromkeys(members(office, codes))
    ended = [unit for unit in office.units if not unit.valid.holds(day)]
    while inside := [unit.code for unit in ended if unit.within in found and unit.code not in found]:
        found |= dict.fromkeys(inside)
    return tuple(found)


def successors(office: Office, code: str, day: date) -> tuple[str, ...]:
    """Who has the unit's work on `day`: its successors, theirs where they have ended too."""
    units = {unit.code: unit for unit in office.units}
    found: dict[str, None] = {}
    seen, waiting = {code}, list(units[code].successors) if code in units else []
    while waiting:
        unit = units.get(waiting.pop(0))
        if unit is None or unit.code in seen:
            continue
        seen.add(unit.code)
        if unit.valid.holds(day):
            found[unit.code] = None
        else:
            waiting += unit.successors
    return tuple(found)


def rows(situations: Iterable[Situation], units: Iterable[str], day: date) -> tuple[Row, ...]:
    """Every piece of open work in the hands of the units, numbered from 1."""
    wanted = tuple(units)
    found: list[Row] = []
    for situation in situations:
        for subject, former in _carried(situation):
            if former in wanted and _open(situation, subject):
                choices = successors(situation.rules.office, former, day)
                found.append(
                    Row(
                        number=len(found) + 1,
                        directive=situation.directive.code,
                        subject=subject or None,
                        former=former,
                        choices=choices,
                        receivers=choices if len(choices) == 1 else (),
                    )
                )
    return tuple(found)


def carries(situation: Situation, row: Row) -> bool:
    """Whether the work of the row is still its former unit's."""
    return (row.subject or WHOLE, row.former) in set(_carried(situation))


def unsettled(office: Office, found: Iterable[Row]) -> tuple[Finding, ...]:
    """Rows for which nobody is put forward, and why."""
    said = []
    for row in found:
        if row.settled:
            continue
        name = office.name_of(row.former)
        why = f"{name} có {len(row.choices)} đơn vị kế nhiệm" if row.choices else f"{name} không có đơn vị kế nhiệm"
        said.append(f"dòng {row.number}: {why} trong units.yaml; hãy chọn đơn vị nhận")
    return tuple(Finding(severity=Severity.WARNING, message=message) for message in said)


def elsewhere(situations: Iterable[Situation], units: Iterable[str]) -> tuple[Finding, ...]:
    """What the units have to do with open work besides, which no hand-over moves."""
    gone = frozenset(units)
    said: dict[str, list[str]] = {}
    for situation in situations:
        directive, office = situation.directive, situation.rules.office
        if not any(situation.whole(track).open for track in situation.tracks):
            continue
        for words, codes in (("theo dõi", (directive.monitor,)), ("phối hợp", directive.coordinating)):
            for unit in gone.intersection(codes):
                said.setdefault(f"{office.name_of(unit)} là đơn vị {words} của", []).append(directive.code)
    return tuple(
        Finding(
            severity=Severity.WARNING,
            message=f"{words} {', '.join(codes)}: bàn giao không đổi điều này, hãy sửa tệp nhiệm vụ rồi dondoc adopt",
        )
        for words, codes in said.items()
    )


def why_not_receive(office: Office, row: Row, receivers: tuple[str, ...], day: date) -> str | None:
    """Why these may not take the row over."""
    if row.subject and len(receivers) > 1:
        return f"dòng {row.number}: một đối tượng chỉ có một đơn vị thực hiện"
    for code in receivers:
        if code == row.former:
            return f"dòng {row.number}: {office.name_of(code)} đang giữ việc này"
        found = office.expand((code,), day)
        if not found or (row.subject and found != (code,)):
            return f"dòng {row.number}: không có đơn vị “{code}” hoạt động ngày {vn.day(day)} trong units.yaml"
    return None


def _carried(situation: Situation) -> Iterator[tuple[str, str]]:
    """Subject, or WHOLE, and a unit that carries it, whether or not the unit has ended."""
    office, state = situation.rules.office, situation.state
    enrolled = [subject for subject in state.subjects if subject.known_from is not None]
    if situation.directive.lead_mode is LeadMode.EACH and not enrolled:
        for unit in dict.fromkeys(members(office, situation.directive.lead)):
            yield unit, state.handed_to.get(unit, unit)
        return
    for unit in dict.fromkeys(members(office, situation.lead)):
        yield WHOLE, unit
    for subject in state.subjects:
        if subject.unit:
            yield subject.code, subject.unit


def _open(situation: Situation, subject: str) -> bool:
    """Whether anything is still to be done about it."""
    today = local_date(situation.as_of)
    known = next((one for one in situation.state.subjects if one.code == subject), None)
    for track in situation.tracks:
        if not situation.whole(track).open:
            continue
        if known is None:
            return True
        singles = situation.singles(track)
        unmet = {one.code for one in situation.unmet(track)}
        if known in track.subjects and (known.code in unmet if singles else known.running(today)):
            return True
    return False
