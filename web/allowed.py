"""What of a directive its page offers to the caller: forms that are theirs to fill in."""

from __future__ import annotations

from dataclasses import dataclass

from config import pages
from config.pages import OWN
from domain.access import Part
from domain.authority import not_responsible, not_told, nothing_open
from domain.situation import Situation
from domain.state import WHOLE
from web.callers import Caller


@dataclass(frozen=True)
class Offer:
    """A form, by what it is called."""

    name: str
    address: str


def recordable(situation: Situation, person: str) -> tuple[str, ...]:
    """Codes of the subjects (WHOLE where there are none) for which the person may record results."""
    codes = [subject.code for subject in situation.state.subjects if subject.left is None] or [WHOLE]
    units = {subject.code: subject.unit for subject in situation.state.subjects}
    answers = {unit: code for code, unit in units.items()} if units else {None: WHOLE}
    may = {unit for unit, code in answers.items() if not_responsible(situation, person, code) is None}
    return tuple(code for code in codes if units.get(code) in may)


def offers(situation: Situation, caller: Caller) -> tuple[Offer, ...]:
    """The forms of the page, where the caller carries the work out or is urged."""
    person, code = caller.person.code, situation.directive.code
    found = []
    if nothing_open(situation) is None and recordable(situation, person):
        found.append(Offer("Ghi kết quả nhiều dòng", f"/nhiem-vu/{code}/ghi"))
    if not caller.access.may(Part.OWN) or nothing_open(situation) is not None:
        return tuple(found)
    if recordable(situation, person):
        found.append(Offer("Ghi từng kết quả", pages.sheet(OWN, code)))
        found += _later(situation, code)
    if not_told(situation, person) is None:
        found.append(Offer("Báo đã tiếp nhận", pages.acknowledging(OWN, code)))
    return tuple(found)


def _later(situation: Situation, code: str) -> list[Offer]:
    """A later day is asked for of what is not late yet: once for each milestone, or occurrence of one."""
    found: dict[str, Offer] = {}
    for track in situation.tracks:
        whole = situation.whole(track)
        if track.due and whole.open and not whole.overdue:
            address = pages.extending(OWN, code, track.milestone.id, track.due.occurrence)
            found[address] = Offer(f"Xin gia hạn: {track.name}", address)
    return list(found.values())
