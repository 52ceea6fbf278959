"""The world of the store's tests: one directive, two officials, and days of June 2024."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from domain.clocktime import at
from domain.ledger import Entry, EntryKind
from domain.metric import Value
from domain.outbox import Delivery, Key, Reason, State
from store.messages import NewMessage

MORNING = at(date(2024, 6, 21), time(7, 30))
MINUTE = timedelta(minutes=1)
LEASE = timedelta(minutes=5)
CHANNELS = ("email", "zalo")


def entry(number: int, directive: str = "khoi-cong", recorded_at: datetime = MORNING, said: str = "40.5") -> Entry:
    return Entry(
        id=f"b{number}",
        kind=EntryKind.REPORT,
        directive=directive,
        metric="giai-ngan",
        subject="truong-hoc",
        value=Value.model_validate({"number": said}),
        as_of=date(2024, 6, 20),
        recorded_at=recorded_at,
        actor="ke-toan",
        source="cli",
        text="đã giải ngân",
    )


def key(rung: str = "before-7", person: str = "truong-ban", channel: str = "email") -> Key:
    return Key(
        directive="khoi-cong",
        milestone="khoi-cong",
        rung=rung,
        occurrence="2024-06-30",
        person=person,
        channel=channel,
    )


def delivery(of: Key, not_before: datetime = MORNING, state: State = State.PLANNED) -> Delivery:
    return Delivery(
        key=of,
        reason=Reason.RESPONSIBLE,
        subjects=("truong-hoc", "tram-y-te"),
        rung_at=MORNING,
        not_before=not_before,
        state=state,
    )


def message(message_id: str = "m1@dondoc.example", person: str = "truong-ban", channel: str = "email") -> NewMessage:
    return NewMessage(
        id=message_id,
        person=person,
        channel=channel,
        address="truong-ban@bacson.example",
        at=MORNING,
        subject="Nhắc khởi công",
        text="Hạn 30/6/2024.",
    )
