"""What did not get out of the house: for the patrol, a finding for everything in the outbox that needs a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from actions.compose import address_of
from config.reading import Configuration
from domain import vietnamese as vn
from domain.findings import Finding, Severity
from store import Session
from store.messages import Attempt, MessageState, StoredMessage
from store.troubles import Late, bad_ends, late

PATIENCE = timedelta(hours=1)
"""Hours of the sending window after which a row that did not go out is a finding."""


def stuck(opened: Session, configuration: Configuration, as_of: datetime) -> Iterator[Finding]:
    """Rows nobody sent, channels that let nobody in, addresses that are refused, letters that may not have arrived."""
    rules = configuration.rules
    since = rules.policy.window.open_since(as_of, PATIENCE, rules.calendar)
    yield from (_late(configuration, waiting) for waiting in late(opened, since))
    shut: set[str] = set()
    for message, answer in bad_ends(opened):
        if message.state is MessageState.UNAUTHORISED and message.channel in shut:
            continue
        if message.state is MessageState.UNAUTHORISED:
            shut.add(message.channel)
        if finding := _bad_end(configuration, message, answer):
            yield finding


def _late(configuration: Configuration, waiting: Late) -> Finding:
    said = f"{waiting.rows} lượt nhắc đã đến giờ mà chưa gửi được, lập sớm nhất lúc {vn.moment(waiting.since)}"
    if any(channel.code == waiting.channel for channel in configuration.channels):
        way_out = "xem nhật ký của lượt gửi, kiểm tra máy chủ thư"
    else:
        way_out = "kênh này không còn trong channels.yaml, hãy khai lại"
    return _said(Severity.ERROR, waiting.channel, f"{said}; {way_out}")


def _bad_end(configuration: Configuration, message: StoredMessage, answer: Attempt) -> Finding | None:
    """None where the address has been changed, or the person is gone: nothing is left to be mended."""
    person = configuration.rules.office.person(message.person)
    if person is None or address_of(person) != message.address:
        return None
    answered = " ".join(part for part in (answer.code, answer.detail) if part) or "không có câu trả lời"
    if message.state is MessageState.UNAUTHORISED:
        said = f"kênh không cho đăng nhập ({answered}); kiểm tra tài khoản và mật khẩu gửi"
        return _said(Severity.ERROR, message.channel, said)
    if message.state is MessageState.FAILED:
        said = f"thư lúc {vn.moment(message.at)} gửi {person.name} bị từ chối hẳn ({answered}); sửa địa chỉ người nhận"
        return _said(Severity.ERROR, message.channel, said)
    said = f"chưa rõ thư lúc {vn.moment(message.at)} gửi {person.name} đã đến chưa; đề nghị hỏi lại người nhận"
    return _said(Severity.WARNING, message.channel, said)


def _said(severity: Severity, channel: str, message: str) -> Finding:
    return Finding(severity=severity, message=message, field=f"channels.{channel}")
