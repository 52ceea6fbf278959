"""The audit log in words: what was done, by whom, about what."""

from __future__ import annotations

from typing import NamedTuple

from config.reading import Configuration
from domain import vietnamese as vn
from store.audit import Event

FAMILIES = {
    "ledger.": "Sổ: mọi bút toán",
    "configuration.": "Cấu hình",
    "sending.": "Dừng, cho gửi lại",
    "session.": "Đăng nhập",
    "key.": "Khoá API",
    "hand-over.": "Bàn giao",
}
KINDS = {f"ledger.{kind}": f"Sổ: {word[:1].lower()}{word[1:]}" for kind, word in vn.ENTRIES.items()}
WORDS = KINDS | {
    "configuration.adopted": "Áp dụng cấu hình",
    "configuration.removed": "Bỏ khỏi cấu hình",
    "sending.stopped": "Dừng gửi",
    "sending.lifted": "Cho gửi lại",
    "session.begun": "Đăng nhập",
    "session.ended": "Kết thúc phiên đăng nhập",
    "key.made": "Cấp khoá API",
    "key.revoked": "Thu hồi khoá API",
    "hand-over.proposed": "Lập đề xuất bàn giao",
    "hand-over.confirmed": "Xác nhận bàn giao",
    "hand-over.withdrawn": "Rút đề xuất bàn giao",
}
_PARTS = {"units": "units.yaml", "people": "people.yaml", "policy": "policy.yaml"} | {
    "channels": "channels.yaml",
    "calendar": "calendar.yaml",
}
_TOLD = 6
"""Parts of an adoption named one by one."""


class Said(NamedTuple):
    """An event in words."""

    event: Event
    what: str
    who: str
    about: str
    detail: str


def said(event: Event, configuration: Configuration) -> Said:
    """The event, with names in the place of codes where they are still known."""
    who, detail = event.who, _detail(event, configuration)
    if event.what.startswith("sending.") and ": " in detail:
        named, _, why = detail.partition(": ")  # whoever switches sending off is named before the reason
        if configuration.rules.office.person(named):
            who, detail = who or named, why
    return Said(
        event=event,
        what=WORDS.get(event.what, event.what),
        who=_who(who, configuration),
        about=_about(event, configuration),
        detail=detail,
    )


def _who(code: str, configuration: Configuration) -> str:
    person = configuration.rules.office.person(code)
    if person:
        return person.name
    return {"": "", "dondoc": "hệ thống", "config": "dòng lệnh"}.get(code, code)


def _about(event: Event, configuration: Configuration) -> str:
    if event.what.startswith("ledger."):
        directive = configuration.directives.get(event.about)
        return directive.title if directive else event.about
    if event.what.startswith("sending."):
        channel, _, person = event.about.partition(" ")
        whom = f", {_who(person, configuration)}" if person else ""
        return (f"kênh {channel}" if channel else "mọi kênh") + whom
    return _who(event.about, configuration)


def _detail(event: Event, configuration: Configuration) -> str:
    if event.what.startswith("configuration."):
        parts = [_PARTS.get(part, part) for part in event.detail.split(", ")]
        more = f" và {len(parts) - _TOLD} phần nữa" if len(parts) > _TOLD else ""
        return f"{len(parts)} phần: {', '.join(parts[:_TOLD])}{more}"
    if not event.what.startswith("ledger."):
        return event.detail
    metric, _, subject = event.detail.partition(" ")
    directive = configuration.directives.get(event.about)
    names = {one.id: one.name for one in directive.metrics} if directive else {}
    return ", ".join(part for part in (names.get(metric, metric), subject) if part)
