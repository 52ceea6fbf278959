"""What did not get out of the house: for the patrol, a finding for everything in the outbox that needs a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from actions.reach import Reach
from config.reading import Configuration
from domain import vietnamese as vn
from domain.findings import Finding, Severity
from store import Session
from store.messages import Attempt, MessageState, StoredMessage
from store.notices import untold
from store.stops import Stop, StopKind
from store.troubles import Late, bad_ends, late

PATIENCE = timedelta(hours=1)
"""Hours of the sending window after which a row that did not go out is a finding."""


def stuck(opened: Session, configuration: Configuration, as_of: datetime) -> Iterator[Finding]:
    """Rows nobody sent, channels that are stopped, addresses that are refused, letters that may not have arrived."""
    rules, reach = configuration.rules, Reach.of(opened, configuration, as_of)
    yield from (_stopped(one) for one in reach.stops if one.holds(as_of) and one.kind in _SAID_BY_STOPS)
    if waiting := untold(opened):
        said = f"{len(waiting)} sự cố chưa báo được cho quản trị viên nào: {waiting[0].text}"
        yield Finding(severity=Severity.ERROR, message=said, field=f"channels.{waiting[0].about}")
    since = rules.policy.window.open_since(as_of, PATIENCE, rules.calendar)
    yield from (_late(configuration, waiting) for waiting in late(opened, since))
    shut: set[str] = set()
    for message, answer in bad_ends(opened):
        if message.state is MessageState.UNAUTHORISED and message.channel in shut:
            continue
        if message.state is MessageState.UNAUTHORISED:
            shut.add(message.channel)
        if finding := _bad_end(configuration, reach, message, answer):
            yield finding


_SAID_BY_STOPS = frozenset({StopKind.SWITCHED_OFF, StopKind.QUOTA, StopKind.SILENT})
"""Stops that no message tells of: the others are seen from the message that was refused."""


def _stopped(one: Stop) -> Finding:
    until = f" đến {vn.moment(one.until)}" if one.until else ""
    if not one.channel:
        return Finding(severity=Severity.ERROR, message=f"đã tắt gửi từ {vn.moment(one.since)}: {one.reason}")
    whom = f" cho {one.person}" if one.person else ""
    said = f"tạm dừng gửi{whom} từ {vn.moment(one.since)}{until}: {one.reason}"
    return _said(Severity.WARNING if one.person else Severity.ERROR, one.channel, said)


def _late(configuration: Configuration, waiting: Late) -> Finding:
    said = f"{waiting.rows} lượt nhắc đã đến giờ mà chưa gửi được, lập sớm nhất lúc {vn.moment(waiting.since)}"
    if any(channel.code == waiting.channel for channel in configuration.channels):
        way_out = "xem nhật ký của lượt gửi, kiểm tra máy chủ thư"
    else:
        way_out = "kênh này không còn trong channels.yaml, hãy khai lại"
    return _said(Severity.ERROR, waiting.channel, f"{said}; {way_out}")


def _bad_end(configuration: Configuration, reach: Reach, message: StoredMessage, answer: Attempt) -> Finding | None:
    """None where the address has been changed, or the person is gone: nothing is left to be mended."""
    person = configuration.rules.office.person(message.person)
    channel = reach.channels.get(message.channel)
    if person is None or channel is None or reach.address(channel, person) != message.address:
        return None
    answered = " ".join(part for part in (answer.code, answer.detail) if part) or "không có câu trả lời"
    if message.state is MessageState.UNAUTHORISED:
        said = f"kênh không cho đăng nhập ({answered}); kiểm tra tài khoản và mật khẩu gửi"
        return _said(Severity.ERROR, message.channel, said)
    if message.state is MessageState.FAILED:
        said = f"thư lúc {vn.moment(message.at)} gửi {person.name} bị từ chối hẳn ({answered}); sửa địa chỉ người nhận"
        return _said(Severity.ERROR, message.channel, said)
    if message.state is MessageState.BOUNCED:
        said = f"thư lúc {vn.moment(message.at)} gửi {person.name} bị trả lại ({answered}); sửa địa chỉ người nhận"
        return _said(Severity.ERROR, message.channel, said)
    said = f"chưa rõ thư lúc {vn.moment(message.at)} gửi {person.name} đã đến chưa; đề nghị hỏi lại người nhận"
    return _said(Severity.WARNING, message.channel, said)


def _said(severity: Severity, channel: str, message: str) -> Finding:
    return Finding(severity=severity, message=message, field=f"channels.{channel}")
