"""The proof pack as tables: every urging, every transmission, every entry of the ledger, and a cover."""

from __future__ import annotations

from collections.abc import Iterator

from domain import vietnamese as vn
from reports.proof import Copy, Pack, Urging
from reports.proof_rows import digest
from reports.sheet import Column, Table, Value, csv_file
from reports.workbook import workbook

URGINGS = (
    ("Số", 6),
    ("Thời điểm nhắc theo kế hoạch", 17),
    ("Nấc nhắc", 20),
    ("Mã nhiệm vụ", 22),
    ("Nhiệm vụ", 30),
    ("Mốc", 24),
    ("Tính từ", 20),
    ("Hạn", 12),
    ("Đối tượng", 30),
    ("Mã cán bộ", 22),
    ("Người nhận", 28),
    ("Chức trách, đơn vị", 28),
    ("Lý do nhắc", 20),
    ("Kênh", 14),
    ("Địa chỉ", 28),
    ("Kênh nhận lúc", 17),
    ("Số lần gửi", 8),
    ("Kết quả", 26),
    ("Ghi chú", 30),
    ("Gộp vào lượt số", 10),
    ("Thông điệp đã nhắc thay", 30),
    ("Message-ID", 30),
    ("Mã của kênh", 18),
    ("Báo đã tiếp nhận lúc", 17),
    ("Tiêu đề", 40),
    ("Nguyên văn thông điệp", 70),
    ("SHA-256 của nguyên văn", 24),
)
TRANSMISSIONS = (
    ("Message-ID", 34),
    ("Lần gửi", 8),
    ("Lúc", 17),
    ("Người nhận", 30),
    ("Kênh", 14),
    ("Địa chỉ", 28),
    ("Kết quả", 30),
    ("Mã trả lời", 10),
    ("Trả lời của máy chủ", 60),
    ("Mang các lượt nhắc số", 24),
)
LINES = (
    ("Số bút toán", 8),
    ("Ghi sổ lúc", 17),
    ("Đúng đến ngày", 12),
    ("Mã nhiệm vụ", 22),
    ("Việc", 24),
    ("Mã người ghi", 24),
    ("Người ghi", 30),
    ("Nội dung", 70),
    ("Căn cứ", 30),
    ("Nguồn", 14),
    ("Mã băm", 24),
)


def proof_csv(pack: Pack) -> bytes:
    """Every urging with its message, one line each."""
    return csv_file(_urgings(pack))


def proof_workbook(pack: Pack) -> bytes:
    """The pack as XLSX: cover, urgings, transmissions, ledger."""
    return workbook("HỒ SƠ ĐÔN ĐỐC", _cover(pack), (_urgings(pack), _transmissions(pack), _lines(pack)))


def _cover(pack: Pack) -> Iterator[tuple[str, Value]]:
    if pack.illustrative:
        yield "MINH HOẠ", "Hồ sơ này dựng từ số liệu minh hoạ."
    for task in pack.tasks:
        yield "Nhiệm vụ", f"{task.title} ({task.code}); {task.reference}, {task.section}: “{task.quote}”"
    yield "Phạm vi", "; ".join(pack.scope_said)
    yield "Tính đến", vn.moment(pack.as_of)
    yield "Số lượt nhắc", len(pack.urgings)
    yield "Số thông điệp", len(pack.messages)
    yield "Đầu sổ (số bút toán, mã băm)", pack.head
    yield "Mã băm số liệu (SHA-256)", digest(pack)
    yield "Kiểm tra sổ", f'dondoc verify --head "{pack.head}"'


def _urgings(pack: Pack) -> Table:
    messages = {one.id: one for one in pack.messages}
    tried = _tried(pack)
    rows = (_urging(one, messages.get(one.message or ""), tried.get(one.message or "", 0)) for one in pack.urgings)
    return Table("Các lần đôn đốc", [Column(*one) for one in URGINGS], rows, row_height=75)


def _urging(one: Urging, message: Copy | None, tried: int) -> list[Value]:
    return [
        one.number,
        one.planned_at,
        one.rung_said,
        one.directive,
        one.title,
        one.name,
        one.reckoned_from,
        one.due,
        ", ".join(one.subjects),
        one.person,
        one.person_name,
        one.post,
        one.reason_said,
        one.channel_name,
        message.address if message else None,
        message.sent_at if message else None,
        tried,
        one.state_said,
        one.note,
        one.spoken_by,
        one.spoken_message,
        one.message,
        message.provider_id if message else None,
        one.acknowledged_at,
        message.subject if message else None,
        message.text if message else None,
        message.text_sha256 if message else None,
    ]


def _tried(pack: Pack) -> dict[str, int]:
    """Message → how often it was transmitted."""
    found: dict[str, int] = {}
    for one in pack.transmissions:
        found[one.message] = max(one.number, found.get(one.message, 0))
    return found


def _transmissions(pack: Pack) -> Table:
    messages = {one.id: one for one in pack.messages}
    rows: list[list[Value]] = []
    for one in pack.transmissions:
        message = messages[one.message]
        to = [message.person_name, message.channel_name, message.address]
        carried = ", ".join(map(str, message.urgings))
        rows.append([one.message, one.number, one.at, *to, one.outcome_said, one.code, one.detail, carried])
    return Table("Nhật ký gửi", [Column(*one) for one in TRANSMISSIONS], rows)


def _lines(pack: Pack) -> Table:
    rows = (
        [
            line.seq,
            line.recorded_at,
            line.as_of,
            line.directive,
            line.kind_said,
            line.actor,
            line.actor_name,
            line.text,
            line.evidence,
            line.source,
            line.hash,
        ]
        for line in pack.lines
    )
    return Table("Sổ", [Column(*one) for one in LINES], rows)
