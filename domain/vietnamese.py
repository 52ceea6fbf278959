"""Numbers, money, dates and status words as Vietnamese administration writes them. The one home of these words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from domain.clocktime import local

_SCALES = {"tỷ": Decimal(10**9), "tỉ": Decimal(10**9), "triệu": Decimal(10**6), "nghìn": Decimal(10**3)}
_MONEY = re.compile(r"(?P<number>[\d.,]+)\s*(?P<scale>tỷ|tỉ|triệu|nghìn)?\s*(?:đồng|đ)?", re.IGNORECASE)
_GROUPED = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"\d+([.,]\d+)?")


class UnreadableError(ValueError):
    """A text that should be a number, an amount or a value cannot be read; the message says what would be."""


def nfc(text: str) -> str:
    """The composed form: the one in which texts are stored, compared and shown."""
    return unicodedata.normalize("NFC", text)


def read_number(text: str) -> Decimal:
    """`13,7`, `13.7`, `1.234.567,8` → Decimal. A single dot before exactly three digits groups thousands.

    Raises UnreadableError.
    """
    written = text.strip()
    if _GROUPED.fullmatch(written):
        written = written.replace(".", "")
    elif not _PLAIN.fullmatch(written):
        raise UnreadableError(f"không đọc được số “{text}”; cần dạng 13,7 hoặc 1.234")
    return Decimal(written.replace(",", "."))


def read_money(text: str) -> Decimal:
    """`2,3 tỷ`, `18,2 triệu đồng`, `4.200.000.000 đồng` → đồng.

    Raises UnreadableError, also for a fraction of a đồng: its unit was forgotten.
    """
    matched = _MONEY.fullmatch(nfc(text).strip())
    if not matched:
        raise UnreadableError(f"không đọc được số tiền “{text}”; cần dạng 2,3 tỷ đồng hoặc 4.200.000.000 đồng")
    amount = read_number(matched["number"])
    if matched["scale"]:
        return amount * _SCALES[matched["scale"].lower()]
    if amount != int(amount):
        raise UnreadableError(f"“{text}” chưa ghi đơn vị tiền; cần dạng 2,3 tỷ đồng hoặc 4.200.000.000 đồng")
    return amount


def number(value: Decimal, places: int = 2) -> str:
    """`13,7`: decimal comma, dots between thousands, no needless zeros, rounded half-even to `places`."""
    rounded = round(value, places)
    whole, _, fraction = f"{rounded:,f}".partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def percent(value: Decimal) -> str:
    """`13,7%`"""
    return f"{number(value)}%"


def money(dong: Decimal) -> str:
    """`2,3 tỷ đồng`, `18,2 triệu đồng`, `900 đồng`: at most three decimals of the unit."""
    for word, scale in (("tỷ", _SCALES["tỷ"]), ("triệu", _SCALES["triệu"])):
        if abs(dong) >= scale:
            return f"{number(dong / scale, 3)} {word} đồng"
    return f"{number(dong, 0)} đồng"


def day(value: date) -> str:
    """`30/9/2024`, `01/7/2024`: days below 10 and months 1, 2 with a leading zero (Nghị định 30/2020/NĐ-CP)."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"


def clock(value: time | datetime) -> str:
    """`07:30`"""
    return value.strftime("%H:%M")


def moment(value: datetime) -> str:
    """`17:00 ngày 30/9/2024`, on Vietnamese clocks."""
    shown = local(value)
    return f"{clock(shown)} ngày {day(shown.date())}"


def working_days(count: int) -> str:
    """`4 ngày làm việc`"""
    return f"{count} ngày làm việc"


OFFICIAL = {
    "done_on_time": "Hoàn thành đúng hạn",
    "done_late": "Hoàn thành quá hạn",
    "open_in_time": "Đang thực hiện, trong hạn",
    "open_overdue": "Quá hạn",
    "no_due": "Chưa có hạn",
    "suspended": "Tạm dừng",
    "cancelled": "Bị huỷ",
}
"""The status words of Vietnamese reports, by the value of `Official`."""

FRESHNESS = {"fresh": "số liệu mới", "stale": "số liệu đã cũ", "never": "chưa có số liệu"}

REASONS = {
    "lead": "đơn vị chủ trì",
    "responsible": "đơn vị được giao thực hiện",
    "coordinating": "đơn vị phối hợp",
    "head": "thủ trưởng đơn vị",
    "monitor": "đơn vị theo dõi, đôn đốc",
}

DELIVERIES = {
    "planned": "chờ gửi",
    "claimed": "đang chuẩn bị gửi",
    "transmitting": "đang gửi",
    "unknown": "đã gửi, chưa rõ có đến hay không",
    "held": "đã gửi, chưa rõ có đến hay không; không gửi lại qua kênh này",
    "accepted": "đã gửi, máy chủ của kênh đã nhận",
    "delivered": "đã đến người nhận",
    "seen": "người nhận đã xem",
    "bounced": "đã gửi nhưng bị trả lại",
    "failed": "bị từ chối",
    "deferred": "bị từ chối tạm thời, chờ gửi lại",
    "unauthorised": "kênh không cho đăng nhập, chờ gửi lại",
    "abandoned": "chưa gửi, soạn lại",
    "obsolete": "không gửi: không còn cần nhắc",
    "coalesced": "không gửi riêng: nhắc gộp vào lượt khác",
    "before_start": "không gửi: thời điểm nhắc đã qua",
    "previewed": "chỉ xem trước, không gửi",
}
"""How far a delivery, or a message, has come, by the value of its state."""

ENTRIES = {
    "report": "Báo cáo",
    "correction": "Đính chính báo cáo",
    "plan": "Ghi kế hoạch",
    "schedule": "Ấn định ngày",
    "confirm": "Xác nhận báo cáo",
    "return": "Trả lại báo cáo",
    "acknowledge": "Báo đã tiếp nhận lời nhắc",
    "extension_request": "Đề nghị gia hạn",
    "extension_grant": "Đồng ý gia hạn",
    "extension_refusal": "Không đồng ý gia hạn",
    "suspend": "Tạm dừng",
    "resume": "Tiếp tục",
    "cancel": "Huỷ",
    "enrol": "Ghi danh đối tượng",
    "leave": "Thôi tính đối tượng",
    "hand_over": "Bàn giao",
    "note": "Ghi chú",
}
"""What an entry of the ledger does, by the value of `EntryKind`."""

BASES = {
    "thu-tuong-giao": "kế hoạch Thủ tướng Chính phủ giao",
    "hdnd-giao": "kế hoạch HĐND giao",
    "gom-keo-dai": "tổng kế hoạch gồm cả vốn kéo dài",
}
"""Plans that a percentage may be of, by the value of `Basis`."""

ROLES = {
    "focal": "đầu mối",
    "head": "thủ trưởng",
    "leader": "lãnh đạo giao việc",
    "admin": "quản trị hệ thống",
    "viewer": "người xem",
}
"""What a person does in a unit, by the value of `Role`."""
