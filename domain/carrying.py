"""Who carried the work on which day, so that figures can be split where it changed hands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.directive import Directive
from domain.office import Office
from domain.state import WHOLE, Handed, State


@dataclass(frozen=True)
class Span:
    """Some days on which the same units carried the work; an open end is None."""

    units: tuple[str, ...]
    """Codes of units, or of groups where one leads."""
    first: date | None
    last: date | None


def members(office: Office, codes: Iterable[str]) -> tuple[str, ...]:
    """Unit codes meant by codes of units and groups, those that have ended included."""
    groups = {group.code: group.members for group in office.groups}
    return tuple(unit for code in codes for unit in groups.get(code, (code,)))


def led_by(lead: tuple[str, ...], handed: Iterable[Handed], office: Office) -> tuple[str, ...]:
    """Codes of the units or groups that lead after these hand-overs of the whole, in the order of the ledger."""
    now = lead
    for one in handed:
        if one.subject == WHOLE:
            now = _passed(now, one, office)
    return now


def carried_by(directive: Directive, state: State, office: Office, day: date, subject: str = WHOLE) -> tuple[str, ...]:
    """Codes of the units or groups that carried the directive on `day`; of a subject, its own unit."""
    handed = tuple(one for one in state.handed if one.subject == subject)
    passed = [one for one in handed if one.day <= day]
    if subject == WHOLE:
        return led_by(directive.lead, passed, office)
    unit = passed[-1].unit if passed else _at_first(state, handed, subject)
    return (unit,) if unit else ()


def spans(directive: Directive, state: State, office: Office, subject: str = WHOLE) -> tuple[Span, ...]:
    """Who carried it from when to when, without gaps: one span where it never changed hands."""
    days = sorted({one.day for one in state.handed if one.subject == subject})
    found: list[Span] = []
    for first, following in zip([None, *days], [*days, None], strict=True):
        units = carried_by(directive, state, office, first or date.min, subject)
        last = following - timedelta(days=1) if following else None
        if found and found[-1].units == units:
            found[-1] = Span(units, found[-1].first, last)
        else:
            found.append(Span(units, first, last))
    return tuple(found)


def _at_first(state: State, handed: tuple[Handed, ...], subject: str) -> str | None:
    """The subject's unit before it ever changed hands."""
    if handed:
        return handed[0].former or subject  # a lead unit that is a subject itself bears its own code
    return next((one.unit for one in state.subjects if one.code == subject), None)


def _passed(lead: tuple[str, ...], one: Handed, office: Office) -> tuple[str, ...]:
    """In the place of the former unit, also where a group named it; a further receiver joins."""
    if one.former is None:
        return (one.unit,)
    named = tuple(
        code
        for group in lead
        for code in (members(office, (group,)) if one.former in members(office, (group,)) else (group,))
    )
    if one.former not in named:
        named = (*named, one.former)
    return tuple(dict.fromkeys(one.unit if code == one.former else code for code in named))
