"""A small pack with everything that can go wrong in a table: formulas, angle brackets, marks of control, long texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from hashlib import sha256

from domain.clocktime import at
from reports.proof import Copy, Line, Pack, Scope, Task, Transmission, Urging

TEXT = "Kính gửi: Chủ tịch UBND huyện,\n\n1. Khởi công: quá hạn 3 ngày làm việc.\nTrân trọng./."
FIRST, SECOND = "<aa@dondoc.example>", "<bb@dondoc.example>"


def moment(day: int, hour: int = 7, minute: int = 30) -> datetime:
    """An instant of July 2024."""
    return at(date(2024, 7, day), time(hour, minute))


def urging(number: int, **fields: object) -> Urging:
    known: dict[str, object] = {
        "number": number,
        "directive": "khoi-cong-moi",
        "title": "Dự án khởi công mới năm 2024",
        "milestone": "khoi-cong",
        "name": "Khởi công",
        "rung": "overdue-1",
        "rung_said": "quá hạn lần 1 (1 ngày làm việc)",
        "planned_at": moment(1),
        "due": date(2024, 6, 30),
        "reckoned_from": "hạn 30/6/2024",
        "subjects": (),
        "person": "dau-moi-huyen",
        "person_name": "Đầu mối huyện Bắc Sơn",
        "post": "đầu mối UBND huyện Bắc Sơn",
        "reason": "lead",
        "reason_said": "đơn vị chủ trì",
        "channel": "email",
        "channel_name": "Thư điện tử",
        "decided_at": moment(1),
        "state": "accepted",
        "state_said": "đã gửi, máy chủ của kênh đã nhận",
        "note": None,
        "spoken_by": None,
        "spoken_message": None,
        "message": FIRST,
        "acknowledged_at": None,
    }
    return Urging(**(known | fields))  # type: ignore[arg-type]


def copy(message_id: str, *urgings: int, **fields: object) -> Copy:
    known: dict[str, object] = {
        "id": message_id,
        "provider_id": None,
        "person": "dau-moi-huyen",
        "person_name": "Đầu mối huyện Bắc Sơn",
        "channel": "email",
        "channel_name": "Thư điện tử",
        "address": "dau-moi@bacson.example",
        "written_at": moment(1),
        "sent_at": moment(1),
        "subject": "[Đôn Đốc] Quá hạn: Khởi công",
        "text": TEXT,
        "masked": False,
        "text_sha256": sha256(TEXT.encode()).hexdigest(),
        "state": "accepted",
        "state_said": "đã gửi, máy chủ của kênh đã nhận",
        "urgings": urgings,
    }
    return Copy(**(known | fields))  # type: ignore[arg-type]


TASK = Task(
    code="khoi-cong-moi",
    title="Dự án khởi công mới năm 2024",
    reference="Thông báo số 12/TB-UBND ngày 22/4/2024",
    issuer="UBND tỉnh Lạng Sơn",
    section="II.1.2",
    quote="Tập trung cao độ <ngay>",
    footnotes=("Chú thích 8: khởi công chậm nhất trong tháng 6/2024",),
    lead=("UBND huyện Bắc Sơn",),
    monitor="Văn phòng UBND tỉnh",
    milestones=(("Khởi công", "chậm nhất trong tháng 6/2024"),),
)
PACK = Pack(
    scope=Scope(directive="khoi-cong-moi", first=date(2024, 7, 1)),
    scope_said=("nhiệm vụ Dự án khởi công mới năm 2024 (khoi-cong-moi)", "từ ngày 01/7/2024"),
    as_of=moment(31, 17, 0),
    illustrative=False,
    head_count=3,
    head_hash="3f" * 32,
    tasks=(TASK,),
    urgings=(
        urging(1, state="coalesced", message=None, note="gộp vào lượt nhắc sau", spoken_by=2, spoken_message=FIRST),
        urging(2, acknowledged_at=moment(2, 9, 5)),
        urging(3, rung="overdue-4", planned_at=moment(4), message=SECOND, state="failed", subjects=("=cầu", "đường")),
    ),
    messages=(
        copy(FIRST, 2),
        copy(SECOND, 3, address="+84912345678", sent_at=None, subject="=HYPERLINK(1)", state="failed"),
    ),
    transmissions=(
        Transmission(FIRST, 1, moment(1), "accepted", "đã gửi, máy chủ của kênh đã nhận", "250", None),
        Transmission(SECOND, 1, moment(4), "deferred", "bị từ chối tạm thời", "451", "greylisted\x00"),
        Transmission(SECOND, 2, moment(4, 8, 0), "failed", "bị từ chối", "-216", "@user <unknown>"),
    ),
    lines=(
        Line(
            seq=3,
            recorded_at=moment(2, 9, 5),
            as_of=date(2024, 7, 2),
            directive="khoi-cong-moi",
            kind="acknowledge",
            kind_said="Báo đã tiếp nhận lời nhắc",
            actor="dau-moi-huyen",
            actor_name="Đầu mối huyện Bắc Sơn",
            text="",
            evidence=None,
            source="trang web",
            hash="3f" * 32,
        ),
    ),
)
EMPTY = replace(PACK, urgings=(), messages=(), transmissions=(), lines=())
