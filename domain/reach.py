"""Whether every directive reaches somebody: an owner, a person, a channel, rungs in order, a calendar that covers it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from domain import vietnamese as vn
from domain.clocktime import local_date
from domain.directive import Directive
from domain.findings import Finding, Severity
from domain.plan import RungKind
from domain.situation import Situation


def reach(situation: Situation, working_channels: Collection[str]) -> tuple[Finding, ...]:
    """What would keep an urging from arriving, as of the situation's instant."""
    if not any(situation.whole(track).open for track in situation.tracks):
        return ()
    return (*_units(situation, working_channels), *_dates(situation))


def _units(situation: Situation, working_channels: Collection[str]) -> Iterator[Finding]:
    directive, office, day = situation.directive, situation.rules.office, local_date(situation.as_of)
    for role, codes in (
        ("chủ trì", directive.lead),
        ("phối hợp", directive.coordinating),
        ("theo dõi", (directive.monitor,)),
    ):
        units = office.expand(codes, day)
        if not units and codes:
            yield _said(directive, Severity.WARNING, f"không đơn vị {role} nào còn hoạt động ngày {vn.day(day)}")
        for unit in units:
            people = office.responsible(unit, day)
            if not people:
                message = f"đơn vị {role} {office.name_of(unit)} không có đầu mối hay thủ trưởng nào nhận tin"
                yield _said(directive, Severity.WARNING, message)
            for person in people:
                if not any(channel in working_channels for channel in person.channels):
                    yield _said(directive, Severity.WARNING, f"{person.name} không có kênh nhận tin nào dùng được")


def _dates(situation: Situation) -> Iterator[Finding]:
    directive, calendar = situation.directive, situation.rules.calendar
    for track in situation.tracks:
        due = track.due
        if due is None:
            if track.milestone.due is not None:
                yield _said(directive, Severity.NOTE, f"{track.milestone.name}: hạn chờ một ngày chưa được ghi nhận")
            continue
        if due.unconfirmed:
            message = f"{track.milestone.name}: hạn {vn.day(due.nominal)} nằm sau ngày lịch làm việc được xác nhận"
            yield _said(directive, Severity.WARNING, message)
        if due.overdue_after <= situation.started_at:
            yield _said(directive, Severity.WARNING, f"{track.milestone.name}: hạn đã qua trước khi nhiệm vụ bắt đầu")
        if not calendar.is_working(due.last_day):
            message = f"{track.milestone.name}: hạn {vn.day(due.last_day)} rơi vào ngày nghỉ, nên hoàn thành trước {vn.moment(due.safe_due)}"
            yield _said(directive, Severity.NOTE, message)
        if due.chosen_by:
            yield _said(
                directive, Severity.NOTE, f"{track.milestone.name}: hạn {vn.day(due.nominal)} do {due.chosen_by} chọn"
            )
        before = [
            r for r in situation.rungs(track, due.overdue_after + timedelta(days=60)) if r.kind is RungKind.BEFORE
        ]
        if not any(rung.at >= track.armed_at for rung in before):
            yield _said(
                directive, Severity.NOTE, f"{track.milestone.name}: mọi lần nhắc trước hạn đều đã qua khi bắt đầu"
            )


def _said(directive: Directive, severity: Severity, message: str) -> Finding:
    return Finding(severity=severity, message=f"{directive.title}: {message}", field=directive.code)
