"""Channels and stops as the admin's page shows them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from actions.trying import Trial, last_trial
from config.channel import Channel, ChannelKind
from config.reading import Configuration
from domain import vietnamese as vn
from domain.clocktime import at as instant
from domain.clocktime import local_date
from store import Session
from store.channel_state import Newest, newest_on
from store.messages import count_on
from store.stops import Stop, StopKind, open_stops

KINDS = {
    ChannelKind.EMAIL: "thư điện tử",
    ChannelKind.ZALOOA: "tin tư vấn Zalo OA",
    ChannelKind.ZBS: "mẫu tin Zalo (ZBS)",
    ChannelKind.ZALOBOT: "bot Zalo (thử nghiệm)",
    ChannelKind.PREVIEW: "chỉ xem trước",
}
STOPS = {
    StopKind.SWITCHED_OFF: "có người tắt",
    StopKind.UNAUTHORISED: "không cho đăng nhập",
    StopKind.QUOTA: "hết hạn mức",
    StopKind.REFUSED: "địa chỉ bị từ chối",
    StopKind.SILENT: "không trả lời",
}


class Line(NamedTuple):
    """A channel, and how it has done lately."""

    channel: Channel
    kind: str
    limits: str
    hours: str
    today: int
    """Messages given to it this day."""
    newest: Newest | None
    whom: str
    """Who the newest message is for."""
    result: str
    """What became of it."""
    trial: Trial | None
    stops: int
    """That hold it, or somebody on it, now."""


class Standing(NamedTuple):
    """A stop, in words."""

    stop: Stop
    channel: str
    person: str
    holds: bool


def lines(opened: Session, configuration: Configuration, at: datetime) -> tuple[Line, ...]:
    """Every channel, in the order of the file."""
    return tuple(_line(opened, configuration, channel, at) for channel in configuration.channels)


def stops(opened: Session, configuration: Configuration, at: datetime) -> tuple[Standing, ...]:
    """Every stop that is not lifted, the oldest first."""
    names = {channel.code: channel.name for channel in configuration.channels}
    office = configuration.rules.office
    found = []
    for one in open_stops(opened):
        person = office.person(one.person)
        channel = names.get(one.channel, one.channel) if one.channel else "mọi kênh"
        whom = person.name if person else one.person or "mọi người"
        found.append(Standing(one, channel, whom, one.holds(at)))
    return tuple(found)


def _line(opened: Session, configuration: Configuration, channel: Channel, at: datetime) -> Line:
    newest = newest_on(opened, channel.code)
    person = configuration.rules.office.person(newest.message.person) if newest else None
    held = [one for one in open_stops(opened) if one.holds(at) and one.channel in ("", channel.code)]
    return Line(
        channel=channel,
        kind=KINDS[channel.kind],
        limits=_limits(channel),
        hours=f"{vn.clock(channel.hours.opens)}–{vn.clock(channel.hours.closes)}" if channel.hours else "",
        today=count_on(opened, channel.code, instant(local_date(at))),
        newest=newest,
        whom=(person.name if person else newest.message.person) if newest else "",
        result=_result(newest) if newest else "",
        trial=last_trial(opened, channel.code),
        stops=len(held),
    )


def _result(newest: Newest) -> str:
    """How far the message has come, with the answer of the other side."""
    said = vn.DELIVERIES[newest.message.state.value]
    tried = newest.attempt
    answer = " ".join(part for part in (tried.code, tried.detail) if part) if tried else ""
    return f"{said} ({answer})" if answer else said


def _limits(channel: Channel) -> str:
    limits = ((channel.per_minute, "phút"), (channel.per_day, "ngày"))
    return ", ".join(f"{limit} thông điệp mỗi {unit}" for limit, unit in limits if limit)
