"""Whether every directive reaches somebody: owner, person, channel, rungs in order, a calendar that covers it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.directive import Directive
from domain.due import Due, DueSpec
from domain.findings import Finding, Severity
from domain.office import Role
from domain.plan import RungKind, Track
from domain.situation import Situation
from domain.workdays import Calendar


def reach(situation: Situation, working_channels: Collection[str]) -> tuple[Finding, ...]:
    """What would keep an urging from arriving, as of the situation's instant."""
    if not any(situation.whole(track).open for track in situation.tracks):
        return ()
    return (*_units(situation, working_channels), *_dates(situation))


def _units(situation: Situation, working_channels: Collection[str]) -> Iterator[Finding]:
    directive, office, day = situation.directive, situation.rules.office, local_date(situation.as_of)
    roles: dict[str, str] = {}
    for role, codes in (
        ("chủ trì", situation.lead),
        ("phối hợp", directive.coordinating),
        ("theo dõi", (directive.monitor,)),
        ("thực hiện", _owners(situation)),
    ):
        for code in codes:
            units = office.expand((code,), day)
            roles |= {unit: role for unit in units if unit not in roles}
            if not units:
                kind = "nhóm đơn vị" if any(group.code == code for group in office.groups) else "đơn vị"
                message = f"{kind} {role} {office.name_of(code)} không còn hoạt động ngày {vn.day(day)}"
                yield _said(directive, Severity.WARNING, message)
    for unit, role in roles.items():
        yield from _people(situation, f"đơn vị {role} {office.name_of(unit)}", unit, working_channels)


def _owners(situation: Situation) -> tuple[str, ...]:
    """Units of the subjects still to be done."""
    unmet = [subject.unit for track in situation.tracks for subject in situation.unmet(track)]
    return tuple(dict.fromkeys(unit for unit in unmet if unit))


def _people(situation: Situation, named: str, unit: str, working_channels: Collection[str]) -> Iterator[Finding]:
    directive, office, day = situation.directive, situation.rules.office, local_date(situation.as_of)
    people = office.responsible(unit, day)
    if not people:
        yield _said(directive, Severity.WARNING, f"{named} không có đầu mối hay thủ trưởng nào nhận tin")
    elif not office.holders(unit, Role.FOCAL, day):
        yield _said(directive, Severity.NOTE, f"{named} không có đầu mối, thủ trưởng nhận tin thay")
    for person in people:
        if not any(channel in working_channels for channel in person.channels):
            yield _said(directive, Severity.WARNING, f"{person.name} không có kênh nhận tin nào dùng được")


_LONG = timedelta(days=30)
"""A due that has waited longer for its day is probably one whose day nobody has written down."""


def _dates(situation: Situation) -> Iterator[Finding]:
    for track in situation.tracks:
        if not situation.whole(track).open:
            continue
        if track.due is not None:
            yield from _about(situation, track, track.due)
        elif track.milestone.due is not None:
            yield _waiting(situation, track, track.milestone.due)


def _waiting(situation: Situation, track: Track, spec: DueSpec) -> Finding:
    """A due without its day; what waits for another milestone is urged with that one, and is no fault."""
    names = [subject.name for subject in situation.unmet(track)]
    whose = f" ({', '.join(names[:3])}{f' và {len(names) - 3} nữa' if len(names) > 3 else ''})" if names else ""
    message = f"{track.milestone.name}{whose}: hạn chờ một ngày chưa được ghi nhận"
    age = situation.as_of - track.armed_at
    if spec.milestones() or age <= _LONG:
        return _said(situation.directive, Severity.NOTE, message)
    message += f", đã {age.days} ngày; ghi nhận ngày đó (dondoc record, dondoc schedule) hoặc ghi hạn cụ thể"
    return _said(situation.directive, Severity.WARNING, message)


_AHEAD = timedelta(days=200)
"""So long before its end the working calendar has to be continued."""


def calendar_ends(calendar: Calendar, as_of: datetime) -> tuple[Finding, ...]:
    """Whether the working calendar is about to end: no rung, no occurrence and no later day is known beyond it."""
    if calendar.last >= local_date(as_of + _AHEAD):
        return ()
    message = f"lịch làm việc chỉ đến {vn.day(calendar.last)}, sau ngày đó không nhắc việc được; hãy bổ sung năm tiếp"
    return (Finding(severity=Severity.WARNING, message=f"{message} theo vào calendar.yaml"),)


def _about(situation: Situation, track: Track, due: Due) -> Iterator[Finding]:
    name, day = track.milestone.name, vn.day(due.nominal)
    before = [rung for rung in situation.ahead(track) if rung.kind is RungKind.BEFORE]
    last_day = f"ngày cuối trong hạn {vn.day(due.last_day)}"
    off = not situation.rules.calendar.is_working(due.last_day)
    said = [
        (due.unconfirmed, Severity.WARNING, f"hạn {day} nằm ngoài khoảng thời gian lịch làm việc được xác nhận"),
        (due.overdue_after <= situation.started_at, Severity.WARNING, "hạn đã qua trước khi nhiệm vụ bắt đầu"),
        (off, Severity.NOTE, f"{last_day} là ngày nghỉ, nên hoàn thành trước {vn.moment(due.safe_due)}"),
        (due.chosen_by is not None, Severity.NOTE, f"hạn {day} do {due.chosen_by} chọn"),
        (
            all(rung.at < track.armed_at for rung in before),
            Severity.NOTE,
            "mọi lần nhắc trước hạn đều đã qua khi bắt đầu",
        ),
    ]
    for holds, severity, message in said:
        if holds:
            yield _said(situation.directive, severity, f"{name}: {message}")


def _said(directive: Directive, severity: Severity, message: str) -> Finding:
    return Finding(severity=severity, message=f"{directive.title}: {message}", field=directive.code)
