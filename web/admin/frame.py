"""What stands around every page of the admin's room: the way from each to the others."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import Response

from web.callers import Caller
from web.house import House

PATH = "/quan-tri"


class Spot(NamedTuple):
    """A page of the room."""

    path: str
    name: str
    what: str
    """What it is for, as the front page says it."""


SPOTS = (
    Spot(f"{PATH}/kenh", "Kênh gửi", "bật, tắt việc gửi; gửi tin thử; kênh nào đang tạm dừng"),
    Spot(f"{PATH}/can-bo", "Cán bộ", "vị trí, địa chỉ, kênh nhận tin, phiên đăng nhập"),
    Spot(f"{PATH}/don-vi", "Đơn vị", "thời gian tồn tại, đơn vị kế nhiệm"),
    Spot(f"{PATH}/cau-hinh", "Cấu hình", "kiểm tra các tệp, xem thay đổi, thêm văn bản, áp dụng"),
    Spot(f"{PATH}/chinh-sach", "Quy chế nhắc việc", "nấc nhắc, khung giờ gửi, báo cấp trên"),
    Spot(f"{PATH}/lich", "Lịch làm việc", "ngày nghỉ, ngày làm bù và văn bản"),
    Spot(f"{PATH}/ban-giao", "Bàn giao", "chuyển việc đang mở sang đơn vị khác"),
    Spot(f"{PATH}/khoa", "Khoá API", "khoá cho phần mềm khác đọc, ghi số liệu"),
    Spot(f"{PATH}/nhat-ky", "Nhật ký", "ai làm gì, lúc nào; kiểm chứng sổ"),
)

GRAVITY = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}


def admin_page(house: House, caller: Caller, spot: str, template: str, status: int = 200, **facts: object) -> Response:
    """A page of the room; `spot`: the last step of its path."""
    here = f"{PATH}/{spot}" if spot else PATH
    return house.page(caller, PATH, template, status, spots=SPOTS, spot=here, gravity=GRAVITY, **facts)
